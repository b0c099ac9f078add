//! Loading history: the rows of many conversations at once, many rows to a statement.
//!
//! What is loaded here was decided elsewhere, long ago, so no decision is asked. Everything else
//! holds as it does for [`crate::write`]: each unit leaves counts, events without gaps, the
//! search index and every conversation's newest message as they have to be.

mod conversations;
mod known;
mod many;
mod messages;

use crate::sql::Sql;

pub use conversations::conversations;
pub use known::{Kept, known};
pub use messages::{Indexed, messages};

/// The statements of these files, for the test that prepares them all.
pub(crate) fn all() -> Vec<&'static Sql> {
    [conversations::all(), known::all(), messages::all()].concat()
}
