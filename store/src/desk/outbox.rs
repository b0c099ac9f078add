//! What the agent did and typed, on disk before anything else happens with it, and in memory
//! because it is small and every row asks for it. Nobody else has it: this file is synced with
//! every commit, and set aside when it is damaged, never removed.

use super::read::{conversation_id, json, to_json, uuid};
use super::{migrate, open_file};
use crate::file::Sync;
use crate::{StoreError, migrate::check_sound};
use frontdesk_inbox::{IntentId, OutState, Queued};
use frontdesk_protocol::id::{ConversationId, MessageId};
use frontdesk_protocol::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row, params};
use std::collections::HashMap;
use std::path::Path;

#[derive(Debug)]
pub(crate) struct Outbox {
    pub(super) db: Connection,
    /// In the order they were made.
    entries: HashMap<ConversationId, Vec<Entry>>,
    places: HashMap<IntentId, ConversationId>,
}

/// A command that waits, with its place among all.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) n: i64,
    pub(crate) queued: Queued,
    /// The version of the conversation when this was sent, once it was.
    pub(crate) sent_at_version: Option<i64>,
}

impl Outbox {
    /// Opens the file. What was being sent when the program ended may have arrived: it is sent
    /// again under its old name, so that the server does it once.
    pub(crate) fn open(path: &Path) -> std::result::Result<Self, StoreError> {
        let db = open_file(path, Sync::Full, migrate::OUTBOX)?;
        check_sound(&db)?;
        let mut outbox = Self {
            db,
            entries: HashMap::new(),
            places: HashMap::new(),
        };
        outbox.load().map_err(StoreError::Read)?;
        Ok(outbox)
    }

    /// What waits in a conversation, in order.
    pub(crate) fn of(&self, conversation: ConversationId) -> &[Entry] {
        self.entries.get(&conversation).map_or(&[], Vec::as_slice)
    }

