//! Messages: rows, their files and mentions, and the thread as people see it.

mod complete;
mod narrowed;
pub mod outgoing;
mod store;

pub(crate) use complete::complete;
pub use complete::{Attachment, MessageView};
pub use narrowed::{LONGEST_LIST, MessageFilter, count, list};

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::queries::many::Many;
use crate::queries::search;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::message::{Delivery, Sender};
use frontdesk_domain::{
    AccountId, ConversationId, CustomerId, EventSeq, FileId, MentionId, Message, MessageId,
    MessageKind, Timestamp, UserId,
};
use std::collections::HashMap;

/// The columns of a message, in the order [`read`] takes them; `$p` goes before each.
macro_rules! columns {
    ($p:literal) => {
        concat!(
            $p,
            "id, ",
            $p,
            "account_id, ",
            $p,
            "conversation_id, ",
            $p,
            "seq, ",
            $p,
            "kind, ",
            $p,
            "is_private, ",
            $p,
            "source, ",
            $p,
            "body, ",
            $p,
            "original, ",
            $p,
            "user_id, ",
            $p,
            "customer_id, ",
            $p,
            "delivery_state, ",
            $p,
            "delivery_reason, ",
            $p,
            "metadata, ",
            $p,
            "sent_at, ",
            $p,
            "seen_at, ",
            $p,
            "created_at, ",
            $p,
            "updated_at, ",
            $p,
            "has_files"
        )
    };
}

/// Stores one message.
macro_rules! insert {
    () => {
        "INSERT INTO messages (id, account_id, conversation_id, seq, kind, is_private, source, body, original,
        user_id, customer_id, delivery_state, delivery_reason, metadata, sent_at, seen_at, created_at, updated_at,
        has_files) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
    };
}

/// Messages by their ids.
static BY_IDS: Many = Many::new(
    "MESSAGES_BY_IDS",
    concat!(
        "SELECT ",
        columns!(""),
        " FROM messages WHERE (account_id = ?1) IS TRUE AND id IN (?*)"
    ),
);

/// The columns of messages that go by `m`.
pub(crate) const COLUMNS: &str = columns!("m.");

/// The newest messages of each of these conversations; `?1` are left out before them.
pub(crate) static NEWEST_OF: Many = Many::new(
    "MESSAGES_NEWEST_OF",
    concat!(
        "SELECT ",
        columns!("m."),
        " FROM (SELECT c.id, COALESCE((SELECT o.seq FROM messages o WHERE o.conversation_id = c.id
            ORDER BY o.seq DESC LIMIT 1 OFFSET ?1), 0) AS oldest FROM conversations c WHERE c.id IN (?*)) t
            JOIN messages m ON m.conversation_id = t.id AND m.seq >= t.oldest"
    ),
);

