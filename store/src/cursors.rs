//! How far the events of an account have been taken in.

use crate::{SignInId, Store, StoreError};
use frontdesk_protocol::id::EventSeq;
use rusqlite::{OptionalExtension as _, params};

impl Store {
    /// The number of the last event that was taken in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cursor(&self, id: SignInId) -> Result<Option<EventSeq>, StoreError> {
        self.connection
            .query_row(
                "SELECT seq FROM cursors WHERE sign_in = ?1",
                [id.0],
                |row| row.get(0),
            )
            .optional()
            .map(|seq| seq.map(EventSeq))
            .map_err(StoreError::Read)
    }

    /// Remembers how far events were taken in. It never goes back by itself: two runs may
    /// write in any order.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn advance_cursor(&mut self, id: SignInId, seq: EventSeq) -> Result<(), StoreError> {
        const ADVANCE: &str = "INSERT INTO cursors (sign_in, seq) VALUES (?1, ?2)
            ON CONFLICT (sign_in) DO UPDATE SET seq = max(seq, excluded.seq)";
        self.connection
            .execute(ADVANCE, params![id.0, seq.0])
            .map(drop)
            .map_err(StoreError::Write)
    }

    /// Starts over at `seq`, also when that is a step back: the server's events were replaced
    /// or are older than it keeps them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn reset_cursor(&mut self, id: SignInId, seq: EventSeq) -> Result<(), StoreError> {
        const RESET: &str = "INSERT INTO cursors (sign_in, seq) VALUES (?1, ?2)
            ON CONFLICT (sign_in) DO UPDATE SET seq = excluded.seq";
        self.connection
            .execute(RESET, params![id.0, seq.0])
            .map(drop)
            .map_err(StoreError::Write)
    }
}
