//! Finds conversations by the numbers people say aloud.

use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::Agent;
use frontdesk_protocol::entity::{ConversationFull, CursorPage, Data, User};
use frontdesk_protocol::id::{ConversationId, UserId};
use frontdesk_ui::thread::name_of;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The most a server gives at once.
pub(super) const PAGE: usize = 50;
/// How many pages are searched for a number that was never met here.
const MOST_PAGES: usize = 40;

/// A list of conversations as they came, and where the next page begins.
pub(super) type Listed = CursorPage<Box<RawValue>>;

/// The conversation that somebody named by its number, with or without #, or by its id.
pub(super) async fn conversation(agent: &mut Agent, named: &str) -> Result<ConversationId, Error> {
    if let Ok(id) = named.parse() {
        return Ok(id);
    }
    let Ok(number) = named.trim_start_matches('#').parse::<i64>() else {
        return Err(Error::Usage(format!(
            "{named:?} is neither a number nor an id"
        )));
    };
    if let Some(id) = agent.store.by_number(agent.sign_in.id, number)? {
        return Ok(id);
    }
    let mut after = None;
    for _ in 0..MOST_PAGES {
        let page = page(agent, &[], after.take(), PAGE).await?;
        let found = remember(agent, &page.data)?
            .into_iter()
            .find(|it| it.number == number);
        if let Some(found) = found {
            return Ok(found.id);
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Err(Error::NoSuchConversation(named.to_owned()))
}

/// A page of the list.
pub(super) async fn page(
    agent: &mut Agent,
    filters: &[(&'static str, String)],
    after: Option<String>,
    limit: usize,
) -> Result<Listed, Error> {
    let mut query = filters.to_vec();
    query.push(("limit", limit.min(PAGE).to_string()));
    query.extend(after.map(|cursor| ("after", cursor)));
    Ok(agent.api.get("/api/v1/conversations", &query).await?)
}

/// Reads conversations and remembers their numbers.
pub(super) fn remember(
    agent: &mut Agent,
    listed: &[Box<RawValue>],
) -> Result<Vec<ConversationFull>, Error> {
    let read: Result<Vec<ConversationFull>, _> = listed
        .iter()
        .map(|json| serde_json::from_str(json.get()))
        .collect();
    let read = read.map_err(ApiError::Unreadable)?;
    let numbers: Vec<_> = read.iter().map(|it| (it.id, it.number)).collect();
    agent.store.remember_numbers(agent.sign_in.id, &numbers)?;
    Ok(read)
}

/// What the agents of the account are called, as far as this one may know.
pub(super) async fn names(agent: &mut Agent) -> Result<HashMap<UserId, String>, Error> {
    let users: Result<Data<Vec<User>>, _> = agent.api.get("/api/v1/users", &[]).await;
    let users = match users {
        // A list with numbers for names is better than none.
        Err(ApiError::Refused(_) | ApiError::NotFound) => Vec::new(),
        users => users?.data,
    };
    Ok(users.iter().map(|user| (user.id, name_of(user))).collect())
}

/// The name of an assignee; the number of one who has left.
pub(super) fn name_in(names: &HashMap<UserId, String>, user: UserId) -> String {
    names
        .get(&user)
        .cloned()
        .unwrap_or_else(|| format!("user {user}"))
}