statements! {
    /// PostgreSQL indexes the text with the same statement, so that nobody waits for `n`; SQLite,
    /// which builds and drops a table for every `RETURNING`, is asked for it afterwards.
    INSERT = (
        insert!(),
        concat!("WITH stored AS (", insert!(), " RETURNING n, account_id)
            INSERT INTO message_search (n, account_id, terms)
            SELECT n, account_id, to_tsvector('simple', ?20) FROM stored WHERE ?20 <> ''")
    );
    LAST_ROW = ("SELECT last_insert_rowid()", "SELECT lastval()");
    UPDATE = "UPDATE messages SET body = ?3, original = ?4, is_private = ?5, delivery_state = ?6, delivery_reason = ?7,
        metadata = ?8, seen_at = ?9, updated_at = ?10 WHERE account_id = ?1 AND id = ?2 RETURNING n";
    DELETE = "DELETE FROM messages WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(""), " FROM messages WHERE account_id = ?1 AND id = ?2"));
    THREAD = (concat!("SELECT ", columns!(""), " FROM messages WHERE conversation_id = ?1 AND seq > ?2
        ORDER BY seq LIMIT ?3"));
    LATEST = (concat!("SELECT ", columns!(""), " FROM messages WHERE conversation_id = ?1 ORDER BY seq DESC LIMIT ?2"));
    /// What others wrote in a conversation after a given event: the customer and other agents.
    NEWER = "SELECT id FROM messages WHERE conversation_id = ?1 AND seq > ?2
        AND (customer_id IS NOT NULL OR (user_id IS NOT NULL AND user_id <> ?3)) ORDER BY seq LIMIT 100";
    STRIP_FILES = "DELETE FROM message_files WHERE message_id IN (SELECT id FROM messages WHERE account_id = ?1 AND id = ?2)";
    MARK_SEEN = "UPDATE messages SET seen_at = ?2, updated_at = ?2 WHERE conversation_id = ?1 AND seen_at IS NULL
        AND user_id IS NOT NULL AND is_private = 0";
    THREAD_IDS = "SELECT id FROM messages WHERE conversation_id = ?1 ORDER BY seq";
    UNSEEN = "SELECT id FROM messages WHERE conversation_id = ?1 AND seen_at IS NULL AND user_id IS NOT NULL
        AND is_private = 0 ORDER BY seq LIMIT 500";
    UNSEEN_MENTIONS = "SELECT id FROM mentions WHERE conversation_id = ?1 AND user_id = ?2 AND seen_at IS NULL";
    MOVE = "UPDATE messages SET conversation_id = ?3 WHERE account_id = ?1 AND id = ?2";
    ADD_FILE = "INSERT INTO message_files (message_id, file_id, position)
        SELECT ?1, id, ?4 FROM files WHERE account_id = ?2 AND id = ?3";
    /// A file that comes late stands behind the others.
    ADD_LATE = "INSERT INTO message_files (message_id, file_id, position)
        SELECT ?1, f.id, (SELECT COALESCE(MAX(m.position) + 1, 0) FROM message_files m WHERE m.message_id = ?1)
        FROM files f WHERE f.account_id = ?2 AND f.id = ?3";
    HAS_FILES = "UPDATE messages SET has_files = ?3, updated_at = ?4 WHERE account_id = ?1 AND id = ?2";
    ADD_MENTION = "INSERT INTO mentions (id, account_id, conversation_id, message_id, user_id, created_at)
        SELECT ?1, ?2, ?3, ?4, id, ?6 FROM users WHERE account_id = ?2 AND id = ?5";
    MENTIONS_SEEN = "UPDATE mentions SET seen_at = ?3 WHERE conversation_id = ?1 AND user_id = ?2 AND seen_at IS NULL";
}

/// Reads a message and whether it has files.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<(Message, bool), DbError> {
    let id = row.get()?;
    let account_id = row.get()?;
    let conversation_id = row.get()?;
    let seq = row.get()?;
    let kind = row.get()?;
    let private = row.get()?;
    let source = row.get()?;
    let body = row.get()?;
    let original = row.get()?;
    let (user, customer) = (
        row.get::<Option<UserId>>()?,
        row.get::<Option<CustomerId>>()?,
    );
    let delivery = Delivery {
        state: row.get()?,
        reason: row.get()?,
    };
    let message = Message {
        id,
        account_id,
        conversation_id,
        seq,
        kind,
        private,
        source,
        body,
        original,
        sender: sender(kind, user, customer),
        attachments: Vec::new(),
        mentions: Vec::new(),
        delivery,
        metadata: row.get()?,
        sent_at: row.get()?,
        seen_at: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    };
    Ok((message, row.get()?))
}

fn sender(kind: MessageKind, user: Option<UserId>, customer: Option<CustomerId>) -> Sender {
    match (kind, user, customer) {
        (MessageKind::System, None, None) => Sender::System,
        (_, Some(user), _) => Sender::User(user),
        (_, None, Some(customer)) => Sender::Customer(customer),
        (_, None, None) => Sender::Bot,
    }
}

/// Stores a new message with its files and mentions, and makes it searchable.
///
/// # Errors
/// When the conversation does not exist.
pub(crate) fn insert(unit: &mut Unit<'_>, it: &Message) -> Result<(), DbError> {
    store::store(unit, it)?;
    for (position, file) in it.attachments.iter().enumerate() {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        unit.send(&ADD_FILE, &[&it.id, &it.account_id, file, &position])?;
    }
    for user in &it.mentions {
        unit.send(
            &ADD_MENTION,
            &[
                &MentionId::random(),
                &it.account_id,
                &it.conversation_id,
                &it.id,
                user,
                &it.created_at,
            ],
        )?;
    }
    Ok(())
}

/// Replaces what can change of a message.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Message) -> Result<(), DbError> {
    let n = unit.one(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.body,
            &it.original,
            &it.private,
            &it.delivery.state,
            &it.delivery.reason,
            &it.metadata,
            &it.seen_at,
            &it.updated_at,
        ],
        first::<i64>,
    )?;
    match n {
        Some(n) => search::index_again(unit, n, it),
        None => Ok(()),
    }
}

