//! Events: written by number with what they tell of, read by number with its content.

mod content;
mod prune;

pub use content::since;
pub use prune::{oldest, prune_before, younger_than};

use crate::error::DbError;
use crate::queries::messages::MessageView;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::decision::{Place, Subject};
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, Customer, EntityKind, EventDraft, EventKind, EventSeq,
    TagId, Timestamp, UserId,
};
use uuid::Uuid;

/// An event with its content as it is now. What has gone since is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub account_id: AccountId,
    pub seq: EventSeq,
    pub at: Timestamp,
    pub kind: EventKind,
    pub actor_user: Option<UserId>,
    pub conversation_id: Option<ConversationId>,
    pub conversation: Option<Conversation>,
    /// The tags of the conversation, for the events that may have changed them.
    pub tags: Vec<TagId>,
    /// Where the conversation was before, when this event moved it.
    pub moved_from: Option<Place>,
    pub content: Content,
}

/// What an event is about, beyond its conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Nothing,
    Message {
        id: Uuid,
        view: Option<Box<MessageView>>,
    },
    Customer {
        id: Uuid,
        customer: Option<Box<Customer>>,
    },
    /// Something that the front loads itself if it shows it.
    Other {
        id: Uuid,
    },
    Entity {
        kind: EntityKind,
        id: String,
    },
}

statements! {
    INSERT = "INSERT INTO events (account_id, seq, at, kind, conversation_id, subject, entity, entity_id, moved,
        from_inbox, from_assignee, actor_user) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    SINCE = "SELECT account_id, seq, at, kind, conversation_id, subject, entity, entity_id, moved, from_inbox,
        from_assignee, actor_user FROM events WHERE account_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
    YOUNGER = "SELECT seq FROM events WHERE account_id = ?1 AND at >= ?2 ORDER BY seq LIMIT 1";
    PRUNE = "DELETE FROM events WHERE account_id = ?1 AND seq < ?2";
}

/// Writes the events of one decision and says the number of the first.
///
/// # Errors
/// When the account does not exist.
pub(crate) fn append(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    first: EventSeq,
    actor: Option<UserId>,
    drafts: &[EventDraft],
) -> Result<(), DbError> {
    let now = unit.now();
    let mut seq = first;
    for draft in drafts {
        let (subject, entity, entity_id) = match &draft.subject {
            Subject::Conversation => (None, None, None),
            Subject::Id(id) => (Some(*id), None, None),
            Subject::Entity { kind, id } => (None, Some(*kind), Some(id.as_str())),
        };
        let from_inbox = draft.moved_from.and_then(|place| place.inbox_id);
        let from_assignee = draft.moved_from.and_then(|place| place.assignee_id);
        unit.send(
            &INSERT,
            &[
                &account_id,
                &seq,
                &now,
                &draft.kind,
                &draft.conversation_id,
                &subject,
                &entity,
                &entity_id,
                &draft.moved_from.is_some(),
                &from_inbox,
                &from_assignee,
                &actor,
            ],
        )?;
        unit.note(account_id, seq);
        seq.0 += 1;
    }
    Ok(())
}

/// Gives an event that no decision made its number and writes it.
///
/// # Errors
/// When the account does not exist.
pub fn emit(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    actor: Option<UserId>,
    draft: EventDraft,
) -> Result<EventSeq, DbError> {
    let first = unit.take_seqs(account_id, 1)?;
    append(unit, account_id, first, actor, &[draft])?;
    Ok(first)
}
