//! `knowledge`: texts that drafts rest on, read from Markdown files.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::knowledge;
use crate::outgoing::Outgoing;
use crate::use_cases::knowledge::{self as cases, Synced};
use clap::Subcommand;
use frontdesk_db::queries::knowledge_sources;
use frontdesk_domain::knowledge::Source;
use frontdesk_domain::{AccountId, Audience, KnowledgeSourceId};
use std::path::PathBuf;

/// Manage the Markdown files that drafts rest on
///
/// Each heading becomes an entry. A running server reads all sources anew once an hour. A file may begin
/// with `audience: internal` between two lines of dashes: its texts are quoted only after an agent said yes.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  frontdesk-server knowledge import /srv/handbook --internal\n  frontdesk-server knowledge import https://docs.example.com/help/index.md\n  frontdesk-server knowledge sync"
)]
pub(super) enum Knowledge {
    /// Read a folder, a file or an address, and go on reading it
    Import {
        /// A folder or a Markdown file of this machine, or the http or https address of one
        #[arg(value_name = "FOLDER|URL")]
        place: String,
        /// What to call it; the place itself when it is left out
        #[arg(long)]
        name: Option<String>,
        /// Its texts are for the company only, where a file does not say otherwise
        #[arg(long)]
        internal: bool,
        #[command(flatten)]
        account: InAccount,
    },
    /// Read sources anew: all, or one by its id
    Sync {
        #[arg(value_name = "SOURCE")]
        source: Option<KnowledgeSourceId>,
        #[command(flatten)]
        account: InAccount,
    },
    /// List the sources
    List {
        #[command(flatten)]
        account: InAccount,
    },
    /// Remove a source with all that was read from it
    Remove {
        /// The source's id
        #[arg(value_name = "SOURCE")]
        source: KnowledgeSourceId,
        #[command(flatten)]
        account: InAccount,
    },
}

impl Knowledge {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::Import {
                place,
                name,
                internal,
                account,
            } => {
                let audience = if internal {
                    Audience::Internal
                } else {
                    Audience::Public
                };
                import(options, &account, place, name, audience).await
            }
            Self::Sync { source, account } => sync(options, &account, source).await,
            Self::List { account } => list(options, &account).await,
            Self::Remove { source, account } => {
                let desk = Desk::open(options, Access::Write)?;
                let account_id = account.find(&desk).await?.id;
                let removed = desk.act(account_id, move |unit, actor| {
                    cases::remove_source(unit, actor, source)
                });
                removed.await?;
                desk.close();
                say::line(format_args!("removed {source}"))
            }
        }
    }
}

async fn import(
    options: &Options,
    account: &InAccount,
    place: String,
    name: Option<String>,
    audience: Audience,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account_id = account.find(&desk).await?.id;
    let place = absolute(place)?;
    let name = name.unwrap_or_else(|| place.chars().take(200).collect());
    let added = desk.act(account_id, move |unit, actor| {
        cases::add_source(unit, actor, &name, &place, audience)
    });
    let source = added.await?;
    let id = source.id;
    let read = read(&desk, vec![source]).await;
    if read.is_err() {
        // What never could be read is no source.
        let removed = desk.act(account_id, move |unit, actor| {
            cases::remove_source(unit, actor, id)
        });
        removed.await?;
    }
    desk.close();
    read
}

/// The server may run in another folder than this command.
fn absolute(place: String) -> Result<String, CliError> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return Ok(place);
    }
    let path = PathBuf::from(&place);
    let found = path.canonicalize();
    let found = found.map_err(|source| CliError::Read { path, source })?;
    Ok(found.to_string_lossy().into_owned())
}

async fn sync(
    options: &Options,
    account: &InAccount,
    only: Option<KnowledgeSourceId>,
) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Write)?;
    let account_id = account.find(&desk).await?.id;
    let mut sources = all(&desk, account_id).await?;
    sources.retain(|it| only.is_none_or(|id| it.id == id));
    if sources.is_empty() && only.is_some() {
        return Err(CliError::usage(
            "there is no such source\n  hint: knowledge list".to_owned(),
        ));
    }
    let read = read(&desk, sources).await;
    desk.close();
    read
}

/// Reads sources and says what has changed.
async fn read(desk: &Desk, sources: Vec<Source>) -> Result<(), CliError> {
    let client = Outgoing::new(&desk.config().outgoing)?;
    let mut bad = 0;
    for source in sources {
        let name = source.name.clone();
        match knowledge::sync(desk.db(), &client, source).await? {
            Ok(Synced {
                added,
                changed,
                removed,
                kept,
            }) => say::line(format_args!(
                "{}: {added} added, {changed} changed, {removed} removed, {kept} as before",
                say::readable(&name)
            ))?,
            Err(unread) => {
                bad += 1;
                say::line(format_args!("BAD  {}: {unread}", say::readable(&name)))?;
            }
        }
    }
    match bad {
        0 => Ok(()),
        bad => Err(CliError::Unwell(bad)),
    }
}

async fn all(desk: &Desk, account_id: AccountId) -> Result<Vec<Source>, CliError> {
    let found = desk
        .db()
        .read(move |conn| knowledge_sources::of_account(conn, account_id));
    Ok(found.await?)
}

async fn list(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account_id = account.find(&desk).await?.id;
    let sources = all(&desk, account_id).await?;
    desk.close();
    let rows = sources.into_iter().map(|it| {
        let read = it.synced_at.map_or("never".to_owned(), |at| at.to_string());
        let how = it.trouble.unwrap_or_else(|| "well".to_owned());
        [
            it.id.to_string(),
            it.audience.to_string(),
            read,
            how,
            it.place,
        ]
    });
    say::table(["source", "audience", "read", "how it went", "place"], rows)
}
