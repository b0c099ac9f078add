//! Frontdesk's database: one set of statements on SQLite and on PostgreSQL.
//!
//! [`Db::write`] runs a unit of work, [`Db::read`] a look at a consistent state. Both are
//! synchronous inside and run on threads that own the connections. Domain tables change only
//! through [`write::apply`] and the functions of [`queries`], always together with the account's
//! events.
//!
//! This crate knows no HTTP, no sockets and no connectors.

pub mod bulk;
pub mod carry;
mod changes;
mod clock;
mod conn;
mod counters;
mod engine;
mod error;
mod look;
mod migrate;
mod open;
pub mod queries;
mod queue;
mod sql;
mod unit;
mod value;
mod worker;
pub mod write;

pub use changes::Changes;
pub use clock::{Clock, ManualClock, SystemClock};
pub use conn::{Args, Conn, Dialect};
pub use engine::postgres::Sole;
pub use error::{DbError, EngineError};
pub use look::{Looked, look};
pub use migrate::known_version;
pub use open::{Db, Place};
pub use queue::JobQueue;
pub use sql::Sql;
pub use unit::Unit;
pub use value::{Columns, FromValue, Row, ToValue, Value};
