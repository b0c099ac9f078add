//! `connections`: the mailboxes, numbers and bots that messages come in and go out by.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::inbox;
use super::jobs::moment;
use super::options::Options;
use super::say;
use crate::failure::Failure;
use crate::lines;
use crate::mail;
use crate::outgoing::Outgoing;
use crate::probe;
use crate::use_cases::connections::{self, ConnectionFields, Switch};
use crate::use_cases::nouns;
use clap::{Args, Subcommand};
use frontdesk_connectors::registry;
use frontdesk_db::queries;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{ConnectionId, Source};
use serde_json::{Map, Value};
use std::io::Read;
use std::path::PathBuf;

/// Manage the connections to mailboxes and providers
///
/// What a kind asks for stands in docs/CONNECTORS.md. Secrets are read from a file or from standard
/// input, never from an argument, and are not shown again.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  frontdesk-server connections list\n  frontdesk-server connections add Support --kind email --inbox Support --settings mail.json --secrets -\n  frontdesk-server connections off 0d4a2f6e-5f0c-4c37-9d0e-2f5f7c1f2b11"
)]
pub(super) enum Connections {
    /// List the connections and how they are
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Add a connection
    Add {
        name: String,
        /// What its conversations come from: email, slack, sms and so on
        #[arg(long, value_parser = kind)]
        kind: Source,
        /// The inbox its conversations belong to, by its id or name
        #[arg(long, value_name = "INBOX")]
        inbox: String,
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        account: InAccount,
    },
    /// Replace the settings or the secrets of a connection
    Set {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        files: Files,
        #[command(flatten)]
        account: InAccount,
    },
    /// Sign in where a connection leads, and say what is well and what is not
    Test {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Show the address where the owner of a mailbox at Google lets this server in
    Authorize {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Name the page on which a Slack app is installed in a workspace
    ///
    /// The connection needs client_id among its settings, and client_secret and signing_secret among its
    /// secrets. The page holds for an hour; the server must run when its admin comes back from it.
    Install {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Use a connection that was switched off
    On {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Switch a connection off; what is set stays
    Off {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Remove a connection with its secrets; its conversations stay
    Remove {
        #[arg(value_name = "CONNECTION")]
        id: ConnectionId,
        #[command(flatten)]
        account: InAccount,
    },
}

/// Where settings and secrets are read from.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// A file with the settings as a JSON object; - is standard input
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// A file with the secrets as a JSON object; - is standard input
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
}

impl Files {
    fn settings(&self) -> Result<Option<Map<String, Value>>, CliError> {
        self.settings.as_ref().map(object).transpose()
    }

    fn secrets(&self) -> Result<Option<Map<String, Value>>, CliError> {
        self.secrets.as_ref().map(object).transpose()
    }
}

/// A JSON object of a file. What is wrong is told without its text, which may be a secret.
fn object(path: &PathBuf) -> Result<Map<String, Value>, CliError> {
    let unread = |source| CliError::Read {
        path: path.clone(),
        source,
    };
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().lock().read_to_string(&mut text);
        read.map_err(unread)?;
        text
    } else {
        std::fs::read_to_string(path).map_err(unread)?
    };
    serde_json::from_str(&text).map_err(|error| {
        let (path, line, column) = (path.display(), error.line(), error.column());
        CliError::usage(format!(
            "{path} is no JSON object: line {line}, column {column}"
        ))
    })
}

fn kind(text: &str) -> Result<Source, String> {
    text.parse().map_err(|_| {
        let known: Vec<&str> = Source::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("must be one of {}", known.join(", "))
    })
}

impl Connections {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Add {
                name,
                kind,
                inbox,
                files,
                account,
            } => {
                let fields = ConnectionFields {
                    kind: Some(kind),
                    name: Some(name),
                    settings: files.settings()?,
                    ..ConnectionFields::default()
                };
                add(options, &account, &inbox, fields, files.secrets()?).await
            }
            Self::Set { id, files, account } => {
                let fields = ConnectionFields {
                    settings: files.settings()?,
                    ..ConnectionFields::default()
                };
                change(options, &account, id, fields, files.secrets()?).await?;
                say::line("the connection is changed")
            }
            Self::Test { id, account } => test(options, &account, id).await,
            Self::Authorize { id, account } => authorize(options, &account, id).await,
            Self::Install { id, account } => install(options, &account, id).await,
            Self::On { id, account } => {
                switch(options, &account, id, Switch::On).await?;
                say::line("the connection is on")
            }
            Self::Off { id, account } => {
                switch(options, &account, id, Switch::Off).await?;
                say::line("the connection is off")
            }
            Self::Remove { id, account } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                desk.act(account.id, move |unit, actor| {
                    nouns::remove::<Connection>(unit, actor, id)
                })
                .await?;
                desk.close();
                say::line("the connection is removed")
            }
        }
    }
}

