//! A conversation begins.

use super::edit::NewStatus;
use super::written::Audience;
use super::{Written, edit, receive, reply, spam};
use crate::account::Inbox;
use crate::json::Json;
use crate::message::Sender;
use crate::policy::{self, Permission};
use crate::text;
use crate::{
    Actor, Change, Conversation, ConversationId, Customer, Decision, EventDraft, EventKind,
    Message, MessageKind, Refusal, Source, Timestamp, Who,
};

/// What a new conversation begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start<'a> {
    pub id: ConversationId,
    pub customer: &'a Customer,
    pub inbox: Option<&'a Inbox>,
    pub source: Source,
    pub subject: Option<String>,
    pub status: Option<NewStatus>,
    pub metadata: Option<Json>,
    pub first: Option<FirstMessage>,
}

/// The first message, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstMessage {
    ByCustomer(Written),
    ByAgent(Written),
}

/// Starts a conversation, by its customer or by an agent. Readers learn of the conversation
/// before its first message. What a blocked customer begins is spam.
///
/// # Errors
/// [`Refusal::Invalid`] for a customer, an inbox or a status that cannot be,
/// [`Refusal::Forbidden`] for whoever may not start conversations, [`Refusal::Conflict`] for a
/// customer whose place another has taken.
pub fn start(actor: &Actor, command: Start<'_>, now: Timestamp) -> Result<Decision, Refusal> {
    check(actor, &command)?;
    let mut conversation = Conversation::new(
        command.id,
        actor.account_id,
        command.customer.id,
        command.source,
        now,
    );
    conversation.inbox_id = command.inbox.map(|inbox| inbox.id);
    conversation.subject = command
        .subject
        .map(|subject| text::clean_line(&subject).text);
    conversation.metadata = command.metadata;
    if let Some(status) = command.status {
        edit::set_status(&mut conversation, status, now)?;
    }
    let message = match command.first {
        Some(first) => Some(first_message(&mut conversation, actor, first, now)?),
        None => None,
    };
    let is_theirs = message.as_ref().is_none_or(|it| it.customer_id().is_some());
    if command.customer.blocked_at.is_some() && is_theirs && actor.user_id().is_none() {
        spam::set_spam(&mut conversation);
    }
    Ok(begin(conversation, message))
}

/// The events in the order in which readers need them.
fn begin(conversation: Conversation, message: Option<Message>) -> Decision {
    let id = conversation.id;
    let decision = Decision::nothing()
        .change(Change::CreateConversation(Box::new(conversation)))
        .event(EventDraft::conversation(EventKind::ConversationCreated, id));
    match message {
        Some(message) => {
            let event = EventDraft::within(EventKind::MessageCreated, id, message.id.0);
            decision
                .change(Change::AddMessage(Box::new(message)))
                .event(event)
        }
        None => decision,
    }
}

fn check(actor: &Actor, command: &Start<'_>) -> Result<(), Refusal> {
    let customer = command.customer;
    let own = actor.customer_id().is_none_or(|id| id == customer.id);
    policy::allows(actor, permission(actor))?;
    if customer.account_id != actor.account_id || !own {
        return Err(Refusal::missing("customer_id"));
    }
    if customer.merged_into.is_some() {
        return Err(Refusal::Conflict("the customer was merged into another"));
    }
    if command
        .inbox
        .is_some_and(|inbox| inbox.account_id != actor.account_id)
    {
        return Err(Refusal::missing("inbox_id"));
    }
    let opens = matches!(command.status, None | Some(NewStatus::Open));
    if actor.customer_id().is_some() && !opens {
        return Err(Refusal::invalid("status"));
    }
    Ok(())
}

fn permission(actor: &Actor) -> Permission {
    match actor.who {
        Who::Customer(_) => Permission::WriteAsCustomer,
        Who::User(_) | Who::System => Permission::WorkConversations,
    }
}

/// The first message, after what it does to the conversation.
fn first_message(
    conversation: &mut Conversation,
    actor: &Actor,
    first: FirstMessage,
    now: Timestamp,
) -> Result<Message, Refusal> {
    let (written, sender) = match first {
        FirstMessage::ByCustomer(written) => {
            policy::allows(actor, receive::permission(actor))?;
            receive::effects(conversation, now);
            (written, Sender::Customer(conversation.customer_id))
        }
        FirstMessage::ByAgent(written) => {
            policy::allows(actor, Permission::WorkConversations)?;
            let user_id = actor.user_id().ok_or(Refusal::Forbidden)?;
            written.check(conversation)?;
            reply::effects(conversation, user_id, now);
            (written, Sender::User(user_id))
        }
    };
    Ok(written.message(
        conversation,
        MessageKind::Reply,
        sender,
        Audience::Everybody,
        now,
    ))
}
