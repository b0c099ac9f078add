//! What is being typed, so that a crash costs nothing. It lies in the outbox.

use super::Desk;
use super::read::conversation_id;
use crate::StoreError;
use frontdesk_protocol::id::ConversationId;
use rusqlite::{OptionalExtension as _, Result};

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
    pub text: String,
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
    /// Keeps what is typed, in place of what was kept before. Nothing typed is nothing kept.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_text(
        &mut self,
        conversation: ConversationId,
        kind: TextKind,
        text: &str,
    ) -> std::result::Result<(), StoreError> {
        const SAVE: &str = "INSERT INTO texts (conversation, kind, text) VALUES (?1, ?2, ?3)
            ON CONFLICT (conversation, kind) DO UPDATE SET text = excluded.text";
        if text.is_empty() {
            return self.forget_text(conversation, kind);
        }
        let save = || {
            self.outbox
                .db
                .prepare_cached(SAVE)?
                .execute((conversation.as_bytes(), kind.as_str(), text))
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
    ) -> std::result::Result<Option<String>, StoreError> {
        let read = || {
            self.outbox
                .db
                .prepare_cached("SELECT text FROM texts WHERE conversation = ?1 AND kind = ?2")?
                .query_row((conversation.as_bytes(), kind.as_str()), |row| row.get(0))
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
                .prepare_cached("SELECT conversation, kind, text FROM texts")?
                .query_map([], |row| {
                    Ok(Text {
                        conversation_id: conversation_id(row, 0)?,
                        kind: TextKind::of(row.get_ref(1)?.as_str()?),
                        text: row.get(2)?,
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
