//! Reads knowledge from where it is kept, a folder of this machine or an address, and puts it in place of
//! what was read before. A source that cannot be read as a whole changes nothing.

mod address;
mod folder;

use crate::failure::Outcome;
use crate::outgoing::Outgoing;
use crate::use_cases::knowledge::{self as cases, File, Synced};
use frontdesk_db::Db;
use frontdesk_db::queries::knowledge_sources;
use frontdesk_domain::knowledge::Source;
use frontdesk_domain::{AccountId, Actor, KnowledgeSourceId};

/// A source has no more files than this.
const MOST_FILES: usize = 2_000;

/// A file is no longer than this.
const LARGEST: usize = 1024 * 1024;

/// Why a source cannot be read, in words for admins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unread(String);

impl Unread {
    fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// Reads a source anew, and notes how that went.
pub(crate) async fn sync(
    db: &Db,
    client: &Outgoing,
    source: Source,
) -> Outcome<Result<Synced, Unread>> {
    let account_id = source.account_id;
    let files = match read(client, &source).await {
        Ok(files) => files,
        Err(unread) => {
            note(db, account_id, source.id, &unread).await?;
            return Ok(Err(unread));
        }
    };
    let actor = Actor::system(account_id);
    let synced = db
        .write(account_id, move |unit| {
            cases::put(unit, &actor, &source, &files)
        })
        .await?;
    Ok(Ok(synced))
}

async fn note(
    db: &Db,
    account_id: AccountId,
    id: KnowledgeSourceId,
    unread: &Unread,
) -> Outcome<()> {
    let why = unread.0.clone();
    db.write(account_id, move |unit| {
        knowledge_sources::was_read(unit, account_id, id, Err(&why)).map_err(Into::into)
    })
    .await
}

async fn read(client: &Outgoing, source: &Source) -> Result<Vec<File>, Unread> {
    if source.is_address() {
        return address::read(client, &source.place).await;
    }
    let place = source.place.clone();
    let reading = tokio::task::spawn_blocking(move || folder::read(place.as_ref()));
    reading
        .await
        .map_err(|_| Unread::new("Reading the folder was cut off."))?
}
