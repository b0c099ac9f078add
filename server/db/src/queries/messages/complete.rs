//! Messages with the people and files they name: one statement of each kind for all of them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::many::Many;
use crate::queries::{customers, users};
use frontdesk_domain::account::User;
use frontdesk_domain::{AccountId, Customer, CustomerId, FileId, Message, MessageId, UserId};
use std::collections::HashMap;

/// A file as a message shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: FileId,
    pub filename: String,
    pub content_type: String,
    /// How many bytes it has.
    pub size: i64,
}

/// A message with the people and files it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    pub message: Message,
    pub user: Option<User>,
    pub customer: Option<Customer>,
    pub attachments: Vec<Attachment>,
}

static FILES: Many = Many::new(
    "MESSAGE_FILES",
    "SELECT m.message_id, m.position, f.id, f.filename, f.content_type, f.size FROM message_files m
     JOIN files f ON f.id = m.file_id WHERE m.message_id IN (?*)",
);

static MENTIONED: Many = Many::new(
    "MESSAGE_MENTIONED",
    "SELECT message_id, user_id FROM mentions WHERE message_id IN (?*)",
);

/// Adds to messages the people and files they name. `true` says that a message has files.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn complete(
    conn: &mut dyn Conn,
    rows: Vec<(Message, bool)>,
) -> Result<Vec<MessageView>, DbError> {
    let Some(account_id) = rows.first().map(|(message, _)| message.account_id) else {
        return Ok(Vec::new());
    };
    let mut files = files(conn, &rows)?;
    let mut mentioned = mentioned(conn, &rows)?;
    let people = People::of(conn, account_id, &rows)?;
    let views = rows.into_iter().map(|(mut message, _)| {
        let attachments = files.remove(&message.id).unwrap_or_default();
        message.attachments = attachments.iter().map(|file| file.id).collect();
        message.mentions = mentioned.remove(&message.id).unwrap_or_default();
        MessageView {
            user: message
                .user_id()
                .and_then(|id| people.users.get(&id).cloned()),
            customer: message
                .customer_id()
                .and_then(|id| people.customers.get(&id).cloned()),
            message,
            attachments,
        }
    });
    Ok(views.collect())
}

fn files(
    conn: &mut dyn Conn,
    rows: &[(Message, bool)],
) -> Result<HashMap<MessageId, Vec<Attachment>>, DbError> {
    let with = rows.iter().filter(|(_, has_files)| *has_files);
    let ids: Vec<MessageId> = with.map(|(message, _)| message.id).collect();
    let mut found = FILES.all(conn, &[], &ids, |row| {
        let place: (MessageId, i64) = (row.get()?, row.get()?);
        let file = Attachment {
            id: row.get()?,
            filename: row.get()?,
            content_type: row.get()?,
            size: row.get()?,
        };
        Ok((place, file))
    })?;
    found.sort_by_key(|(place, _)| *place);
    let mut files: HashMap<MessageId, Vec<Attachment>> = HashMap::new();
    for ((message_id, _), file) in found {
        files.entry(message_id).or_default().push(file);
    }
    Ok(files)
}

/// Only an agent's messages can name users, so the others are not asked for.
fn mentioned(
    conn: &mut dyn Conn,
    rows: &[(Message, bool)],
) -> Result<HashMap<MessageId, Vec<UserId>>, DbError> {
    let agents = rows
        .iter()
        .filter(|(message, _)| message.user_id().is_some());
    let ids: Vec<MessageId> = agents.map(|(message, _)| message.id).collect();
    let mut found: Vec<(MessageId, UserId)> =
        MENTIONED.all(conn, &[], &ids, |row| Ok((row.get()?, row.get()?)))?;
    found.sort_unstable();
    let mut mentioned: HashMap<MessageId, Vec<UserId>> = HashMap::new();
    for (message_id, user_id) in found {
        mentioned.entry(message_id).or_default().push(user_id);
    }
    Ok(mentioned)
}

/// Everybody a list of messages names.
struct People {
    users: HashMap<UserId, User>,
    customers: HashMap<CustomerId, Customer>,
}

impl People {
    fn of(
        conn: &mut dyn Conn,
        account_id: AccountId,
        rows: &[(Message, bool)],
    ) -> Result<Self, DbError> {
        let users: Vec<UserId> = rows.iter().filter_map(|(it, _)| it.user_id()).collect();
        let customers: Vec<CustomerId> =
            rows.iter().filter_map(|(it, _)| it.customer_id()).collect();
        Ok(Self {
            users: users::by_ids(conn, account_id, &users)?,
            customers: customers::by_ids(conn, account_id, &customers)?,
        })
    }
}
