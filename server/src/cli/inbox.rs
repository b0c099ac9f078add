//! `inbox`: the doors by which conversations come in.

mod email;
mod guess;

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::failure::Outcome;
use crate::secret::Token;
use crate::use_cases::inboxes::{self, Identity};
use clap::{Subcommand, ValueEnum};
use frontdesk_db::{Unit, queries};
use frontdesk_domain::account::Inbox as Door;
use frontdesk_domain::{AccountId, Actor, ChannelKind, InboxId};

/// Manage the inboxes
#[derive(Debug, Subcommand)]
pub(super) enum Inbox {
    /// Add an inbox; `add email` connects a mailbox
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Add {
        #[arg(required = true)]
        name: Option<String>,
        /// What comes in by it: chat, email, slack, sms or api
        #[arg(long, default_value = "chat", value_parser = channel)]
        channel: ChannelKind,
        #[command(flatten)]
        account: InAccount,
        #[command(subcommand)]
        what: Option<What>,
    },
    /// List the inboxes
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Make an inbox the one that conversations without one go to
    Primary {
        #[command(flatten)]
        which: Named,
    },
    /// Make the secret a site signs its visitors' identities with, or remove it
    IdentitySecret {
        #[command(flatten)]
        which: Named,
        #[arg(value_enum)]
        what: SecretChange,
    },
    /// Say whether chat visitors must prove who they are
    RequireIdentity {
        #[command(flatten)]
        which: Named,
        #[arg(value_enum)]
        what: Switch,
    },
}

/// What is added together with an inbox.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    Email(Box<email::Email>),
}

/// An inbox of an account.
#[derive(Debug, clap::Args)]
pub(super) struct Named {
    /// The inbox, by its id or name
    #[arg(value_name = "INBOX")]
    inbox: String,
    #[command(flatten)]
    account: InAccount,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SecretChange {
    /// Make a new secret and show it this once
    New,
    /// Remove the secret
    Off,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

impl Inbox {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Add {
                what: Some(What::Email(email)),
                ..
            } => email.run(options).await,
            Self::Add {
                name,
                channel,
                account,
                what: None,
            } => {
                let name = name.unwrap_or_default();
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                let add = move |unit: &mut Unit<'_>, actor: &Actor| {
                    inboxes::add(unit, actor, &name, channel)
                };
                let added = desk.act(account.id, add).await?;
                desk.close();
                say::line(format_args!("added inbox {}", added.id))
            }
            Self::Primary { which } => {
                change(options, &which, inboxes::make_primary).await?;
                say::line("this is the primary inbox now")
            }
            Self::IdentitySecret {
                which,
                what: SecretChange::New,
            } => {
                let secret = renew_secret(options, &which).await?;
                say::line("the identity secret, shown only now:")?;
                say::line(secret.reveal())
            }
            Self::IdentitySecret {
                which,
                what: SecretChange::Off,
            } => {
                change(options, &which, inboxes::forget_identity_secret).await?;
                say::line("the identity secret is removed")
            }
            Self::RequireIdentity { which, what } => require(options, &which, what).await,
        }
    }
}

fn channel(text: &str) -> Result<ChannelKind, String> {
    text.parse()
        .map_err(|_| "must be chat, email, slack, sms or api".to_owned())
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let doors = desk
        .db()
        .read(move |conn| queries::inboxes::of_account(conn, account.id))
        .await?;
    desk.close();
    let row = |door: Door| {
        let primary = if door.is_primary { "primary" } else { "" };
        let identity = if door.identity_required {
            "required"
        } else {
            "optional"
        };
        let channel = door.channel.to_string();
        [
            door.id.to_string(),
            channel,
            primary.to_owned(),
            identity.to_owned(),
            door.name,
        ]
    };
    say::table(
        ["INBOX", "CHANNEL", "PRIMARY", "IDENTITY", "NAME"],
        doors.into_iter().map(row),
    )
}

async fn require(options: &Options, which: &Named, what: Switch) -> Result<(), CliError> {
    let (identity, words) = match what {
        Switch::On => (
            Identity::Required,
            "chat visitors must prove who they are now",
        ),
        Switch::Off => (
            Identity::Optional,
            "chat visitors need not prove who they are now",
        ),
    };
    change(options, which, move |unit, actor, id| {
        inboxes::require_identity(unit, actor, id, identity)
    })
    .await?;
    say::line(words)
}

async fn renew_secret(options: &Options, which: &Named) -> Result<Token, CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = which.account.find(&desk).await?;
    let id = find(&desk, account.id, &which.inbox).await?.id;
    let vault = desk.vault()?;
    let renewed = desk
        .act(account.id, move |unit, actor| {
            inboxes::renew_identity_secret(unit, actor, &vault, id)
        })
        .await?;
    desk.close();
    Ok(renewed)
}

async fn change<T: Send + 'static>(
    options: &Options,
    which: &Named,
    how: impl FnOnce(&mut Unit<'_>, &Actor, InboxId) -> Outcome<T> + Send + 'static,
) -> Result<T, CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account = which.account.find(&desk).await?;
    let id = find(&desk, account.id, &which.inbox).await?.id;
    let done = desk
        .act(account.id, move |unit, actor| how(unit, actor, id))
        .await?;
    desk.close();
    Ok(done)
}

/// The inbox of this id or name.
pub(super) async fn find(
    desk: &Desk,
    account_id: AccountId,
    inbox: &str,
) -> Result<Door, CliError> {
    let doors = desk
        .db()
        .read(move |conn| queries::inboxes::of_account(conn, account_id))
        .await?;
    let fits = |door: &Door| door.id.to_string() == inbox || door.name == inbox;
    let mut fitting: Vec<Door> = doors.into_iter().filter(fits).collect();
    match (fitting.pop(), fitting.is_empty()) {
        (Some(door), true) => Ok(door),
        (Some(_), false) => Err(CliError::usage(format!(
            "several inboxes are named {inbox}; use the id"
        ))),
        (None, _) => Err(CliError::usage(format!(
            "there is no inbox {inbox}\n  hint: `frontdesk-server inbox list` shows them"
        ))),
    }
}
