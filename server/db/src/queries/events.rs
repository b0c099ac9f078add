//! Events: written by number with what they tell of, read by number with its content.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::messages::{self, MessageView};
use crate::queries::{accounts, conversations, customers};
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::decision::{Place, Subject};
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, Customer, EntityKind, EventDraft, EventKind, EventSeq,
    InboxId, MessageId, TagId, Timestamp, UserId,
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
        unit.exec(
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
    let first = accounts::take_seqs(unit, account_id, 1)?;
    append(unit, account_id, first, actor, &[draft])?;
    Ok(first)
}

/// The events after a number, oldest first, with their content.
///
/// # Errors
/// When the database does not answer.
pub fn since(
    conn: &mut dyn Conn,
    account_id: AccountId,
    after: EventSeq,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let rows = conn.all(&SINCE, &[&account_id, &after, &limit], read)?;
    let mut seen: Vec<(Conversation, Vec<TagId>)> = Vec::new();
    rows.into_iter()
        .map(|row| fill(conn, row, &mut seen))
        .collect()
}

/// A row of the table.
struct EventRow {
    event: Event,
    subject: Option<Uuid>,
    entity: Option<(EntityKind, String)>,
}

fn read(row: &mut Columns<'_>) -> Result<EventRow, DbError> {
    let (account_id, seq, at, kind) = (row.get()?, row.get()?, row.get()?, row.get()?);
    let conversation_id = row.get()?;
    let subject = row.get()?;
    let entity = row
        .get::<Option<EntityKind>>()?
        .zip(row.get::<Option<String>>()?);
    let moved = row.get::<bool>()?;
    let place = Place {
        inbox_id: row.get::<Option<InboxId>>()?,
        assignee_id: row.get::<Option<UserId>>()?,
    };
    let event = Event {
        account_id,
        seq,
        at,
        kind,
        actor_user: row.get()?,
        conversation_id,
        conversation: None,
        tags: Vec::new(),
        moved_from: moved.then_some(place),
        content: Content::Nothing,
    };
    Ok(EventRow {
        event,
        subject,
        entity,
    })
}

/// Loads what an event tells of; a page often tells of the same conversation again and again.
fn fill(
    conn: &mut dyn Conn,
    row: EventRow,
    seen: &mut Vec<(Conversation, Vec<TagId>)>,
) -> Result<Event, DbError> {
    let EventRow {
        mut event,
        subject,
        entity,
    } = row;
    if let Some(id) = event.conversation_id {
        if !seen.iter().any(|(known, _)| known.id == id)
            && let Some(found) = conversations::by_id(conn, event.account_id, id)?
        {
            let tags = conversations::tags(conn, id)?;
            seen.push((found, tags));
        }
        if let Some((conversation, tags)) = seen.iter().find(|(known, _)| known.id == id) {
            event.conversation = Some(conversation.clone());
            event.tags.clone_from(tags);
        }
    }
    event.content = match (subject, entity) {
        (_, Some((kind, id))) => Content::Entity { kind, id },
        (Some(id), None) => content(conn, &event, id)?,
        (None, None) => Content::Nothing,
    };
    Ok(event)
}

fn content(conn: &mut dyn Conn, event: &Event, id: Uuid) -> Result<Content, DbError> {
    Ok(match event.kind {
        EventKind::MessageCreated | EventKind::MessageUpdated | EventKind::MessageDeleted => {
            let view = messages::by_id(conn, event.account_id, MessageId(id))?;
            Content::Message {
                id,
                view: view.map(Box::new),
            }
        }
        EventKind::CustomerCreated | EventKind::CustomerUpdated | EventKind::CustomerDeleted => {
            let id_of = frontdesk_domain::CustomerId(id);
            let customer = customers::by_id(conn, event.account_id, id_of)?;
            Content::Customer {
                id,
                customer: customer.map(Box::new),
            }
        }
        _ => Content::Other { id },
    })
}
