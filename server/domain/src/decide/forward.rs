//! A conversation is shown to somebody else, whose answers come back beside it and never into it.

use super::{Written, guard, outcome, reopen};
use crate::message::Sender;
use crate::policy::Permission;
use crate::{
    Actor, Conversation, Decision, Message, MessageKind, Refusal, Status, Timestamp, text,
};

/// How much of an answer stands in the conversation it is about; all of it stands beside.
const LONGEST_ANSWER: usize = 4_000;

/// A message with what its writer is called.
pub type Named<'a> = (&'a Message, &'a str);

/// What somebody else gets to read: the agent's words, and below them what was said, the oldest
/// first. What is internal is never in it.
///
/// # Errors
/// [`Refusal::Invalid`] when nothing was said, or it is too much for one message.
pub fn forwarded(words: &str, said: &[Named<'_>]) -> Result<String, Refusal> {
    let mut body = words.trim().to_owned();
    let said: Vec<&Named<'_>> = said.iter().filter(|(it, _)| may_leave(it)).collect();
    if said.is_empty() {
        return Err(Refusal::Invalid {
            field: "message_ids",
            problem: "has nothing that may leave the company",
        });
    }
    for (message, name) in said {
        let at = message.sent_at.unwrap_or(message.created_at);
        if !body.is_empty() {
            body.push_str("\n\n");
        }
        let time = at.utc().strftime("%Y-%m-%d %H:%M");
        body.push_str(&format!("{name}, {time} UTC:\n"));
        for line in message.body.as_deref().unwrap_or_default().lines() {
            body.push_str(&format!("> {line}\n"));
        }
    }
    if body.len() > text::LONGEST_BODY {
        return Err(Refusal::Invalid {
            field: "message_ids",
            problem: "are too long for one mail",
        });
    }
    Ok(body)
}

/// Whether a message is between the company and its customer.
#[must_use]
pub fn may_leave(message: &Message) -> bool {
    !message.private && message.sender != Sender::System && message.kind != MessageKind::Note
}

/// Notes in a conversation what somebody answered to whom it was forwarded. Only colleagues read it;
/// the conversation comes back into the open list, unread.
///
/// # Errors
/// [`Refusal::Forbidden`] for anybody but the server.
pub fn side_answer(
    conversation: &Conversation,
    actor: &Actor,
    written: Written,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    guard::reach(actor, Permission::RunDesk, conversation)?;
    let message = super::system_line::line(conversation, written, now);
    let mut after = conversation.clone();
    after.read = false;
    after.last_activity_at = Some(now);
    if after.status != Status::Spam && after.merged_into.is_none() {
        reopen::set_open(&mut after);
        after.archived_at = None;
    }
    Ok(outcome::written(conversation, after, message, now))
}

/// What stands in the conversation of an answer: whose it is and where it can be answered.
#[must_use]
pub fn answer_beside(name: &str, number: i64, body: &str) -> String {
    let cut: String = body.trim().chars().take(LONGEST_ANSWER).collect();
    let more = if cut.len() < body.trim().len() {
        "\n…"
    } else {
        ""
    };
    format!("{name} answered in #{number}:\n{cut}{more}")
}
