//! A unit of work: what happens together or not at all.

use crate::conn::{Args, Conn, Dialect};
use crate::error::DbError;
use crate::sql::Sql;
use crate::value::Columns;
use frontdesk_domain::{AccountId, EventSeq, Timestamp};

/// A writing connection inside a transaction, with the time at which the unit runs.
#[expect(missing_debug_implementations, reason = "borrows an engine")]
pub struct Unit<'c> {
    conn: &'c mut (dyn Conn + 'c),
    now: Timestamp,
    noted: Vec<(AccountId, EventSeq)>,
}

static LOCK_ACCOUNT: Sql = Sql::split(
    "LOCK_ACCOUNT",
    "SELECT 1 FROM account_counters WHERE account_id = ?1",
    "SELECT 1 FROM account_counters WHERE account_id = ?1 FOR UPDATE",
);

/// The statement of this file, for the test that prepares them all.
pub(crate) static ALL: &[&Sql] = &[&LOCK_ACCOUNT];

impl<'c> Unit<'c> {
    pub(crate) fn new(conn: &'c mut (dyn Conn + 'c), now: Timestamp) -> Self {
        Self {
            conn,
            now,
            noted: Vec::new(),
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
            self.conn.one(&LOCK_ACCOUNT, &[&account_id], |_| Ok(()))?;
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

    /// Remembers that this unit wrote the account's events up to `seq`.
    pub(crate) fn note(&mut self, account_id: AccountId, seq: EventSeq) {
        self.noted.push((account_id, seq));
    }

    pub(crate) fn into_noted(self) -> Vec<(AccountId, EventSeq)> {
        self.noted
    }
}
