//! An agent writes: a reply to the customer, or a note for colleagues.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::queries::messages;
use frontdesk_db::{Conn, Unit, queries, write};
use frontdesk_domain::decide::{self, StaleGuard, Written};
use frontdesk_domain::{Actor, Conversation, ConversationId, EventSeq, MessageId, Refusal, UserId};

/// What the agent had seen when writing, and whether to send nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The client did not say.
    Unknown,
    /// Refuse what has become stale.
    UpTo(EventSeq),
    /// The agent knows, and wants it sent.
    ForcedAt(EventSeq),
}

/// Stores a reply and queues it for its way out.
pub(crate) fn reply(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    written: Written,
    seen: Seen,
) -> Outcome<MessageId> {
    let (now, message_id) = (unit.now(), written.id);
    let conversation = load::conversation(unit.conn(), actor, id)?;
    let guard = guard(unit.conn(), actor, &conversation, seen)?;
    let decision = decide::reply(&conversation, actor, written, guard, now)?;
    write::apply(unit, actor, decision)?;
    Ok(message_id)
}

/// Stores a note, which never leaves the company.
pub(crate) fn note(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    written: Written,
) -> Outcome<MessageId> {
    let (now, message_id) = (unit.now(), written.id);
    let conversation = load::conversation(unit.conn(), actor, id)?;
    let decision = decide::note(&conversation, actor, written, now)?;
    write::apply(unit, actor, decision)?;
    Ok(message_id)
}

/// What was written since the agent looked.
pub(crate) fn guard(
    conn: &mut dyn Conn,
    actor: &Actor,
    conversation: &Conversation,
    seen: Seen,
) -> Outcome<StaleGuard> {
    let (Seen::UpTo(seq) | Seen::ForcedAt(seq)) = seen else {
        return Ok(StaleGuard::Unchecked);
    };
    let (account_newest, _) = queries::accounts::seqs(conn, actor.account_id)?;
    if seq > account_newest {
        // The client's numbers are of another database: they prove nothing about this one.
        return Err(Refusal::Invalid {
            field: "seen_seq",
            problem: "is newer than anything here; take a new snapshot",
        }
        .into());
    }
    // Most replies are fresh, which the conversation itself tells.
    let newer = if conversation.last_message_seq > seq {
        let me = actor.user_id().unwrap_or(UserId(0));
        messages::newer(conn, conversation.id, seq, me)?
    } else {
        Vec::new()
    };
    let newest = conversation.last_message_seq;
    Ok(match seen {
        Seen::ForcedAt(_) => StaleGuard::Forced { newer, newest },
        Seen::UpTo(_) | Seen::Unknown => StaleGuard::Seen { newer, newest },
    })
}
