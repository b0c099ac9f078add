//! What is being typed, so that a crash costs nothing. It lies in the outbox.

use super::Desk;
use super::read::{conversation_id, json, to_json};
use crate::StoreError;
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::{ConversationId, DraftId, EventSeq};
use rusqlite::{OptionalExtension as _, Result, Row};
use uuid::Uuid;

/// What a text will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    Reply,
    Note,
}

/// A text that was typed and not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub conversation_id: ConversationId,
    pub kind: TextKind,
    pub begun: Begun,
}

/// A text that was begun, and what it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    pub text: String,
    /// The newest event its writer knew, where that was noted.
    pub seen: Option<EventSeq>,
    /// The AI's draft it grew from, and which version of it.
    pub draft: Option<(DraftId, i64)>,
    /// The files that go along with it.
    pub files: Vec<Enclosure>,
}

impl Begun {
    fn of(row: &Row<'_>, first: usize) -> Result<Self> {
        let draft: Option<[u8; 16]> = row.get(first + 2)?;
        let version: Option<i64> = row.get(first + 3)?;
        Ok(Self {
            text: row.get(first)?,
            seen: row.get::<_, Option<i64>>(first + 1)?.map(EventSeq),
            draft: draft.map(|id| DraftId(Uuid::from_bytes(id))).zip(version),
            files: json(row, first + 4)?,
        })
    }
}

impl TextKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }

    fn of(text: &str) -> Self {
        match text {
            "note" => Self::Note,
            _ => Self::Reply,
        }
    }
}

impl Desk {
    /// Keeps what is typed, in place of what was kept before. Nothing typed and no file is nothing
    /// kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_text(
        &mut self,
        conversation: ConversationId,
        kind: TextKind,
        begun: &Begun,
    ) -> std::result::Result<(), StoreError> {
        const SAVE: &str = "INSERT INTO texts
            (conversation, kind, text, seen, draft, draft_version, files)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (conversation, kind) DO UPDATE SET text = excluded.text,
                seen = excluded.seen, draft = excluded.draft,
                draft_version = excluded.draft_version, files = excluded.files";
        if begun.text.is_empty() && begun.files.is_empty() {
            return self.forget_text(conversation, kind);
        }
        let save = || {
            self.outbox
                .db
                .prepare_cached(SAVE)?
                .execute((
                    conversation.as_bytes(),
                    kind.as_str(),
                    &begun.text,
                    begun.seen.map(|seen| seen.0),
                    begun.draft.map(|(id, _)| id.0.into_bytes()),
                    begun.draft.map(|(_, version)| version),
                    to_json(&begun.files)?,
                ))
                .map(drop)
        };
        save().map_err(StoreError::Write)
    }

    /// What was typed in a conversation and not sent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn text(
        &self,
        conversation: ConversationId,
        kind: TextKind,
    ) -> std::result::Result<Option<Begun>, StoreError> {
        const READ: &str = "SELECT text, seen, draft, draft_version, files FROM texts
            WHERE conversation = ?1 AND kind = ?2";
        let read = || {
            self.outbox
                .db
                .prepare_cached(READ)?
                .query_row((conversation.as_bytes(), kind.as_str()), |row| {
                    Begun::of(row, 0)
                })
                .optional()
        };
        read().map_err(StoreError::Read)
    }

    /// All that was typed and not sent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn texts(&self) -> std::result::Result<Vec<Text>, StoreError> {
        let read = || {
            self.outbox
                .db
                .prepare_cached(
                    "SELECT conversation, kind, text, seen, draft, draft_version, files FROM texts",
                )?
                .query_map([], |row| {
                    Ok(Text {
                        conversation_id: conversation_id(row, 0)?,
                        kind: TextKind::of(row.get_ref(1)?.as_str()?),
                        begun: Begun::of(row, 2)?,
                    })
                })?
                .collect::<Result<_>>()
        };
        read().map_err(StoreError::Read)
    }

    /// Forgets what was typed, because it was sent or thrown away.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_text(
        &mut self,
        conversation: ConversationId,
        kind: TextKind,
    ) -> std::result::Result<(), StoreError> {
        let forget = || {
            self.outbox
                .db
                .prepare_cached("DELETE FROM texts WHERE conversation = ?1 AND kind = ?2")?
                .execute((conversation.as_bytes(), kind.as_str()))
                .map(drop)
        };
        forget().map_err(StoreError::Write)
    }
}
