//! The statements, one file per noun, each with the mapping between its rows and our types.

pub mod accounts;
pub mod audit;
pub mod conversations;
pub mod counts;
pub mod customers;
pub mod events;
pub mod idempotency;
pub mod inboxes;
pub mod merges;
pub mod messages;
pub mod search;
pub mod sessions;
pub mod users;

use crate::sql::Sql;

/// Every registered statement, for the test that prepares them all on both databases.
#[must_use]
pub fn all() -> Vec<&'static Sql> {
    [
        accounts::ALL,
        audit::ALL,
        conversations::ALL,
        counts::ALL,
        customers::ALL,
        events::ALL,
        idempotency::ALL,
        inboxes::ALL,
        merges::ALL,
        messages::ALL,
        search::ALL,
        sessions::ALL,
        users::ALL,
        crate::migrate::ALL,
        crate::unit::ALL,
    ]
    .concat()
}
