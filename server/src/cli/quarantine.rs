//! `quarantine`: mails that could not be taken in.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::jobs::moment;
use super::options::Options;
use super::say;
use crate::failure::{Failure, Outcome};
use crate::files::FileStore;
use crate::use_cases::mail::{Ingested, Means, waiting};
use crate::use_cases::uploads::Room;
use clap::Subcommand;
use frontdesk_db::queries::quarantine as rows;
use frontdesk_domain::mail::Quarantined;
use frontdesk_domain::{Actor, QuarantineId, Refusal};
use std::io::{self, Write};

/// Look at mails that could not be taken in
///
/// Listing, showing and reading work while a server runs. Retrying and discarding beside a server on
/// SQLite is for its API: /api/v1/quarantine.
#[derive(Debug, Subcommand)]
pub(super) enum Quarantine {
    /// List the mails that wait, the oldest first
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Show a mail that waits, and why
    Show {
        mail: QuarantineId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Write a mail that waits to standard output, as it came
    Raw {
        mail: QuarantineId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Try again to take a mail in
    Retry {
        mail: QuarantineId,
        #[command(flatten)]
        account: InAccount,
    },
    /// Throw a mail away for good
    Discard {
        mail: QuarantineId,
        #[command(flatten)]
        account: InAccount,
    },
}

impl Quarantine {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::List { account } => list(options, &account).await,
            Self::Show { mail, account } => show(options, &account, mail).await,
            Self::Raw { mail, account } => raw(options, &account, mail).await,
            Self::Retry { mail, account } => retry(options, &account, mail).await,
            Self::Discard { mail, account } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                desk.act(account.id, move |unit, actor| {
                    waiting::discard(unit, actor, mail)
                })
                .await?;
                desk.close();
                say::line("the mail is gone")
            }
        }
    }
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let actor = Actor::system(account.find(&desk).await?.id);
    let found = desk.db().read(move |conn| all(conn, &actor)).await?;
    desk.close();
    let row = |it: Quarantined| {
        [
            it.id.to_string(),
            moment(Some(it.created_at)),
            it.reason.to_string(),
            it.size.to_string(),
            it.sender.unwrap_or_default(),
            it.subject.unwrap_or_default(),
        ]
    };
    let heads = ["MAIL", "SINCE", "REASON", "BYTES", "FROM", "SUBJECT"];
    say::table(heads, found.into_iter().map(row))
}

/// Every mail that waits, page after page.
fn all(conn: &mut dyn frontdesk_db::Conn, actor: &Actor) -> Outcome<Vec<Quarantined>> {
    let mut found: Vec<Quarantined> = Vec::new();
    loop {
        let behind = found.last().map(|last| last.id);
        let page = waiting::list(conn, actor, behind)?;
        if page.is_empty() {
            return Ok(found);
        }
        found.extend(page);
    }
}

async fn show(options: &Options, account: &InAccount, id: QuarantineId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let actor = Actor::system(account.find(&desk).await?.id);
    let it = desk
        .db()
        .read(move |conn| waiting::load(conn, &actor, id))
        .await?;
    desk.close();
    let connection = it.connection_id.map(|id| id.to_string());
    for (name, value) in [
        ("reason", it.reason.to_string()),
        ("why", it.explanation),
        ("since", moment(Some(it.created_at))),
        ("tried again", moment(it.tried_at)),
        ("came by", it.way.to_string()),
        ("mailbox", connection.unwrap_or_else(|| "gone".to_owned())),
        ("recipients", it.recipients.join(", ")),
        ("from", it.sender.unwrap_or_default()),
        ("subject", it.subject.unwrap_or_default()),
        ("bytes", it.size.to_string()),
    ] {
        say::line(format_args!("{name:12}{}", say::readable(&value)))?;
    }
    Ok(())
}

async fn raw(options: &Options, account: &InAccount, id: QuarantineId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account_id = account.find(&desk).await?.id;
    let found = desk
        .db()
        .read(move |conn| Ok::<_, Failure>(rows::raw(conn, account_id, id)?))
        .await?;
    desk.close();
    let bytes = found.ok_or(Refusal::NotFound)?;
    let mut out = io::stdout().lock();
    let written = out.write_all(&bytes).and_then(|()| out.flush());
    written.map_err(CliError::Output)
}

async fn retry(options: &Options, account: &InAccount, id: QuarantineId) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let actor = Actor::system(account.find(&desk).await?.id);
    let (files, vault) = (FileStore::of(desk.config())?, desk.vault()?);
    let means = Means {
        room: Room {
            db: desk.db(),
            files: &files,
            quota: desk.config().files.quota,
        },
        vault: &vault,
    };
    let ingested = waiting::retry(means, &actor, id).await?;
    let waits = match ingested {
        Ingested::Stored {
            conversation_id, ..
        } => return told(desk, format!("it is in conversation {conversation_id}")),
        Ingested::Known => return told(desk, "it is known already".to_owned()),
        Ingested::Reported => return told(desk, "it is shown on its message".to_owned()),
        Ingested::Quarantined(id) => id,
    };
    let held = desk
        .db()
        .read(move |conn| waiting::load(conn, &actor, waits))
        .await?;
    told(desk, format!("it still waits: {}", held.explanation))
}

fn told(desk: Desk, words: String) -> Result<(), CliError> {
    desk.close();
    say::line(words)
}
