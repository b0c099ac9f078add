//! Search over messages, conversations and customers. With words in it a search finds messages,
//! the newest first; with operators alone it finds conversations, the latest activity first.

mod chosen;
mod cursor;
mod names;
mod snippet;
mod through;
mod words;

pub use chosen::chosen;
pub use cursor::FindCursor;
pub use snippet::Snippet;

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::Reach;
use crate::queries::messages::MessageView;
use crate::queries::{conversations, customers};
use cursor::Place;
use frontdesk_domain::search::{Search, Sign, Wish};
use frontdesk_domain::{Actor, Conversation, ConversationId, Customer, CustomerId};
use std::collections::HashMap;

/// The most hits of a page.
pub const LONGEST_PAGE: usize = 50;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub conversation: Conversation,
    pub customer: Option<Customer>,
    /// The message with the words, when words were looked for.
    pub message: Option<MessageView>,
    /// The part of the message around the first of the words.
    pub snippet: Option<Snippet>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    pub hits: Vec<Hit>,
    /// Where to go on. A page may be short and still have a next one: a search looks at so many
    /// messages at a time and no more.
    pub next: Option<FindCursor>,
}

/// A page of what a search finds of what somebody may see.
///
/// # Errors
/// When the database does not answer.
pub fn find(
    conn: &mut dyn Conn,
    actor: &Actor,
    search: &Search,
    at: Option<FindCursor>,
    limit: usize,
) -> Result<Findings, DbError> {
    if search.conditions.is_empty() {
        return Ok(Findings::default());
    }
    let reach = Reach::of(actor);
    let limit = limit.clamp(1, LONGEST_PAGE);
    let names = names::resolve(conn, actor, search)?;
    let question = through::Question {
        reach: &reach,
        search,
        names: &names,
    };
    if search.has_text() {
        let place = match at {
            Some(FindCursor(Place::Message { below, last })) => Some((below, last)),
            Some(FindCursor(Place::Conversation(_))) | None => None,
        };
        return words::find(conn, &question, place, limit);
    }
    let from = match at {
        Some(FindCursor(Place::Conversation(key))) => Some(key),
        Some(FindCursor(Place::Message { .. })) | None => None,
    };
    through::find(conn, &question, from, limit)
}

/// The customers that the words of a search name, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn customers(
    conn: &mut dyn Conn,
    actor: &Actor,
    search: &Search,
    limit: usize,
) -> Result<Vec<Customer>, DbError> {
    if actor.customer_id().is_some() {
        return Ok(Vec::new());
    }
    let texts = search.conditions.iter().filter_map(|it| match &it.wish {
        Wish::Text(text) if it.sign == Sign::With => Some(text.as_str()),
        _ => None,
    });
    let text = texts.collect::<Vec<_>>().join(" ");
    let limit = limit.clamp(1, LONGEST_PAGE);
    let ids = names::customers_named(conn, actor.account_id, &text, limit)?;
    let mut found = customers::by_ids(conn, actor.account_id, &ids)?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The conversations and customers that hits are about.
struct Around {
    conversations: HashMap<ConversationId, Conversation>,
    customers: HashMap<CustomerId, Customer>,
}

impl Around {
    fn of(conn: &mut dyn Conn, reach: &Reach, ids: &[ConversationId]) -> Result<Self, DbError> {
        let conversations = conversations::by_ids(conn, reach.account_id, ids)?;
        let people: Vec<CustomerId> = conversations.values().map(|it| it.customer_id).collect();
        Ok(Self {
            conversations,
            customers: customers::by_ids(conn, reach.account_id, &people)?,
        })
    }
}
