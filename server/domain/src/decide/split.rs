//! A part of a thread becomes a conversation of its own.

use super::merge_conversations::{audit, move_messages};
use super::{Written, guard, outcome, system_line};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{
    Actor, Change, Conversation, ConversationId, Decision, EventDraft, EventKind, Message,
    MessageId, Refusal, Source, Timestamp,
};

/// What to split off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'a> {
    /// The id of the new conversation.
    pub id: ConversationId,
    pub from: &'a Conversation,
    /// What goes, in the order of the thread.
    pub going: &'a [Message],
    /// The newest that was said to or by the customer and stays.
    pub stays: Option<&'a Message>,
    /// The id of the line that tells of it in the new conversation.
    pub line: MessageId,
}

/// Moves messages into a new conversation of the same customer, which is open and stands where
/// the old one stands. Whoever waits for an answer to them waits there from now on.
///
/// # Errors
/// [`Refusal::Invalid`] for messages that are none of the conversation's, or all of them;
/// [`Refusal::Conflict`] for a merged conversation, or for a channel in which a customer has only
/// one.
pub fn split(actor: &Actor, command: &Split<'_>, now: Timestamp) -> Result<Decision, Refusal> {
    let from = command.from;
    guard::reach_unmerged(actor, Permission::Merge, from)?;
    let is_ours = |it: &Message| it.conversation_id == from.id;
    if command.going.is_empty() || !command.going.iter().all(is_ours) {
        return Err(Refusal::invalid("message_ids"));
    }
    if command.stays.is_none() {
        return Err(Refusal::Invalid {
            field: "message_ids",
            problem: "would leave nothing behind",
        });
    }
    if is_one_thread(from.source) {
        return Err(Refusal::Conflict(
            "by this channel a customer has only one conversation",
        ));
    }
    Ok(carry_out(actor, command, now))
}

/// Whether what the customer writes next by this channel comes into one thread, whatever it is
/// about.
fn is_one_thread(source: Source) -> bool {
    match source {
        Source::Chat | Source::Email | Source::Mattermost | Source::Api | Source::Sandbox => false,
        Source::Sms | Source::Whatsapp | Source::Telegram | Source::Custom | Source::Slack => true,
    }
}

fn carry_out(actor: &Actor, command: &Split<'_>, now: Timestamp) -> Decision {
    let from = command.from;
    let new = split_off(command, now);
    let left = Conversation {
        waiting_since: from
            .waiting_since
            .filter(|_| command.stays.is_some_and(is_asked)),
        ..from.clone()
    };
    let line = Written::text(command.line, format!("Split off from #{}", from.number));
    let line = system_line::line(&new, line, now);
    let ids: Vec<MessageId> = command.going.iter().map(|it| it.id).collect();
    let audit = audit(actor, "conversations.split", from, &new);
    let decision = Decision::nothing()
        .change(Change::CreateConversation(Box::new(new.clone())))
        .event(EventDraft::conversation(
            EventKind::ConversationCreated,
            new.id,
        ));
    move_messages(decision, &ids, from, &new)
        .event(EventDraft::within(
            EventKind::MessageCreated,
            new.id,
            line.id.0,
        ))
        .change(Change::AddMessage(Box::new(line)))
        .event(outcome::updated(from, &left))
        .change(outcome::write(from, left, now))
        .change(audit)
}

fn split_off(command: &Split<'_>, now: Timestamp) -> Conversation {
    let (from, going) = (command.from, command.going);
    let said = going.iter().rev().find(|it| is_said(it));
    let answers = going.iter().any(|it| it.user_id().is_some());
    Conversation {
        inbox_id: from.inbox_id,
        subject: from.subject.clone(),
        priority: from.priority,
        assignee_id: from.assignee_id,
        team_id: from.team_id,
        read: from.read,
        answered: answers,
        waiting_since: said.filter(|it| is_asked(it)).map(|it| it.created_at),
        last_activity_at: going.iter().map(|it| it.created_at).max(),
        last_message_seq: going.iter().map(|it| it.seq).max().unwrap_or_default(),
        ..Conversation::new(
            command.id,
            from.account_id,
            from.customer_id,
            from.source,
            now,
        )
    }
}

fn is_said(it: &Message) -> bool {
    !it.private && it.sender != Sender::System
}

/// Whether somebody waits for an answer to it.
fn is_asked(it: &Message) -> bool {
    it.customer_id().is_some()
}
