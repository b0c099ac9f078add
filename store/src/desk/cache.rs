//! The cache inside one transaction, with all that decides what it shows. What it can do stands
//! in the files beside this one, by what it is about.

use super::Sorts;
use super::outbox::Outbox;
use super::search::Doc;
use frontdesk_protocol::id::UserId;
use rusqlite::Connection;

pub(crate) struct Cache<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) outbox: &'a Outbox,
    /// Who the agent is.
    pub(crate) me: UserId,
    pub(crate) sorts: &'a Sorts,
    /// What is written into the index at the end of the transaction.
    pub(crate) docs: Vec<Doc>,
}

impl<'a> Cache<'a> {
    pub(crate) fn new(
        db: &'a Connection,
        outbox: &'a Outbox,
        me: UserId,
        sorts: &'a Sorts,
    ) -> Self {
        Self {
            db,
            outbox,
            me,
            sorts,
            docs: Vec::new(),
        }
    }
}
