//! A conversation begins.

use crate::failure::{Failure, Outcome};
use crate::use_cases::{load, visitors};
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide::{self, FirstMessage, NewStatus};
use frontdesk_domain::json::Json;
use frontdesk_domain::{Actor, Conversation, ConversationId, CustomerId, InboxId, Refusal, Source};

/// What a new conversation begins with, by ids.
#[derive(Debug, Clone)]
pub(crate) struct NewConversation {
    pub(crate) customer_id: CustomerId,
    pub(crate) inbox_id: Option<InboxId>,
    pub(crate) source: Source,
    pub(crate) subject: Option<String>,
    pub(crate) status: Option<NewStatus>,
    pub(crate) metadata: Option<Json>,
    pub(crate) first: Option<FirstMessage>,
}

/// Starts a conversation and says what it became.
pub(crate) fn start(
    unit: &mut Unit<'_>,
    actor: &Actor,
    new: NewConversation,
) -> Outcome<Conversation> {
    let now = unit.now();
    let customer = load::standing_customer(unit.conn(), actor, new.customer_id)
        .map_err(|failure| failure.refused_as(Refusal::missing("customer_id")))?;
    let inbox = load::inbox(unit.conn(), actor, new.inbox_id)?;
    if !visitors::may_enter(actor, inbox.as_ref(), &customer) {
        return Err(Failure::Unsigned);
    }
    let id = ConversationId::random();
    let command = decide::Start {
        id,
        customer: &customer,
        inbox: inbox.as_ref(),
        source: new.source,
        subject: new.subject,
        status: new.status,
        metadata: new.metadata,
        first: new.first,
    };
    let decision = decide::start(actor, command, now)?;
    write::apply(unit, actor, decision)?;
    let found = queries::conversations::by_id(unit.conn(), actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}