    /// What waits in each conversation.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[Entry]> {
        self.entries.values().map(Vec::as_slice)
    }

    /// The conversations in which something waits.
    pub(crate) fn conversations(&self) -> impl Iterator<Item = ConversationId> {
        self.entries.keys().copied()
    }

    pub(crate) fn get(&self, id: IntentId) -> Option<&Entry> {
        let conversation = self.places.get(&id)?;
        self.of(*conversation).iter().find(|it| it.queued.id == id)
    }

    /// Adds commands behind all others. One that is here already is not added again.
    pub(crate) fn push(&mut self, commands: &[Queued]) -> Result<()> {
        const PUSH: &str =
            "INSERT INTO intents (id, conversation, command, made_at, hold_until, state, detail, files)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING";
        let mut added = Vec::with_capacity(commands.len());
        let transaction = self.db.transaction()?;
        for it in commands {
            let (state, detail) = state_text(&it.state)?;
            let count = transaction.prepare_cached(PUSH)?.execute(params![
                it.id.0.as_bytes(),
                it.conversation_id.as_bytes(),
                to_json(&it.command)?,
                it.made_at.0,
                it.hold_until.map(|at| at.0),
                state,
                detail,
                to_json(&it.files)?,
            ])?;
            if count == 1 {
                added.push((transaction.last_insert_rowid(), it.clone()));
            }
        }
        transaction.commit()?;
        for (n, queued) in added {
            self.remember(n, queued);
        }
        Ok(())
    }

    /// Notes that a command is being sent, on disk before anything leaves: after a crash nobody
    /// knows whether it arrived.
    pub(crate) fn note_sending(&mut self, id: IntentId, version: Option<i64>) -> Result<()> {
        const NOTE: &str = "UPDATE intents SET state = ?2, detail = '' WHERE id = ?1";
        let (state, _) = state_text(&OutState::Sending)?;
        self.db
            .prepare_cached(NOTE)?
            .execute(params![id.0.as_bytes(), state])?;
        if let Some(entry) = self.entry(id) {
            entry.queued.state = OutState::Sending;
            entry.sent_at_version = version;
        }
        Ok(())
    }

    /// Takes what was being sent for what may have arrived. The file says so already: what is being
    /// sent is read as just that.
    pub(crate) fn lose_answer(&mut self, id: IntentId) {
        let entry = self.entry(id);
        if let Some(entry) = entry.filter(|it| it.queued.state == OutState::Sending) {
            entry.queued.state = OutState::Unsure;
        }
    }

    /// Changes a command in place, on disk first.
    pub(crate) fn change(&mut self, changed: &Queued) -> Result<()> {
        const CHANGE: &str =
            "UPDATE intents SET command = ?2, hold_until = ?3, state = ?4, detail = ?5
            WHERE id = ?1";
        let (state, detail) = state_text(&changed.state)?;
        self.db.prepare_cached(CHANGE)?.execute(params![
            changed.id.0.as_bytes(),
            to_json(&changed.command)?,
            changed.hold_until.map(|at| at.0),
            state,
            detail,
        ])?;
        if let Some(entry) = self.entry(changed.id) {
            entry.queued.clone_from(changed);
        }
        Ok(())
    }

    /// Leaves a command out of memory, so that what is shown is computed without it. It stays on
    /// disk until [`Outbox::erase`].
    pub(crate) fn withdraw(&mut self, id: IntentId) -> Option<Entry> {
        let conversation = self.places.remove(&id)?;
        let entries = self.entries.get_mut(&conversation)?;
        let at = entries.iter().position(|it| it.queued.id == id)?;
        let entry = entries.remove(at);
        if entries.is_empty() {
            self.entries.remove(&conversation);
        }
        Some(entry)
    }

    /// Takes a command that was withdrawn back into memory, where it was.
    pub(crate) fn restore(&mut self, entry: Entry) {
        let conversation = entry.queued.conversation_id;
        self.places.insert(entry.queued.id, conversation);
        let entries = self.entries.entry(conversation).or_default();
        let at = entries.partition_point(|it| it.n < entry.n);
        entries.insert(at, entry);
    }

    /// Removes a command from disk.
    pub(crate) fn erase(&self, id: IntentId) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM intents WHERE id = ?1")?
            .execute([id.0.as_bytes()])
            .map(drop)
    }

    fn entry(&mut self, id: IntentId) -> Option<&mut Entry> {
        let conversation = self.places.get(&id)?;
        let entries = self.entries.get_mut(conversation)?;
        entries.iter_mut().find(|it| it.queued.id == id)
    }

    fn remember(&mut self, n: i64, queued: Queued) {
        self.places.insert(queued.id, queued.conversation_id);
        self.entries
            .entry(queued.conversation_id)
            .or_default()
            .push(Entry {
                n,
                queued,
                sent_at_version: None,
            });
    }

    fn load(&mut self) -> Result<()> {
        const ALL: &str =
            "SELECT n, id, conversation, command, made_at, hold_until, state, detail, files
            FROM intents ORDER BY n";
        let loaded: Vec<(i64, Queued)> = self
            .db
            .prepare(ALL)?
            .query_map([], queued)?
            .collect::<Result<_>>()?;
        for (n, queued) in loaded {
            self.remember(n, queued);
        }
        Ok(())
    }
}

fn queued(row: &Row<'_>) -> Result<(i64, Queued)> {
    let queued = Queued {
        id: IntentId(uuid(row, 1)?),
        conversation_id: conversation_id(row, 2)?,
        command: json(row, 3)?,
        files: json(row, 8)?,
        made_at: Timestamp(row.get(4)?),
        hold_until: row.get::<_, Option<i64>>(5)?.map(Timestamp),
        state: match row.get_ref(6)?.as_str()? {
            "held" => OutState::Held {
                newer: json::<Vec<MessageId>>(row, 7)?,
            },
            "failed" => OutState::Failed {
                reason: row.get(7)?,
            },
            "waiting" => OutState::Waiting,
            "sending" => OutState::Unsure,
            other => return Err(unknown_state(other)),
        },
    };
    Ok((row.get(0)?, queued))
}

fn unknown_state(text: &str) -> Error {
    Error::FromSqlConversionFailure(6, Type::Text, format!("no state is called {text}").into())
}

/// A state as the table keeps it.
fn state_text(state: &OutState) -> Result<(&'static str, String)> {
    Ok(match state {
        OutState::Waiting => ("waiting", String::new()),
        OutState::Sending | OutState::Unsure => ("sending", String::new()),
        OutState::Held { newer } => ("held", to_json(newer)?),
        OutState::Failed { reason } => ("failed", reason.clone()),
    })
}
