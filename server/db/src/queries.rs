//! The statements, one file per noun, each with the mapping between its rows and our types.

pub mod accounts;
pub mod audit;
pub mod canned_responses;
pub mod companies;
pub mod conversations;
pub mod counts;
pub mod customers;
pub mod drafts;
pub mod events;
pub mod files;
pub mod filter;
pub mod idempotency;
pub mod inboxes;
pub mod issues;
pub mod list;
mod many;
pub mod mentions;
pub mod merges;
pub mod messages;
mod narrow;
pub mod notes;
pub mod search;
pub mod sessions;
pub mod snapshot;
pub mod tags;
pub mod teams;
pub mod users;

use crate::error::DbError;
use crate::sql::Sql;

/// Every registered statement, for the test that prepares them all on both databases.
#[must_use]
pub fn all() -> Vec<&'static Sql> {
    [
        accounts::ALL,
        audit::ALL,
        canned_responses::ALL,
        companies::ALL,
        conversations::ALL,
        counts::ALL,
        customers::ALL,
        drafts::ALL,
        events::ALL,
        files::ALL,
        idempotency::ALL,
        inboxes::ALL,
        issues::ALL,
        list::ALL,
        mentions::ALL,
        merges::ALL,
        messages::ALL,
        notes::ALL,
        search::ALL,
        sessions::ALL,
        tags::ALL,
        teams::ALL,
        users::ALL,
        crate::migrate::ALL,
        crate::unit::ALL,
    ]
    .concat()
}

/// Turns "no row was written" into the error it is: what the row should refer to is not there,
/// or belongs to another account, which is the same.
pub(crate) fn found(rows: u64) -> Result<(), DbError> {
    if rows == 0 {
        return Err(DbError::Dangling);
    }
    Ok(())
}
