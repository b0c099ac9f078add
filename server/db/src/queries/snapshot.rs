//! All of a desk for a client that has nothing yet: first the small shared things and the event
//! number to go on from, then pages of conversations. The open ones come first, newest activity
//! first; then all others by their number, which nothing changes.
//!
//! A client that keeps no more than what was closed lately says since when; those in which its agent
//! is mentioned come all the same.
//!
//! A conversation that changes meanwhile may come twice, or only with the events since the
//! start; it is never missing from both.

mod cursor;

use cursor::Phase;
pub use cursor::SnapshotCursor;

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{Clause, ConversationFilter, Reach};
use crate::queries::list::{self, ConversationView, PageRequest};
use crate::queries::{accounts, canned_responses, conversations, inboxes, tags, teams, users};
use crate::sql::Sql;
use frontdesk_domain::account::{Account, Inbox, Team, User};
use frontdesk_domain::canned::CannedResponse;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{Actor, Conversation, EventSeq, Status, Timestamp};

/// Clocks are set back by less than this.
const CLOCK_SLACK_SECONDS: i64 = 3_600;

/// What a snapshot begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Events after this number tell all that the snapshot may have missed.
    pub seq: EventSeq,
    pub account: Account,
    pub users: Vec<User>,
    pub teams: Vec<Team>,
    pub inboxes: Vec<Inbox>,
    pub tags: Vec<Tag>,
    pub canned_responses: Vec<CannedResponse>,
    /// Where the conversations begin.
    pub at: SnapshotCursor,
}

/// Some of the conversations, with the people, messages and tags that belong to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotPage {
    pub conversations: Vec<ConversationView>,
    /// Where to go on; the snapshot is complete without one.
    pub next: Option<SnapshotCursor>,
}

/// Begins a snapshot at this time.
///
/// # Errors
/// When there is no such account.
pub fn start(conn: &mut dyn Conn, actor: &Actor, now: Timestamp) -> Result<Start, DbError> {
    let id = actor.account_id;
    let (seq, _) = accounts::seqs(conn, id)?;
    Ok(Start {
        seq,
        account: accounts::by_id(conn, id)?.ok_or(DbError::Dangling)?,
        users: users::of_account(conn, id)?,
        teams: teams::of_account(conn, id)?,
        inboxes: inboxes::of_account(conn, id)?,
        tags: tags::of_account(conn, id)?,
        canned_responses: canned_responses::of_account(conn, id)?,
        at: SnapshotCursor {
            began: now,
            phase: Phase::Open(None),
        },
    })
}

/// A page of a snapshot: never more than [`list::LONGEST_PAGE`] conversations, nor more messages
/// of each than [`list::MESSAGES_SHOWN`].
///
/// # Errors
/// When the database does not answer.
pub fn page(
    conn: &mut dyn Conn,
    actor: &Actor,
    at: SnapshotCursor,
    closed_since: Option<Timestamp>,
) -> Result<SnapshotPage, DbError> {
    let (found, phase) = match at.phase {
        Phase::Open(at) => open(conn, actor, at)?,
        Phase::Rest { below } => {
            let (sql, clause) = rest_of(conn, actor, at.began, closed_since, below);
            rest(conn, &sql, &clause)?
        }
    };
    Ok(SnapshotPage {
        conversations: list::expand(conn, actor.account_id, found)?,
        next: phase.map(|phase| SnapshotCursor { phase, ..at }),
    })
}

type Found = (Vec<Conversation>, Option<Phase>);

fn open(conn: &mut dyn Conn, actor: &Actor, at: Option<list::Cursor>) -> Result<Found, DbError> {
    let filter = ConversationFilter {
        status: Some(Status::Open),
        ..ConversationFilter::default()
    };
    let request = PageRequest {
        at,
        ..PageRequest::default()
    };
    let page = list::page(conn, actor, &filter, request)?;
    let phase = match page.next {
        Some(next) => Phase::Open(Some(next)),
        None => Phase::Rest { below: i64::MAX },
    };
    Ok((page.conversations, Some(phase)))
}

fn rest(conn: &mut dyn Conn, sql: &Sql, clause: &Clause) -> Result<Found, DbError> {
    let found = conn.all_values(sql, &clause.values(), conversations::read)?;
    let last = found.last().map(|last| last.number);
    let phase = last
        .filter(|_| found.len() == list::LONGEST_PAGE)
        .map(|below| Phase::Rest { below });
    Ok((found, phase))
}

/// All but those that stayed open and unchanged since the beginning, which came first, and those that
/// were closed too long ago.
fn rest_of(
    conn: &dyn Conn,
    actor: &Actor,
    began: Timestamp,
    closed_since: Option<Timestamp>,
    below: i64,
) -> (Sql, Clause) {
    let mut clause = Clause::new(conn.dialect());
    clause.listed(&Reach::of(actor));
    clause.compare("c.number <", &below);
    let began = clause.bind(&began.plus_seconds(-CLOCK_SLACK_SECONDS));
    clause.and(format!("(c.status <> 'open' OR c.updated_at >= {began})"));
    if let Some(since) = closed_since {
        let since = clause.bind(&since);
        let lately = format!("c.closed_at IS NULL OR c.closed_at >= {since}");
        let mentioned = actor.user_id().map(|user_id| {
            let user_id = clause.bind(&user_id);
            format!(
                " OR EXISTS (SELECT 1 FROM mentions m
                    WHERE m.conversation_id = c.id AND m.user_id = {user_id})"
            )
        });
        clause.and(format!("({lately}{})", mentioned.unwrap_or_default()));
    }
    let text = format!(
        "SELECT {} FROM conversations c WHERE {} ORDER BY c.number DESC LIMIT {}",
        conversations::COLUMNS,
        clause.text(),
        list::LONGEST_PAGE
    );
    (Sql::composed("SNAPSHOT_REST", text), clause)
}
