//! `POST /api/conversations`: by a visitor with the message beside the conversation, by an agent
//! with it inside.

use crate::app::App;
use crate::http::{ApiError, Created, MaybeAgent, Plain, wire};
use crate::use_cases::start::{NewConversation, start as begin};
use crate::use_cases::{outbound, uploads};
use axum::extract::State;
use frontdesk_db::{DbError, queries};
use frontdesk_domain::decide::{FirstMessage, NewStatus, SnoozeFor, Written};
use frontdesk_domain::{Actor, CustomerId, FileId, InboxId, MessageId, Source, Status, Timestamp};
use frontdesk_protocol::entity::{Conversation, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// A conversation to start, and the message of a visitor.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct StartBody {
    conversation: NewFields,
    #[serde(default)]
    message: Option<FirstFields>,
}

/// The fields of a new conversation. An account that is named is not looked at: it is that of
/// the customer, or of whoever signed in.
#[derive(Debug, Deserialize, JsonSchema)]
struct NewFields {
    customer_id: Option<CustomerId>,
    #[serde(default)]
    inbox_id: Option<InboxId>,
    #[serde(default)]
    source: Option<Source>,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    metadata: Option<Raw>,
    #[serde(default)]
    message: Option<FirstFields>,
}

/// The fields of a first message.
#[derive(Debug, Deserialize, JsonSchema)]
struct FirstFields {
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    sent_at: Option<String>,
    #[serde(default)]
    file_ids: Option<Vec<FileId>>,
    #[serde(default)]
    metadata: Option<Raw>,
}

impl FirstFields {
    fn written(self) -> Written {
        Written {
            id: MessageId::random(),
            body: self.body,
            source: None,
            attachments: self.file_ids.unwrap_or_default(),
            mentions: Vec::new(),
            metadata: self.metadata.as_ref().and_then(wire::json),
            sent_at: self.sent_at.as_deref().and_then(Timestamp::parse),
        }
    }
}

/// Starts a conversation.
pub(crate) async fn start(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    Plain { value, repeat }: Plain<StartBody>,
) -> Result<Created<Conversation>, ApiError> {
    let StartBody {
        conversation: fields,
        message,
    } = value;
    let customer_id = fields
        .customer_id
        .ok_or(ApiError::invalid("customer_id", "can't be blank"))?;
    let mut files = Vec::new();
    let (actor, first) = match agent {
        Some(agent) => {
            let first = fields.message.or(message).map(FirstFields::written);
            if let Some(first) = &first {
                files.clone_from(&first.attachments);
            }
            (agent.actor(), first.map(FirstMessage::ByAgent))
        }
        None => {
            let first = message
                .map(FirstFields::written)
                .map(FirstMessage::ByCustomer);
            (visitor(&app, customer_id).await?, first)
        }
    };
    let new = NewConversation {
        customer_id,
        inbox_id: fields.inbox_id,
        source: fields.source.unwrap_or(Source::Chat),
        subject: fields.subject,
        status: fields.status.map(|status| match status {
            Status::Open => NewStatus::Open,
            Status::Closed => NewStatus::Closed,
            Status::Spam => NewStatus::Spam,
            Status::Snoozed => NewStatus::Snoozed(SnoozeFor::UntilReply),
        }),
        metadata: fields.metadata.as_ref().and_then(wire::json),
        first,
    };
    let intent = repeat.intent(&actor);
    let made = app
        .act(actor, intent, move |unit, actor| {
            let made = match actor.user_id() {
                Some(_) => {
                    uploads::to_send(unit.conn(), actor, Some(files))?;
                    outbound::begin(unit, actor, new)
                }
                None => begin(unit, actor, new),
            };
            made.map(|held| wire::conversation(&held))
        })
        .await?;
    Ok(Created {
        location: format!("/api/conversations/{}", made.id),
        data: made,
    })
}

/// Whoever knows a customer's id speaks for that customer, in that customer's account.
async fn visitor(app: &App, customer_id: CustomerId) -> Result<Actor, ApiError> {
    let found: Result<_, DbError> = app
        .db
        .read(move |conn| queries::customers::anywhere(conn, customer_id))
        .await;
    let customer = found?.ok_or(ApiError::invalid("customer_id", "does not exist"))?;
    app.limits.widget(customer.account_id, app.db.now())?;
    Ok(Actor::customer(customer.account_id, customer.id))
}