async fn add(
    options: &Options,
    account: &InAccount,
    inbox: &str,
    fields: ConnectionFields,
    secrets: Option<Map<String, Value>>,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = account.find(&desk).await?;
    let inbox_id = inbox::find(&desk, account.id, inbox).await?.id;
    let vault = desk.vault()?;
    let added = desk
        .act(account.id, move |unit, actor| {
            let fields = ConnectionFields {
                inbox_id: Some(inbox_id),
                ..fields
            };
            let made = nouns::add::<Connection>(unit, actor, fields)?;
            if let Some(secrets) = &secrets {
                connections::set_secrets(unit, actor, &vault, made.id, secrets)?;
            }
            Ok(made)
        })
        .await?;
    desk.close();
    say::line(format_args!("added connection {}", added.id))
}

async fn change(
    options: &Options,
    account: &InAccount,
    id: ConnectionId,
    fields: ConnectionFields,
    secrets: Option<Map<String, Value>>,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = account.find(&desk).await?;
    let vault = desk.vault()?;
    desk.act(account.id, move |unit, actor| {
        nouns::change::<Connection>(unit, actor, id, fields)?;
        match &secrets {
            Some(secrets) => connections::set_secrets(unit, actor, &vault, id, secrets),
            None => Ok(()),
        }
    })
    .await?;
    desk.close();
    Ok(())
}

async fn switch(
    options: &Options,
    account: &InAccount,
    id: ConnectionId,
    to: Switch,
) -> Result<(), CliError> {
    let fields = ConnectionFields {
        switch: Some(to),
        ..ConnectionFields::default()
    };
    change(options, account, id, fields, None).await
}

/// A connection, and what it signs in with as JSON.
async fn find(
    desk: &Desk,
    account: &InAccount,
    id: ConnectionId,
) -> Result<(Connection, String), CliError> {
    let account = account.find(desk).await?;
    let vault = desk.vault()?;
    let found = desk.db().read(move |conn| {
        let Some(connection) = queries::connections::by_id(conn, account.id, id)? else {
            return Ok(None);
        };
        let secrets = connections::secrets(conn, &vault, account.id, id)?;
        Ok::<_, Failure>(Some((connection, secrets)))
    });
    let (connection, secrets) = found
        .await?
        .ok_or_else(|| CliError::usage("there is no such connection"))?;
    let secrets = secrets.as_ref().map_or(&b"{}"[..], |it| it.reveal());
    Ok((connection, String::from_utf8_lossy(secrets).into_owned()))
}

/// It may run beside the server, and changes nothing: all that comes back proves itself.
async fn authorize(
    options: &Options,
    account: &InAccount,
    id: ConnectionId,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let (connection, secrets) = find(&desk, account, id).await?;
    let mailbox = registry::mailbox(&connection.settings.0, &secrets);
    let mailbox = mailbox.map_err(|unfit| CliError::usage(unfit.to_string()))?;
    let config = desk.config();
    let scheme = match config.tls.cert.path() {
        Some(_) => "https",
        None => "http",
    };
    let public_url = config.public_url.resolve(scheme, config.listen);
    let now = desk.db().now();
    let url = mail::ask_owner(&desk.vault()?, &public_url, id, &mailbox, now);
    desk.close();
    let url = url.ok_or_else(|| {
        CliError::usage("its settings have no gmail, so nobody signs in for this mailbox")
    })?;
    say::line("To be opened within the hour by the owner of the mailbox, while the server runs:")?;
    say::line(url)
}

/// It may run beside the server, and changes nothing.
async fn test(options: &Options, account: &InAccount, id: ConnectionId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let (connection, secrets) = find(&desk, account, id).await?;
    let now = desk.db().now();
    let client = Outgoing::new(&desk.config().outgoing)?;
    desk.close();
    let settings = &connection.settings.0;
    let steps = probe::try_out(&client, connection.kind, settings, &secrets, now).await;
    say::steps(&steps)?;
    match steps.iter().filter(|step| step.said.is_err()).count() {
        0 => Ok(()),
        count => Err(CliError::Unwell(count)),
    }
}

async fn install(options: &Options, account: &InAccount, id: ConnectionId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let (connection, secrets) = find(&desk, account, id).await?;
    let (vault, config, now) = (desk.vault()?, desk.config(), desk.db().now());
    let scheme = match config.tls.cert.path() {
        Some(_) => "https",
        None => "http",
    };
    let public_url = config.public_url.resolve(scheme, config.listen);
    let page = lines::install_page(&vault, &public_url, &connection, &secrets, now);
    desk.close();
    let page = page.map_err(|(field, problem)| CliError::usage(format!("{field} {problem}")))?;
    say::line(page)
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let found = desk
        .db()
        .read(move |conn| queries::connections::of_account(conn, account.id))
        .await?;
    desk.close();
    let row = |it: Connection| {
        [
            it.id.to_string(),
            it.kind.to_string(),
            it.health.state.to_string(),
            moment(it.traffic.came_at),
            moment(it.traffic.went_at),
            it.health.failures.to_string(),
            moment(it.health.next_try_at),
            moment(it.consented_at),
            it.name,
            it.health.reason.unwrap_or_default(),
        ]
    };
    let heads = [
        "CONNECTION",
        "KIND",
        "STATE",
        "LAST IN",
        "LAST OUT",
        "FAILED",
        "NEXT TRY",
        "LET IN",
        "NAME",
        "WHY",
    ];
    say::table(heads, found.into_iter().map(row))
}
