//! `init`: the account, its first admin and its primary inbox.

use super::ask::{self, PasswordSource};
use super::desk::{Access, Desk};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::failure::Failure;
use crate::secret;
use crate::use_cases::accounts::{
    NOT_THE_FIRST, NewAccount, NewAdmin, Registered, Which, company_name, register,
};
use crate::use_cases::users::email;
use clap::Args;

/// Make an account with its first admin and its primary inbox
///
/// What the flags leave out is asked for, when there is a terminal.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The name of the company
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// The first admin's e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The first admin's name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    password: PasswordSource,
    /// The name of the primary inbox
    #[arg(long, value_name = "NAME")]
    inbox: Option<String>,
    /// The time zone of the working hours, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Make another account beside those there are
    #[arg(long)]
    another: bool,
}

/// What an inbox is called unless somebody says otherwise.
const INBOX: &str = "Chat";

impl Init {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let desk = Desk::open(options, Access::Write)?;
        let which = if self.another {
            Which::Another
        } else {
            Which::First
        };
        if which == Which::First && desk.db().read(frontdesk_db::queries::accounts::any).await? {
            return Err(there_is_one());
        }
        let new = self.collect().await?;
        let address = new.admin.email.clone();
        let made = desk
            .db()
            .write_global(move |unit| register(unit, which, new))
            .await;
        desk.close();
        match made {
            Ok(made) => show(made, &address),
            Err(Failure::Refused(NOT_THE_FIRST)) => Err(there_is_one()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Everything that is needed, from the flags and from whoever sits at the terminal.
    async fn collect(self) -> Result<NewAccount, CliError> {
        if !ask::is_possible() {
            self.check_complete()?;
        }
        let company = ask::unless_given(self.account.as_ref(), "Company", "")?;
        let company_name = company_name(&company)?;
        let email = email(&ask::unless_given(
            self.email.as_ref(),
            "Your e-mail address",
            "",
        )?)?;
        let full_name = self.name.filter(|name| !name.trim().is_empty());
        let inbox_name = if ask::is_possible() {
            ask::unless_given(self.inbox.as_ref(), "Name of the first inbox", INBOX)?
        } else {
            self.inbox.unwrap_or_else(|| INBOX.to_owned())
        };
        let time_zone = self.time_zone.map(known_zone).transpose()?;
        let password_hash = secret::hash_password(self.password.read()?).await?;
        let admin = NewAdmin {
            email,
            password_hash,
            full_name,
        };
        Ok(NewAccount {
            company_name,
            time_zone,
            inbox_name,
            admin,
        })
    }

    fn check_complete(&self) -> Result<(), CliError> {
        let needed = [
            (self.account.is_some(), "--account NAME"),
            (self.email.is_some(), "--email ADDRESS"),
            (
                self.password.is_given(),
                "--password-stdin or --password-file FILE",
            ),
        ];
        let missing: Vec<&str> = needed
            .iter()
            .filter(|(given, _)| !given)
            .map(|(_, flag)| *flag)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing = missing.join(", ");
        Err(CliError::usage(format!(
            "there is no terminal to ask on; also give {missing}"
        )))
    }
}

fn known_zone(name: String) -> Result<String, CliError> {
    match jiff::tz::TimeZone::get(&name) {
        Ok(_) => Ok(name),
        Err(_) => Err(CliError::usage(format!(
            "there is no time zone {name:?}\n  hint: use a name such as Europe/Berlin"
        ))),
    }
}

fn there_is_one() -> CliError {
    CliError::usage(
        "there is an account already\n  hint: add colleagues with `frontdesk-server user add`, or make another account with --another",
    )
}

fn show(made: Registered, address: &str) -> Result<(), CliError> {
    say::line(format_args!("account  {}", made.account_id))?;
    say::line(format_args!("admin    {} {address}", made.user_id))?;
    say::line(format_args!("inbox    {}", made.inbox_id))
}
