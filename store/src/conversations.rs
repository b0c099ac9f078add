//! What is remembered of conversations: their numbers, and how far each has been read here.

use crate::{SignInId, Store, StoreError};
use frontdesk_protocol::id::{ConversationId, EventSeq};
use rusqlite::{OptionalExtension as _, params};

impl Store {
    /// Remembers which conversations the numbers stand for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember_numbers(
        &mut self,
        id: SignInId,
        conversations: &[(ConversationId, i64)],
    ) -> Result<(), StoreError> {
        const REMEMBER: &str = "INSERT INTO conversations (sign_in, id, number) VALUES (?1, ?2, ?3)
            ON CONFLICT (sign_in, id) DO UPDATE SET number = excluded.number";
        let transaction = self.connection.transaction().map_err(StoreError::Write)?;
        for (conversation, number) in conversations {
            transaction
                .execute(REMEMBER, params![id.0, conversation.to_string(), number])
                .map_err(StoreError::Write)?;
        }
        transaction.commit().map_err(StoreError::Write)
    }

    /// The conversation a number stands for, if it was met here before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn by_number(
        &self,
        id: SignInId,
        number: i64,
    ) -> Result<Option<ConversationId>, StoreError> {
        const FIND: &str = "SELECT id FROM conversations WHERE sign_in = ?1 AND number = ?2";
        let found: Option<String> = self
            .connection
            .query_row(FIND, params![id.0, number], |row| row.get(0))
            .optional()
            .map_err(StoreError::Read)?;
        // An id that does not read is as good as none: the server is asked instead.
        Ok(found.and_then(|text| text.parse().ok()))
    }

    /// The number of a conversation, if it was met here before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn number(
        &self,
        id: SignInId,
        conversation: ConversationId,
    ) -> Result<Option<i64>, StoreError> {
        const FIND: &str = "SELECT number FROM conversations WHERE sign_in = ?1 AND id = ?2";
        self.connection
            .query_row(FIND, params![id.0, conversation.to_string()], |row| {
                row.get(0)
            })
            .optional()
            .map_err(StoreError::Read)
    }

    /// Remembers that a conversation was read up to an event. Reading never goes back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn saw(
        &mut self,
        id: SignInId,
        conversation: ConversationId,
        number: i64,
        seq: EventSeq,
    ) -> Result<(), StoreError> {
        const SAW: &str = "INSERT INTO conversations (sign_in, id, number, seen_seq)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (sign_in, id) DO UPDATE SET number = excluded.number,
                seen_seq = max(coalesce(seen_seq, 0), excluded.seen_seq)";
        self.connection
            .execute(SAW, params![id.0, conversation.to_string(), number, seq.0])
            .map(drop)
            .map_err(StoreError::Write)
    }

    /// The last event of a conversation that was read here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seen_seq(
        &self,
        id: SignInId,
        conversation: ConversationId,
    ) -> Result<Option<EventSeq>, StoreError> {
        const SEEN: &str = "SELECT seen_seq FROM conversations WHERE sign_in = ?1 AND id = ?2";
        self.connection
            .query_row(SEEN, params![id.0, conversation.to_string()], |row| {
                row.get(0)
            })
            .optional()
            .map(|seq| seq.flatten().map(EventSeq))
            .map_err(StoreError::Read)
    }
}
