//! Splitting a conversation, linking it with others, and what stands beside it.

use crate::app::App;
use crate::http::handlers::tags::{Done, done};
use crate::http::{Agent, ApiError, Created, Id, Ids, Plain, Repeat, data, wire};
use crate::use_cases::forward::{self, Forward};
use crate::use_cases::{related, split};
use axum::Json;
use axum::extract::State;
use frontdesk_domain::decide::{Likeness, Linked};
use frontdesk_domain::{ConversationId, MessageId};
use frontdesk_protocol::entity::{AlikeCustomer, Conversation, Data, LinkedConversation, Related};
use schemars::JsonSchema;
use serde::Deserialize;

/// The most messages that are split off at once.
const MOST: usize = 200;

/// What goes into a conversation of its own.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SplitBody {
    message_ids: Vec<MessageId>,
    /// The id the new conversation is to have, where the caller wants to know it before.
    #[serde(default)]
    id: Option<ConversationId>,
}

/// `POST /api/v1/conversations/{id}/split`.
pub(crate) async fn split(
    State(app): State<App>,
    agent: Agent,
    Id(from): Id<ConversationId>,
    Plain { value, repeat }: Plain<SplitBody>,
) -> Result<Created<Conversation>, ApiError> {
    if value.message_ids.len() > MOST {
        return Err(ApiError::invalid("message_ids", "are more than 200"));
    }
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let new = value.id.unwrap_or_else(ConversationId::random);
    let made = app
        .act(actor, intent, move |unit, actor| {
            split::split(unit, actor, from, &value.message_ids, new)
                .map(|held| wire::conversation(&held))
        })
        .await?;
    Ok(Created {
        location: format!("/api/conversations/{}", made.id),
        data: made,
    })
}

/// `GET /api/v1/conversations/{id}/related`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
) -> Result<Json<Data<Related>>, ApiError> {
    let actor = agent.actor();
    let beside = app
        .db
        .read(move |conn| related::look(conn, &actor, id))
        .await?;
    let link = |(conversation, customer): (_, String)| LinkedConversation {
        conversation: wire::conversation(&conversation),
        customer,
    };
    let person = |(customer, likeness): (_, Likeness)| AlikeCustomer {
        customer: wire::customer(&customer),
        reason: likeness.words().to_owned(),
    };
    Ok(data(Related {
        links: beside.links.into_iter().map(link).collect(),
        alike: beside.alike.into_iter().map(person).collect(),
    }))
}

/// To whom a conversation is shown.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ForwardBody {
    /// An address that is not the customer's.
    to: String,
    /// What stands above it.
    #[serde(default)]
    body: String,
    /// These messages; without them the whole conversation, but for what is internal.
    #[serde(default)]
    message_ids: Option<Vec<MessageId>>,
}

/// `POST /api/v1/conversations/{id}/forward`.
pub(crate) async fn forward(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, repeat }: Plain<ForwardBody>,
) -> Result<Created<Conversation>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let command = Forward {
        to: value.to,
        words: value.body,
        messages: value.message_ids,
    };
    let made = app
        .act(actor, intent, move |unit, actor| {
            forward::forward(unit, actor, id, &command).map(|held| wire::conversation(&held))
        })
        .await?;
    Ok(Created {
        location: format!("/api/conversations/{}", made.id),
        data: made,
    })
}

/// The other conversation.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LinkBody {
    to_id: ConversationId,
}

/// `POST /api/v1/conversations/{id}/links`.
pub(crate) async fn link(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConversationId>,
    Plain { value, repeat }: Plain<LinkBody>,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    app.act(actor, intent, move |unit, actor| {
        related::link(unit, actor, id, value.to_id, Linked::Yes)
    })
    .await?;
    Ok(done())
}

/// `DELETE /api/v1/conversations/{id}/links/{to_id}`.
pub(crate) async fn unlink(
    State(app): State<App>,
    agent: Agent,
    Ids(id, to_id): Ids<ConversationId, ConversationId>,
    repeat: Repeat,
) -> Result<Json<Data<Done>>, ApiError> {
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    app.act(actor, intent, move |unit, actor| {
        related::link(unit, actor, id, to_id, Linked::No)
    })
    .await?;
    Ok(done())
}