/// Deletes a message.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: MessageId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// Puts a file to a message that is there already.
///
/// # Errors
/// When the message or the file is gone.
pub fn add_file(unit: &mut Unit<'_>, it: &Message, file: FileId) -> Result<(), DbError> {
    let (account_id, now) = (it.account_id, unit.now());
    found(unit.exec(&ADD_LATE, &[&it.id, &account_id, &file])?)?;
    found(unit.exec(&HAS_FILES, &[&account_id, &it.id, &true, &now])?)
}

/// Takes a message's files from it; those nobody else has are swept.
///
/// # Errors
/// When the database refuses it.
pub fn strip_files(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MessageId,
) -> Result<(), DbError> {
    unit.exec(&STRIP_FILES, &[&account_id, &id]).map(|_| ())
}

/// Sets `seen_at` on what agents wrote and the customer had not seen; says how many there were.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn mark_seen(
    unit: &mut Unit<'_>,
    id: ConversationId,
    at: Timestamp,
) -> Result<u64, DbError> {
    unit.exec(&MARK_SEEN, &[&id, &at])
}

/// The ids of a thread's messages, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn ids(conn: &mut dyn Conn, id: ConversationId) -> Result<Vec<MessageId>, DbError> {
    conn.all(&THREAD_IDS, &[&id], first)
}

/// What agents wrote and the customer has not seen.
///
/// # Errors
/// When the database does not answer.
pub fn unseen(conn: &mut dyn Conn, id: ConversationId) -> Result<Vec<MessageId>, DbError> {
    conn.all(&UNSEEN, &[&id], first)
}

/// A user's mentions in a conversation that the user has not seen.
///
/// # Errors
/// When the database does not answer.
pub fn unseen_mentions(
    conn: &mut dyn Conn,
    id: ConversationId,
    user_id: UserId,
) -> Result<Vec<MentionId>, DbError> {
    conn.all(&UNSEEN_MENTIONS, &[&id, &user_id], first)
}

/// Sets `seen_at` on a user's mentions.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn mentions_seen(
    unit: &mut Unit<'_>,
    id: ConversationId,
    user_id: UserId,
    at: Timestamp,
) -> Result<u64, DbError> {
    unit.exec(&MENTIONS_SEEN, &[&id, &user_id, &at])
}

/// Moves a message to another conversation.
///
/// # Errors
/// When the conversation does not exist.
pub(crate) fn move_to(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MessageId,
    to: ConversationId,
) -> Result<(), DbError> {
    unit.send(&MOVE, &[&account_id, &id, &to])
}

/// A message of the account, with the people and files it names.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: MessageId,
) -> Result<Option<MessageView>, DbError> {
    let found = conn.one(&BY_ID, &[&account_id, &id], read)?;
    let mut views = complete(conn, found.into_iter().collect())?;
    Ok(views.pop())
}

/// These messages of the account, with the people and files they name.
///
/// # Errors
/// When the database does not answer.
pub fn by_ids(
    conn: &mut dyn Conn,
    account_id: AccountId,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, MessageView>, DbError> {
    let rows = BY_IDS.all(conn, &[&account_id], ids, read)?;
    let views = complete(conn, rows)?;
    Ok(views.into_iter().map(|it| (it.message.id, it)).collect())
}

/// A thread after an event number, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn thread(
    conn: &mut dyn Conn,
    id: ConversationId,
    after: EventSeq,
    limit: i64,
) -> Result<Vec<MessageView>, DbError> {
    let rows = conn.all(&THREAD, &[&id, &after, &limit], read)?;
    complete(conn, rows)
}

/// The newest messages of a thread, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn latest(
    conn: &mut dyn Conn,
    id: ConversationId,
    limit: i64,
) -> Result<Vec<MessageView>, DbError> {
    let mut rows = conn.all(&LATEST, &[&id, &limit], read)?;
    rows.reverse();
    complete(conn, rows)
}

/// What the customer or other agents wrote after an event number.
///
/// # Errors
/// When the database does not answer.
pub fn newer(
    conn: &mut dyn Conn,
    id: ConversationId,
    after: EventSeq,
    except: UserId,
) -> Result<Vec<MessageId>, DbError> {
    conn.all(&NEWER, &[&id, &after, &except], first)
}
