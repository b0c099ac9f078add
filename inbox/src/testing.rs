//! Something to try things on.

use frontdesk_protocol::entity::Conversation;
use frontdesk_protocol::id::{AccountId, ConversationId, CustomerId};

/// An open conversation of nobody.
pub(crate) fn conversation() -> Conversation {
    let (id, account, customer) = (
        ConversationId::random(),
        AccountId::random(),
        CustomerId::random(),
    );
    serde_json::from_value(serde_json::json!({
        "object": "conversation", "id": id, "number": 1, "source": "email",
        "created_at": "2026-11-20T20:21:14", "updated_at": "2026-11-20T20:21:14",
        "status": "open", "snoozed_until_reply": false, "read": true, "priority": "not_priority",
        "account_id": account, "customer_id": customer, "last_message_seq": 1, "version": 1,
    }))
    .expect("these are all the fields that have to be there")
}
