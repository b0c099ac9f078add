//! Pages of conversations, the latest activity first, the same effort however many there are.

mod cursor;
mod expand;
mod latest;
mod plan;
mod walk;

pub use cursor::{BadCursor, Cursor};
pub use expand::{ConversationView, MESSAGES_SHOWN, MentionView, expand};
pub use latest::latest_of;
pub use plan::{Plan, Purpose, plans};
pub(crate) use walk::{ALL, Composed, Seed, seeded};

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{ConversationFilter, Reach};
pub(crate) use cursor::Direction;
use frontdesk_domain::{Actor, Conversation, ConversationId};
use walk::Found;

/// The most conversations on a page.
pub const LONGEST_PAGE: usize = 50;

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// At most [`LONGEST_PAGE`].
    pub limit: usize,
    /// Where it begins; at the top without one.
    pub at: Option<Cursor>,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            limit: LONGEST_PAGE,
            at: None,
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub conversations: Vec<Conversation>,
    /// Where older ones are, if there are any.
    pub next: Option<Cursor>,
    /// Where newer ones are, if this is not the first page.
    pub previous: Option<Cursor>,
}

/// A page of the conversations somebody may see.
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    actor: &Actor,
    filter: &ConversationFilter,
    request: PageRequest,
) -> Result<Page, DbError> {
    let reach = Reach::of(actor);
    let limit = request.limit.clamp(1, LONGEST_PAGE);
    let mut found = walk::walk(conn, &reach, filter, request.at, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let backwards = request
        .at
        .is_some_and(|cursor| cursor.direction == Direction::Previous);
    if backwards {
        found.reverse();
    }
    let (newer, older) = match request.at {
        None => (false, more),
        Some(_) if backwards => (more, true),
        Some(_) => (true, more),
    };
    let start = request.at.map(|cursor| cursor.key);
    let end = |found: Option<&Found>, direction| {
        found
            .map(Found::key)
            .or(start)
            .map(|key| Cursor { direction, key })
    };
    Ok(Page {
        next: end(found.last(), Direction::Next).filter(|_| older),
        previous: end(found.first(), Direction::Previous).filter(|_| newer),
        conversations: found.into_iter().map(|found| found.conversation).collect(),
    })
}

/// The ids of the next conversations somebody may see, for work on all of a list: the latest
/// activity first, and the place to go on from.
///
/// # Errors
/// When the database does not answer.
pub fn ids(
    conn: &mut dyn Conn,
    actor: &Actor,
    filter: &ConversationFilter,
    after: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<ConversationId>, Option<Cursor>), DbError> {
    let found = walk::walk(conn, &Reach::of(actor), filter, after, limit)?;
    let full = found.len() == limit;
    let next = found.last().filter(|_| full).map(|last| Cursor {
        direction: Direction::Next,
        key: last.key(),
    });
    let ids = found.iter().map(|found| found.conversation.id).collect();
    Ok((ids, next))
}
