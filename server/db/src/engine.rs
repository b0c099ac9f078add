//! What the worker threads need of an engine beyond running statements.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::conn::Conn;
use crate::error::DbError;

/// Whether a transaction may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// A connection that a worker thread owns.
pub(crate) trait Engine: Conn {
    /// The connection as units of work see it.
    fn conn(&mut self) -> &mut dyn Conn;

    /// Makes sure that there is a connection, opening one again if it was lost.
    fn ensure_open(&mut self) -> Result<(), DbError>;

    fn begin(&mut self, access: Access) -> Result<(), DbError>;

    /// Marks where the first unit of several begins, by a savepoint or otherwise: the place that
    /// is called the savepoint below.
    fn savepoint(&mut self) -> Result<(), DbError>;

    /// Keeps what was written since the savepoint, and sets the next unit's. What was sent and
    /// not waited for is answered by now.
    fn move_savepoint(&mut self) -> Result<(), DbError>;

    /// Takes back what was written since the savepoint, which stays.
    fn rollback_to_savepoint(&mut self) -> Result<(), DbError>;
    fn commit(&mut self) -> Result<(), DbError>;
    fn rollback(&mut self) -> Result<(), DbError>;

    /// Whether the transaction is still there. A full disk, for one, ends it.
    fn in_transaction(&self) -> bool;

    /// What ended a transaction that is not there any more.
    fn why_lost(&self) -> DbError;

    /// Whether a statement failed that nothing after it can make good. PostgreSQL would end such
    /// a transaction with a rollback, whatever it is told, and call that a success.
    fn is_spoiled(&self) -> bool;

    /// Runs a script of several statements.
    fn script(&mut self, text: &str) -> Result<(), DbError>;
}
