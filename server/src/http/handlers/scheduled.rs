//! `/api/v1/scheduled_replies`: replies that go out by the clock.

use crate::app::App;
use crate::http::{Agent, ApiError, Created, Gone, Id, Input, Query, Wrapped, data, wire};
use crate::use_cases::scheduled::{self, ScheduledFields};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::{ConversationId, EventSeq, ScheduledReplyId, Timestamp};
use frontdesk_protocol::entity::{Data, ScheduledReply};
use schemars::JsonSchema;
use serde::Deserialize;

/// Which are listed.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ScheduledQuery {
    /// Those of this conversation alone.
    conversation_id: Option<ConversationId>,
}

/// What is said about a reply. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ScheduledBody {
    /// Said once: a reply stays in its conversation.
    #[serde(default)]
    conversation_id: Option<ConversationId>,
    #[serde(default)]
    body: Option<String>,
    /// When it goes out, such as `2026-11-28T09:00:00Z`.
    #[serde(default)]
    send_at: Option<String>,
    /// The newest event its writer knows. What was written since refuses it, now or when its time comes.
    #[serde(default)]
    seen_seq: Option<EventSeq>,
}

impl Wrapped for ScheduledBody {
    const KEY: &'static str = "scheduled_reply";
}

impl ScheduledBody {
    fn fields(self) -> Result<ScheduledFields, ApiError> {
        let send_at = match self.send_at.as_deref() {
            Some(text) => Some(Timestamp::parse(text).ok_or(ApiError::invalid(
                "send_at",
                "is no time such as 2026-11-28T09:00:00Z",
            ))?),
            None => None,
        };
        Ok(ScheduledFields {
            body: self.body,
            send_at,
            seen_seq: self.seen_seq,
        })
    }
}

/// `GET`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<ScheduledQuery>,
) -> Result<Json<Data<Vec<ScheduledReply>>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| scheduled::list(conn, &actor, query.conversation_id))
        .await?;
    Ok(data(found.iter().map(wire::scheduled_reply).collect()))
}

/// `POST`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<ScheduledBody>,
) -> Result<Created<ScheduledReply>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let id = value
        .conversation_id
        .ok_or(ApiError::invalid("conversation_id", "can't be blank"))?;
    let fields = value.fields()?;
    let made = app
        .act(actor, intent, move |unit, actor| {
            scheduled::add(unit, actor, id, &fields).map(|it| wire::scheduled_reply(&it))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/scheduled_replies/{}", made.id),
        data: made,
    })
}

/// `GET` of one.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ScheduledReplyId>,
) -> Result<Json<Data<ScheduledReply>>, ApiError> {
    let actor = agent.actor();
    let (found, _) = app
        .db
        .read(move |conn| scheduled::find(conn, &actor, id))
        .await?;
    Ok(data(wire::scheduled_reply(&found)))
}

/// `PUT`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ScheduledReplyId>,
    Input { value, repeat }: Input<ScheduledBody>,
) -> Result<Json<Data<ScheduledReply>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let fields = value.fields()?;
    let changed = app
        .act(actor, intent, move |unit, actor| {
            scheduled::change(unit, actor, id, &fields).map(|it| wire::scheduled_reply(&it))
        })
        .await?;
    Ok(data(changed))
}

/// `DELETE`.
pub(crate) async fn delete(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ScheduledReplyId>,
) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            scheduled::remove(unit, &actor, id)
        })
        .await?;
    Ok(Gone)
}
