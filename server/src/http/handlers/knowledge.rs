//! `/api/v1/knowledge`: what replies may rest on.

use crate::app::App;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Query, Wrapped, data, wire};
use crate::use_cases::knowledge::{self as cases, EntryFields};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::knowledge;
use frontdesk_domain::{Audience, KnowledgeId, KnowledgeState};
use frontdesk_protocol::entity::{Data, KnowledgeEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which entries to list.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct KnowledgeQuery {
    /// `active` when it is left out.
    state: Option<String>,
    /// The `next` of the page before; without it, the oldest.
    after: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

/// A page of entries.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct KnowledgePage {
    data: Vec<KnowledgeEntry>,
    /// From where the next page goes on; null on the last one.
    next: Option<String>,
}

const LONGEST: i64 = 100;

/// `GET` of all in a state.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<KnowledgeQuery>,
) -> Result<Json<KnowledgePage>, ApiError> {
    let state = given("state", query.state.as_ref())?.unwrap_or(KnowledgeState::Active);
    let after: Option<KnowledgeId> = given("after", query.after.as_ref())?;
    let limit: Option<i64> = given("limit", query.limit.as_ref())?;
    let limit = limit.unwrap_or(LONGEST).clamp(1, LONGEST);
    let account_id = agent.account_id();
    let mut found = app
        .db
        .read(move |conn| knowledge::page(conn, account_id, state, after, limit + 1))
        .await?;
    let fit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > fit;
    found.truncate(fit);
    let next = found.last().filter(|_| more).map(|it| it.id.to_string());
    Ok(Json(KnowledgePage {
        data: found.iter().map(wire::knowledge_entry).collect(),
        next,
    }))
}

/// What is said about an entry. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct KnowledgeBody {
    #[serde(default)]
    title: Option<String>,
    /// Markdown or plain text.
    #[serde(default)]
    body: Option<String>,
    /// `public` when it is left out of a new one.
    #[serde(default)]
    audience: Option<Audience>,
}

impl Wrapped for KnowledgeBody {
    const KEY: &'static str = "knowledge";
}

impl From<KnowledgeBody> for EntryFields {
    fn from(body: KnowledgeBody) -> Self {
        Self {
            title: body.title,
            body: body.body,
            audience: body.audience,
        }
    }
}

/// `POST`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<KnowledgeBody>,
) -> Result<Created<KnowledgeEntry>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            cases::add(unit, actor, &value.into()).map(|it| wire::knowledge_entry(&it))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/knowledge/{}", made.id),
        data: made,
    })
}

/// `GET` of one.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeId>,
) -> Result<Json<Data<KnowledgeEntry>>, ApiError> {
    let actor = agent.actor();
    let entry = app
        .db
        .read(move |conn| cases::load(conn, &actor, id))
        .await?;
    Ok(data(wire::knowledge_entry(&entry)))
}

/// `PUT`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeId>,
    Input { value, repeat }: Input<KnowledgeBody>,
) -> Result<Json<Data<KnowledgeEntry>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let entry = app
        .act(actor, intent, move |unit, actor| {
            cases::change(unit, actor, id, &value.into()).map(|it| wire::knowledge_entry(&it))
        })
        .await?;
    Ok(data(entry))
}

/// `DELETE`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<KnowledgeId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            cases::remove(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
