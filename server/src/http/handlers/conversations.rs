//! Conversations, for agents.

mod filter;
mod start;
mod update;

pub(crate) use filter::ListQuery;
pub(crate) use start::{StartBody, start};
pub(crate) use update::{UpdateBody, update};

use crate::app::App;
use crate::failure::Failure;
use crate::http::wire::{self, Links};
use crate::http::{Agent, ApiError, Gone, Id, Query, data};
use crate::use_cases;
use axum::Json;
use axum::extract::State;
use frontdesk_db::Conn;
use frontdesk_db::queries::list::{self, ConversationView};
use frontdesk_db::queries::{self, counts};
use frontdesk_domain::{Conversation, ConversationId, EventSeq, Refusal};
use frontdesk_protocol::entity::{self, ConversationFull, CursorPage, Data};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many fit on a page.
const PAGE: i64 = 50;

/// `GET /api/conversations`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<ListQuery>,
) -> Result<Json<CursorPage<ConversationFull>>, ApiError> {
    let filter = query.filter(&agent)?;
    let request = query.page()?;
    let limit = i64::try_from(request.limit).unwrap_or(PAGE);
    let actor = agent.actor();
    let (page, views, total) = app
        .db
        .read(move |conn| {
            let mut page = list::page(conn, &actor, &filter, request)?;
            let held = std::mem::take(&mut page.conversations);
            let views = list::expand(conn, actor.account_id, held)?;
            let total = counts::total(conn, &actor, &filter)?;
            Ok::<_, Failure>((page, views, total))
        })
        .await?;
    Ok(Json(CursorPage {
        data: views.iter().map(|view| full(view, &app.links)).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        previous: page.previous.map(|cursor| cursor.to_string()),
        limit,
        total,
    }))
}

/// A conversation with all that belongs to it.
pub(crate) fn full(view: &ConversationView, links: &Links) -> ConversationFull {
    wire::conversation(&view.conversation).with(
        view.customer.as_ref().map(wire::customer),
        view.messages
            .iter()
            .map(|message| wire::message(message, links))
            .collect(),
        view.tags.iter().map(wire::tag).collect(),
        view.mentions.iter().map(wire::mention).collect(),
    )
}

/// A number of things.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Count {
    pub(crate) count: i64,
}

/// `GET /api/conversations/count`.
pub(crate) async fn count(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<ListQuery>,
) -> Result<Json<Data<Count>>, ApiError> {
    let (filter, actor) = (query.filter(&agent)?, agent.actor());
    let count = app
        .db
        .read(move |conn| Ok::<_, Failure>(counts::total(conn, &actor, &filter)?))
        .await?;
    Ok(data(Count { count }))
}

/// How many unread conversations there are, by kind and by inbox. The numbers also stand flat
/// beside the two groups, for older clients.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UnreadCounts {
    conversations: BTreeMap<&'static str, i64>,
    inboxes: BTreeMap<String, i64>,
    #[serde(flatten)]
    flat: BTreeMap<&'static str, i64>,
}

/// `GET /api/conversations/unread`.
pub(crate) async fn unread(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<UnreadCounts>>, ApiError> {
    let actor = agent.actor();
    let unread = app
        .db
        .read(move |conn| Ok::<_, Failure>(counts::unread(conn, &actor)?))
        .await?;
    let conversations = BTreeMap::from([
        ("open", unread.open),
        ("assigned", unread.assigned),
        ("priority", unread.priority),
        ("unread", unread.unread),
        ("unassigned", unread.unassigned),
        ("closed", unread.closed),
        ("mentioned", unread.mentioned),
    ]);
    let inboxes = unread
        .inboxes
        .iter()
        .map(|(id, count)| (id.to_string(), *count))
        .collect();
    Ok(data(UnreadCounts {
        flat: conversations.clone(),
        conversations,
        inboxes,
    }))
}

/// `GET /api/conversations/{id}`: all messages, oldest first, private ones too.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<ConversationFull>>, ApiError> {
    let actor = agent.actor();
    let view = app
        .db
        .read(move |conn| {
            let held = use_cases::load::conversation(conn, &actor, id)?;
            whole(conn, held)
        })
        .await?;
    Ok(data(full(&view, &app.links)))
}

/// A conversation with its whole thread.
pub(crate) fn whole(conn: &mut dyn Conn, held: Conversation) -> Result<ConversationView, Failure> {
    let (id, account_id) = (held.id, held.account_id);
    let mut view = list::expand(conn, account_id, vec![held])?
        .pop()
        .ok_or(Refusal::NotFound)?;
    view.messages = queries::messages::thread(conn, id, EventSeq(0), i64::MAX)?;
    Ok(view)
}

/// `DELETE /api/conversations/{id}`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            use_cases::delete::conversation(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}

/// `POST /api/conversations/{id}/archive`.
pub(crate) async fn archive(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<entity::Conversation>>, ApiError> {
    let held = app
        .db
        .write(agent.account_id(), {
            let actor = agent.actor();
            move |unit| use_cases::archive::archive(unit, &actor, id)
        })
        .await?;
    Ok(data(wire::conversation(&held)))
}

/// The conversation before this one, with the same customer.
pub(crate) async fn previous(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<Option<ConversationFull>>>, ApiError> {
    let mut others = related_to(&app, &agent, id, 1).await?;
    let view = others.pop();
    Ok(data(view.map(|view| full(&view, &app.links))))
}

/// How many related conversations are wanted.
#[derive(Debug, serde::Deserialize, JsonSchema)]
pub(crate) struct RelatedQuery {
    limit: Option<String>,
}

/// `GET /api/conversations/{id}/related`: other conversations of the customer, with one message
/// each.
pub(crate) async fn related(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Query(query): Query<RelatedQuery>,
) -> Result<Json<Data<Vec<ConversationFull>>>, ApiError> {
    let limit = match query.limit {
        None => 3,
        Some(text) => text
            .parse::<usize>()
            .map_err(|_| ApiError::BadRequest)?
            .clamp(1, 50),
    };
    let others = related_to(&app, &agent, id, limit).await?;
    let shown = others.iter().map(|view| {
        let mut shown = full(view, &app.links);
        shown
            .messages
            .drain(..shown.messages.len().saturating_sub(1));
        shown
    });
    Ok(data(shown.collect()))
}

async fn related_to(
    app: &App,
    agent: &Agent,
    id: ConversationId,
    limit: usize,
) -> Result<Vec<ConversationView>, ApiError> {
    let actor = agent.actor();
    let views = app
        .db
        .read(move |conn| {
            let held = use_cases::load::conversation(conn, &actor, id)?;
            let mut others =
                queries::conversations::of_customer(conn, actor.account_id, held.customer_id, 200)?;
            others.retain(|it| it.id != id && actor.sees(it));
            others.truncate(limit);
            Ok::<_, Failure>(list::expand(conn, actor.account_id, others)?)
        })
        .await?;
    Ok(views)
}
