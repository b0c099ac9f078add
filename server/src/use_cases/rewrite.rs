//! An agent corrects a message.

use crate::failure::Outcome;
use crate::use_cases::{amend, load};
use frontdesk_db::queries::messages::{self, MessageView};
use frontdesk_db::{Unit, queries};
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{Actor, EventDraft, EventKind, MessageId, Refusal, text};

/// What to change. What is not named stays.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    pub(crate) body: Option<String>,
    pub(crate) metadata: Option<Json>,
}

/// Changes a message. What a customer wrote stays as it was written.
pub(crate) fn rewrite(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: MessageId,
    changes: Changes,
) -> Outcome<MessageView> {
    policy::allows(actor, Permission::WorkConversations)?;
    let found = messages::by_id(unit.conn(), actor.account_id, id)?;
    let mut message = found.ok_or(Refusal::NotFound)?.message;
    let held = load::conversation(unit.conn(), actor, message.conversation_id)?;
    let before = message.body.clone();
    if let Some(body) = changes.body {
        if message.customer_id().is_some() {
            return Err(Refusal::Conflict("What a customer wrote cannot be changed.").into());
        }
        let cleaned = text::clean_body(&body);
        (message.body, message.original) = (Some(cleaned.text), cleaned.original);
    }
    let says_else = message.body != before;
    if changes.metadata.is_some() {
        message.metadata = changes.metadata;
    }
    message.updated_at = unit.now();
    messages::update(unit, &message)?;
    if says_else {
        amend::rewritten(unit, &message)?;
    }
    let draft = EventDraft::within(EventKind::MessageUpdated, held.id, id.0);
    queries::events::emit(unit, actor.account_id, actor.user_id(), draft)?;
    let found = messages::by_id(unit.conn(), actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}
