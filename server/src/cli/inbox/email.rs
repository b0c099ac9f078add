//! `inbox add email`: connects a mailbox, asks for what cannot be found out, and tries it both ways.

use super::guess::{self, Guess, Guesses};
use crate::cli::ask::{self, PasswordSource};
use crate::cli::desk::{Access, Desk, InAccount};
use crate::cli::error::CliError;
use crate::cli::options::Options;
use crate::cli::say;
use crate::outgoing::Outgoing;
use crate::probe;
use crate::use_cases::connections::{self, ConnectionFields};
use crate::use_cases::{inboxes, nouns};
use clap::Args;
use frontdesk_connectors::email::is_address;
use frontdesk_db::{Clock, SystemClock};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ChannelKind, Source};
use serde_json::{Map, Value, json};

/// Connect a mailbox: its servers are found, its password is asked for, and both ways are tried
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  frontdesk-server inbox add email support@example.com\n  frontdesk-server inbox add email support@example.com --password-file pw --smtp mail.example.com:587 --imap mail.example.com:993"
)]
pub(in crate::cli) struct Email {
    /// The address that customers write to
    address: Option<String>,
    /// What stands beside the address in mail that goes out
    #[arg(long)]
    name: Option<String>,
    /// The inbox its conversations belong to, by its id or name; a new one unless given
    #[arg(long, value_name = "INBOX")]
    inbox: Option<String>,
    /// Who signs in, where that is not the address
    #[arg(long)]
    user: Option<String>,
    /// Where mail is handed over, where it is not found by itself; /none for a server here
    #[arg(long, value_name = "HOST:PORT", value_parser = guess::server)]
    smtp: Option<Guess>,
    /// Where mail is fetched
    #[arg(long, value_name = "HOST:PORT", value_parser = guess::server)]
    imap: Option<Guess>,
    /// Add it even where it does not work yet
    #[arg(long)]
    untested: bool,
    #[command(flatten)]
    password: PasswordSource,
    #[command(flatten)]
    account: InAccount,
}

impl Email {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let address = ask::unless_given(self.address.as_ref(), "Address", "")?;
        if !is_address(&address) {
            return Err(CliError::usage(format!(
                "{address} is no address such as support@example.com"
            )));
        }
        let desk = Desk::open(options, Access::Write)?;
        let account = self.account.find(&desk).await?;
        let client = Outgoing::new(&desk.config().outgoing)?;
        let found = self.servers(&address, &client).await?;
        for note in &found.notes {
            say::line(note)?;
        }
        let password = self.password.read_foreign()?;
        let user = self.user.clone().or_else(|| found.user.clone());
        let user = user.unwrap_or_else(|| address.clone());
        let settings = settings(&address, self.name.as_deref(), &user, &found);
        let secrets = json!({ "password": password });
        self.check(&client, &settings, &secrets).await?;
        let inbox_id = match &self.inbox {
            Some(inbox) => Some(super::find(&desk, account.id, inbox).await?.id),
            None => None,
        };
        let vault = desk.vault()?;
        let name = address.clone();
        let added = desk.act(account.id, move |unit, actor| {
            let inbox_id = match inbox_id {
                Some(id) => id,
                None => inboxes::add(unit, actor, &name, ChannelKind::Email)?.id,
            };
            let fields = ConnectionFields {
                inbox_id: Some(inbox_id),
                kind: Some(Source::Email),
                name: Some(name),
                settings: Some(object(settings)),
                ..ConnectionFields::default()
            };
            let made = nouns::add::<Connection>(unit, actor, fields)?;
            connections::set_secrets(unit, actor, &vault, made.id, &object(secrets))?;
            Ok(made)
        });
        let added = added.await?;
        desk.close();
        say::line(format_args!("added connection {} for {address}", added.id))
    }

    /// What was given counts before what is found.
    async fn servers(&self, address: &str, client: &Outgoing) -> Result<Guesses, CliError> {
        let mut found = match (&self.smtp, &self.imap) {
            (Some(_), Some(_)) => Guesses::default(),
            _ => guess::servers(address, client).await,
        };
        found.smtp = self.smtp.clone().or(found.smtp);
        found.imap = self.imap.clone().or(found.imap);
        let missing = match (&found.smtp, &found.imap) {
            (Some(_), Some(_)) => return Ok(found),
            (None, None) => "--smtp HOST:PORT and --imap HOST:PORT",
            (None, Some(_)) => "--smtp HOST:PORT",
            (Some(_), None) => "--imap HOST:PORT",
        };
        Err(CliError::usage(format!(
            "the mail servers of {address} were not found; give {missing}"
        )))
    }

    async fn check(
        &self,
        client: &Outgoing,
        settings: &Value,
        secrets: &Value,
    ) -> Result<(), CliError> {
        let (settings, secrets) = (settings.to_string(), secrets.to_string());
        let steps = probe::try_out(
            client,
            Source::Email,
            &settings,
            &secrets,
            SystemClock.now(),
        )
        .await;
        say::steps(&steps)?;
        match probe::wrong(&steps) {
            Some(_) if !self.untested => Err(CliError::usage(
                "nothing was added\n  hint: mend what is wrong, or add it as it is with --untested",
            )),
            _ => Ok(()),
        }
    }
}

fn settings(address: &str, name: Option<&str>, user: &str, found: &Guesses) -> Value {
    let mut all = json!({ "address": address });
    if let Some(name) = name {
        all["name"] = json!(name);
    }
    for (key, server) in [("smtp", &found.smtp), ("imap", &found.imap)] {
        if let Some(Guess {
            host,
            port,
            security,
        }) = server
        {
            all[key] = json!({ "host": host, "port": port, "security": security, "user": user });
        }
    }
    all
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
