//! What the agent did, the latest two hundred, to be taken back also after the program was closed.
//! It lies in the outbox: nobody else knows of it.

use super::Desk;
use super::read::{json, to_json, uuid};
use crate::StoreError;
use frontdesk_inbox::{DeedId, KeptDeed, LogEntry};
use frontdesk_protocol::id::{BulkRunId, ConversationId};
use frontdesk_protocol::time::Timestamp;
use rusqlite::{Connection, Result, Row, params};
use uuid::Uuid;

/// How many are kept.
const KEPT: i64 = 200;

impl Desk {
    /// Takes in what was done and what is nothing to take back any more, all or nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn log(&mut self, entries: &[LogEntry]) -> std::result::Result<(), StoreError> {
        let mut write = || {
            let transaction = self.outbox.db.transaction()?;
            for entry in entries {
                match entry {
                    LogEntry::Did(deed) => keep(&transaction, deed)?,
                    LogEntry::Forget(id) => forget(&transaction, *id)?,
                }
            }
            transaction.commit()
        };
        write().map_err(StoreError::Write)
    }

    /// All that can be taken back, the latest last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn deeds(&self) -> std::result::Result<Vec<KeptDeed>, StoreError> {
        const ALL: &str = "SELECT id, title, at, run, parts FROM deeds ORDER BY n";
        let read = || {
            self.outbox
                .db
                .prepare_cached(ALL)?
                .query_map([], deed)?
                .collect::<Result<Vec<_>>>()
        };
        read().map_err(StoreError::Read)
    }
}

/// Forgets all that was done to a conversation, also to others at the same time.
pub(super) fn forget_of(db: &Connection, conversation: ConversationId) -> Result<()> {
    const FORGET: &str = "DELETE FROM deeds WHERE EXISTS
        (SELECT 1 FROM json_each(parts) WHERE value ->> 'conversation_id' = ?1)";
    db.prepare_cached(FORGET)?
        .execute([conversation.to_string()])
        .map(drop)
}

fn keep(db: &Connection, deed: &KeptDeed) -> Result<()> {
    const KEEP: &str = "INSERT INTO deeds (id, title, at, run, parts)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING";
    const PRUNE: &str = "DELETE FROM deeds WHERE n <= (SELECT max(n) FROM deeds) - ?1";
    db.prepare_cached(KEEP)?.execute(params![
        deed.id.0.as_bytes(),
        deed.title,
        deed.at.0,
        deed.run.map(|run| run.0.into_bytes()),
        to_json(&deed.parts)?,
    ])?;
    db.prepare_cached(PRUNE)?.execute([KEPT]).map(drop)
}

fn forget(db: &Connection, id: DeedId) -> Result<()> {
    db.prepare_cached("DELETE FROM deeds WHERE id = ?1")?
        .execute([id.0.as_bytes()])
        .map(drop)
}

fn deed(row: &Row<'_>) -> Result<KeptDeed> {
    let run: Option<[u8; 16]> = row.get(3)?;
    Ok(KeptDeed {
        id: DeedId(uuid(row, 0)?),
        title: row.get(1)?,
        at: Timestamp(row.get(2)?),
        run: run.map(|id| BulkRunId(Uuid::from_bytes(id))),
        parts: json(row, 4)?,
    })
}
