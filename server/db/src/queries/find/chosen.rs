//! All conversations of a search, for work on all of them: in large pages, by their ids alone.

use super::cursor::{FindCursor, Place};
use super::names;
use super::through::{Question, Rows};
use super::words;
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{Clause, Reach};
use crate::queries::list::Cursor;
use crate::sql::Sql;
use frontdesk_domain::search::Search;
use frontdesk_domain::{Actor, ConversationId, Timestamp};

/// How many rows are looked at for one page, so that no reader is held up for long.
const PAGE: i64 = 4_000;

/// A page of the conversations that a search finds of what somebody may see, and where to go on.
/// Words count as finished, as nobody is still typing them. A conversation may come on several
/// pages, once for each part of it that has the words.
///
/// # Errors
/// When the database does not answer.
pub fn chosen(
    conn: &mut dyn Conn,
    actor: &Actor,
    search: &Search,
    at: Option<FindCursor>,
) -> Result<(Vec<ConversationId>, Option<FindCursor>), DbError> {
    if search.conditions.is_empty() {
        return Ok((Vec::new(), None));
    }
    let reach = Reach::of(actor);
    let names = names::resolve(conn, actor, search)?;
    let question = Question {
        reach: &reach,
        search,
        names: &names,
    };
    match at {
        Some(FindCursor(Place::Message { below, .. })) => {
            words::chosen(conn, &question, below, PAGE)
        }
        None if search.has_text() => words::chosen(conn, &question, i64::MAX, PAGE),
        Some(FindCursor(Place::Conversation(at))) => through(conn, &question, Some(at)),
        None => through(conn, &question, None),
    }
}

fn through(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    at: Option<Cursor>,
) -> Result<(Vec<ConversationId>, Option<FindCursor>), DbError> {
    let mut clause = Clause::new(conn.dialect());
    if let Some(customers) = question.only_customers() {
        let customers = clause.list(customers);
        clause.and(format!("c.customer_id IN ({customers})"));
    }
    question.ask(&mut clause, Rows::Conversations);
    if let Some(at) = at {
        clause.beyond(at);
    }
    let limit = clause.bind(&PAGE);
    let text = format!(
        "SELECT c.id, c.sorted_at, c.n FROM conversations c WHERE {} ORDER BY c.sorted_at DESC, c.n DESC LIMIT {limit}",
        clause.text(),
    );
    let sql = Sql::composed("CHOOSE_CONVERSATIONS", text);
    let found = conn.all_values(&sql, &clause.values(), |row| {
        let id = row.get::<ConversationId>()?;
        Ok((id, row.get::<Timestamp>()?, row.get::<i64>()?))
    })?;
    let full = i64::try_from(found.len()).unwrap_or(i64::MAX) == PAGE;
    let next = found
        .last()
        .filter(|_| full)
        .map(|(_, at, n)| FindCursor(Place::Conversation(Cursor::after(*at, *n))));
    Ok((found.into_iter().map(|(id, ..)| id).collect(), next))
}
