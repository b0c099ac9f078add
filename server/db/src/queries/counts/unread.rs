//! The numbers beside the names of the lists: what has not been read.

use super::{cells, total};
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{ConversationFilter, Mentioning};
use frontdesk_domain::conversation::Cell;
use frontdesk_domain::{Actor, InboxId, Priority, Status};
use std::collections::BTreeMap;

/// How many conversations nobody has read, of those somebody may see. All are open but for
/// `closed`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unread {
    pub open: i64,
    /// Assigned to whoever asks.
    pub assigned: i64,
    pub priority: i64,
    pub unread: i64,
    pub unassigned: i64,
    pub closed: i64,
    /// In which whoever asks is named and has not seen it.
    pub mentioned: i64,
    /// Open ones by their inbox. Inboxes without any are not in it.
    pub inboxes: BTreeMap<InboxId, i64>,
}

/// Counts for one user, out of the kept counts.
///
/// # Errors
/// When the database does not answer.
pub fn unread(conn: &mut dyn Conn, actor: &Actor) -> Result<Unread, DbError> {
    let view = actor.view();
    let mut unread = Unread::default();
    for (cell, total) in cells(conn, actor.account_id)? {
        if !cell.read && view.shows(cell.inbox_id, cell.assignee_id) {
            unread.add(actor, &cell, total);
        }
    }
    if let Some(user_id) = actor.user_id() {
        let mentioned = ConversationFilter {
            status: Some(Status::Open),
            mention: Some(Mentioning {
                user_id,
                seen: Some(false),
            }),
            ..ConversationFilter::default()
        };
        unread.mentioned = total(conn, actor, &mentioned)?;
    }
    Ok(unread)
}

impl Unread {
    fn add(&mut self, actor: &Actor, cell: &Cell, total: i64) {
        match cell.status {
            Status::Closed => self.closed += total,
            Status::Snoozed | Status::Spam => {}
            Status::Open => {
                self.open += total;
                self.unread += total;
                if cell.priority == Priority::High {
                    self.priority += total;
                }
                if cell.assignee_id.is_none() {
                    self.unassigned += total;
                }
                if cell.assignee_id.is_some() && cell.assignee_id == actor.user_id() {
                    self.assigned += total;
                }
                if let Some(inbox) = cell.inbox_id {
                    *self.inboxes.entry(inbox).or_default() += total;
                }
            }
        }
    }
}
