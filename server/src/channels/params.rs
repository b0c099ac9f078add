//! The few fields that channels read from payloads themselves. Clients send odd things; what is
//! not there or not readable is simply not there.

use frontdesk_protocol::frame::Payload;
use frontdesk_protocol::id::{ConversationId, CustomerId, EventSeq};
use serde_json::Value;

/// What a `phx_join` may carry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct JoinParams {
    pub(super) customer: Option<CustomerId>,
    pub(super) cursor: Option<EventSeq>,
}

impl JoinParams {
    pub(super) fn read(payload: Payload<'_>) -> Self {
        let Some(object) = object(payload) else {
            return Self::default();
        };
        let customer = object
            .get("customer_id")
            .or_else(|| object.get("customerId"));
        Self {
            customer: customer
                .and_then(Value::as_str)
                .and_then(|text| text.parse().ok()),
            cursor: object.get("cursor").and_then(Value::as_i64).map(EventSeq),
        }
    }
}

/// The `typing` of a typing event.
pub(super) fn typing(payload: Payload<'_>) -> Option<bool> {
    object(payload)?.get("typing")?.as_bool()
}

/// The `conversation_id` of an agent's event.
pub(super) fn conversation(payload: Payload<'_>) -> Option<ConversationId> {
    object(payload)?
        .get("conversation_id")?
        .as_str()?
        .parse()
        .ok()
}

/// The `ts` of a replay event, as the client wrote it.
pub(super) fn stamp(payload: Payload<'_>) -> Option<String> {
    let stamp = object(payload)?.remove("ts")?;
    let is_plain = stamp.is_number() || stamp.as_str().is_some_and(|text| text.len() <= 64);
    is_plain.then(|| stamp.to_string())
}

/// The text of a payload that is an object.
pub(super) fn object_text(payload: Payload<'_>) -> Option<&str> {
    match payload {
        Payload::Json(text) if text.starts_with('{') => Some(text),
        Payload::Json(_) | Payload::Binary(_) => None,
    }
}

fn object(payload: Payload<'_>) -> Option<serde_json::Map<String, Value>> {
    object_text(payload)
        .filter(|text| text.len() > 2)
        .and_then(|text| serde_json::from_str(text).ok())
}
