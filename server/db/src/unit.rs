//! A unit of work: what happens together or not at all.

use crate::conn::{Args, Conn, Dialect};
use crate::counters::Counters;
use crate::error::DbError;
use crate::sql::Sql;
use crate::value::Columns;
use frontdesk_domain::{AccountId, EventSeq, Timestamp};

/// A writing connection inside a transaction, with the time at which the unit runs.
#[expect(missing_debug_implementations, reason = "borrows an engine")]
pub struct Unit<'c> {
    conn: &'c mut (dyn Conn + 'c),
    counters: &'c mut Counters,
    now: Timestamp,
    noted: Noted,
}

/// What the world is nudged about once the unit is committed.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    /// The accounts with new events, and up to which number.
    pub(crate) events: Vec<(AccountId, EventSeq)>,
    /// Whether there are jobs that may run at once.
    pub(crate) jobs: bool,
}

impl Noted {
    /// Adds what another unit of the same commit noted.
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.events.append(&mut other.events);
        self.jobs |= other.jobs;
    }
}

impl<'c> Unit<'c> {
    pub(crate) fn new(
        conn: &'c mut (dyn Conn + 'c),
        counters: &'c mut Counters,
        now: Timestamp,
    ) -> Self {
        Self {
            conn,
            counters,
            now,
            noted: Noted::default(),
        }
    }

    /// The time at which this unit runs; the same throughout.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The connection, for queries.
    pub fn conn(&mut self) -> &mut (dyn Conn + 'c) {
        self.conn
    }

    /// Makes other writers of this account wait until this unit is done, so that what is read
    /// from here on is what is decided upon. SQLite has one writer anyway.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn lock(&mut self, account_id: AccountId) -> Result<(), DbError> {
        if self.conn.dialect() == Dialect::Postgres {
            self.counters.hold(self.conn, account_id)?;
        }
        Ok(())
    }

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// When the database refuses the statement.
    pub fn exec(&mut self, sql: &Sql, args: Args<'_>) -> Result<u64, DbError> {
        self.conn.exec(sql, args)
    }

    /// Runs a statement whose answer nobody needs, without waiting for it where the engine can.
    /// Should it fail, the unit does: with that failure, told here or by a later statement or
    /// after the unit's end. Not for a statement whose failure the unit itself acts on.
    ///
    /// # Errors
    /// When the database refuses this statement, or one sent before it.
    pub fn send(&mut self, sql: &Sql, args: Args<'_>) -> Result<(), DbError> {
        self.conn.send(sql, args)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// When the database refuses the statement, or the row cannot be read.
    pub fn one<T>(
        &mut self,
        sql: &Sql,
        args: Args<'_>,
        read: impl Fn(&mut Columns<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        self.conn.one(sql, args, read)
    }

    /// Takes the account's next `count` event numbers and says the first of them.
    pub(crate) fn take_seqs(
        &mut self,
        account_id: AccountId,
        count: i64,
    ) -> Result<EventSeq, DbError> {
        self.counters.take(self.conn, account_id, count)
    }

    /// The account's newest event number, as this unit and those before it left it.
    ///
    /// # Errors
    /// When there is no such account.
    pub fn newest_seq(&mut self, account_id: AccountId) -> Result<EventSeq, DbError> {
        self.counters.newest(self.conn, account_id)
    }

    /// Remembers that this unit wrote the account's events up to `seq`.
    pub(crate) fn note(&mut self, account_id: AccountId, seq: EventSeq) {
        self.noted.events.push((account_id, seq));
    }

    /// Remembers that this unit left jobs that may run at once.
    pub(crate) fn note_jobs(&mut self) {
        self.noted.jobs = true;
    }

    pub(crate) fn into_noted(self) -> Noted {
        self.noted
    }
}
