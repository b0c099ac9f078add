//! Pages of events with what they tell of, in one statement of each kind for a page.

use super::{Content, Event, SINCE};
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::messages::{self, MessageView};
use crate::queries::{conversations, customers};
use crate::value::Columns;
use frontdesk_domain::decision::Place;
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, Customer, CustomerId, EntityKind, EventKind, EventSeq,
    InboxId, MessageId, TagId, UserId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The events after a number, oldest first, with their content. A page has every number there
/// is up to its last.
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
    let told = Told::of(conn, account_id, &rows)?;
    Ok(rows.into_iter().map(|row| told.fill(row)).collect())
}

/// A row of the table.
struct EventRow {
    event: Event,
    about: About,
}

/// What an event is about, by its id alone.
enum About {
    Nothing,
    Message(MessageId),
    Customer(CustomerId),
    Other(Uuid),
    Entity(EntityKind, String),
}

impl About {
    fn of(kind: EventKind, subject: Option<Uuid>, entity: Option<(EntityKind, String)>) -> Self {
        match (entity, subject) {
            (Some((kind, id)), _) => Self::Entity(kind, id),
            (None, None) => Self::Nothing,
            (None, Some(id)) => match kind {
                EventKind::MessageCreated
                | EventKind::MessageUpdated
                | EventKind::MessageDeleted => Self::Message(MessageId(id)),
                EventKind::CustomerCreated
                | EventKind::CustomerUpdated
                | EventKind::CustomerDeleted => Self::Customer(CustomerId(id)),
                _ => Self::Other(id),
            },
        }
    }
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
        about: About::of(kind, subject, entity),
    })
}

/// All that a page of events tells of. What is not here has gone since.
struct Told {
    conversations: HashMap<ConversationId, Conversation>,
    tags: HashMap<ConversationId, Vec<TagId>>,
    messages: HashMap<MessageId, MessageView>,
    customers: HashMap<CustomerId, Customer>,
}

impl Told {
    fn of(conn: &mut dyn Conn, account_id: AccountId, rows: &[EventRow]) -> Result<Self, DbError> {
        let (mut messages, mut customers) = (Vec::new(), Vec::new());
        for row in rows {
            match row.about {
                About::Message(id) => messages.push(id),
                About::Customer(id) => customers.push(id),
                About::Nothing | About::Other(_) | About::Entity(..) => {}
            }
        }
        let ids: Vec<ConversationId> = rows
            .iter()
            .filter_map(|row| row.event.conversation_id)
            .collect();
        let conversations = conversations::by_ids(conn, account_id, &ids)?;
        let found: Vec<ConversationId> = conversations.keys().copied().collect();
        Ok(Self {
            tags: conversations::tags_of(conn, &found)?,
            conversations,
            messages: messages::by_ids(conn, account_id, &messages)?,
            customers: customers::by_ids(conn, account_id, &customers)?,
        })
    }

    fn fill(&self, row: EventRow) -> Event {
        let mut event = row.event;
        if let Some(id) = event.conversation_id {
            event.conversation = self.conversations.get(&id).cloned();
            event.tags = self.tags.get(&id).cloned().unwrap_or_default();
        }
        event.content = match row.about {
            About::Nothing => Content::Nothing,
            About::Message(id) => Content::Message {
                id: id.0,
                view: self.messages.get(&id).cloned().map(Box::new),
            },
            About::Customer(id) => Content::Customer {
                id: id.0,
                customer: self.customers.get(&id).cloned().map(Box::new),
            },
            About::Other(id) => Content::Other { id },
            About::Entity(kind, id) => Content::Entity { kind, id },
        };
        event
    }
}
