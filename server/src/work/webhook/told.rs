//! Which events a webhook is told of. Pure.

use frontdesk_db::queries::events::{Content, Event};
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::webhook_calls::NewCall;
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{CallId, EventKind, WebhookEvent};
use serde::Deserialize;

/// The call that tells a webhook of an event, where it wants to know.
pub(in crate::work) fn call(subscription: &Subscription, event: &Event) -> Option<NewCall> {
    let name = name(event.kind)?;
    if !subscription.wants(name) {
        return None;
    }
    let message_id = match (&event.content, name) {
        (
            Content::Message {
                view: Some(view), ..
            },
            WebhookEvent::MessageCreated,
        ) => {
            if is_silent(view) {
                return None;
            }
            Some(view.message.id)
        }
        // It has gone since; there is nothing to tell.
        (_, WebhookEvent::MessageCreated) => return None,
        _ => None,
    };
    Some(NewCall {
        id: CallId::random(),
        subscription_id: subscription.id,
        event: name,
        conversation_id: event.conversation_id?,
        message_id,
    })
}

fn name(kind: EventKind) -> Option<WebhookEvent> {
    match kind {
        EventKind::MessageCreated => Some(WebhookEvent::MessageCreated),
        EventKind::ConversationCreated => Some(WebhookEvent::ConversationCreated),
        EventKind::ConversationUpdated => Some(WebhookEvent::ConversationUpdated),
        _ => None,
    }
}

/// What a message's metadata may say about webhooks.
#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    disable_webhook_events: serde_json::Value,
}

/// Whoever wrote the message, often a program that is told of messages itself, wants none of that.
fn is_silent(view: &MessageView) -> bool {
    let metadata = view.message.metadata.as_ref();
    let metadata = metadata.and_then(|json| serde_json::from_str::<Metadata>(&json.0).ok());
    metadata.is_some_and(|it| it.disable_webhook_events == serde_json::Value::Bool(true))
}
