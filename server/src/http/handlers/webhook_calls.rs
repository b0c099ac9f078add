//! The log of a webhook's calls.

use crate::app::App;
use crate::failure::Failure;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Id, Query, data};
use crate::use_cases::{nouns, subscriptions};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::webhook_calls::{self, Logged};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{
    CallId, CallState, ConversationId, MessageId, SubscriptionId, WebhookEvent,
};
use frontdesk_protocol::entity::Data;
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which calls to show.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CallQuery {
    /// Only calls in this state: `pending`, `delivered`, `failed` or `skipped`.
    state: Option<String>,
    /// The `next` of the page before; without it, the newest.
    after: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

/// A call and what came of its last try.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CallLine {
    /// The `webhook-id` that the receiver sees, the same over all tries.
    id: CallId,
    event: WebhookEvent,
    conversation_id: ConversationId,
    message_id: Option<MessageId>,
    state: CallState,
    attempts: i64,
    created_at: UtcStamp,
    tried_at: Option<UtcStamp>,
    /// The HTTP status of the answer; null when there was none.
    status: Option<i64>,
    took_ms: Option<i64>,
    /// The beginning of the answer.
    answer: Option<String>,
    error: Option<String>,
}

/// A page of the log.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CallPage {
    data: Vec<CallLine>,
    /// From where the next page goes on; null on the last one.
    next: Option<String>,
}

const LONGEST: i64 = 100;

/// `GET /api/v1/event_subscriptions/{id}/deliveries`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<SubscriptionId>,
    Query(query): Query<CallQuery>,
) -> Result<Json<CallPage>, ApiError> {
    let before: Option<i64> = given("after", query.after.as_ref())?;
    let state: Option<CallState> = given("state", query.state.as_ref())?;
    let limit: Option<i64> = given("limit", query.limit.as_ref())?;
    let limit = limit.unwrap_or(LONGEST).clamp(1, LONGEST);
    let actor = agent.actor();
    let mut found = app
        .db
        .read(move |conn| {
            nouns::load::<Subscription>(conn, &actor, id)?;
            let account_id = actor.account_id;
            let page = webhook_calls::page(conn, account_id, id, before, state, limit + 1)?;
            Ok::<_, Failure>(page)
        })
        .await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    let next = found.last().filter(|_| more).map(|last| last.n.to_string());
    let data = found.into_iter().map(line).collect();
    Ok(Json(CallPage { data, next }))
}

fn line(logged: Logged) -> CallLine {
    CallLine {
        id: logged.call.id,
        event: logged.call.event,
        conversation_id: logged.call.conversation_id,
        message_id: logged.call.message_id,
        state: logged.state,
        attempts: logged.call.attempts,
        created_at: UtcStamp(logged.created_at),
        tried_at: logged.tried_at.map(UtcStamp),
        status: logged.status,
        took_ms: logged.took_ms,
        answer: logged.answer,
        error: logged.error,
    }
}

/// `POST /api/v1/webhook_deliveries/{id}/replay`.
pub(crate) async fn replay(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CallId>,
) -> Result<Json<Data<CallLine>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .write(agent.account_id(), move |unit| {
            subscriptions::replay(unit, &actor, id)?;
            Ok::<_, Failure>(webhook_calls::by_id(unit.conn(), actor.account_id, id)?)
        })
        .await?;
    found.map(|it| data(line(it))).ok_or(ApiError::NotFound)
}
