//! Conversations: rows, their tags, and the timers that wake them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::counts;
use crate::queries::many::Many;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::conversation::Snooze;
use frontdesk_domain::{AccountId, Conversation, ConversationId, CustomerId, TagId, Timestamp};
use std::collections::HashMap;

/// The columns of a conversation, in the order [`read`] takes them; `$p` goes before each.
macro_rules! columns {
    ($p:literal) => {
        concat!(
            $p,
            "id, ",
            $p,
            "account_id, ",
            $p,
            "number, ",
            $p,
            "inbox_id, ",
            $p,
            "customer_id, ",
            $p,
            "source, ",
            $p,
            "subject, ",
            $p,
            "status, ",
            $p,
            "snoozed_until, ",
            $p,
            "snoozed_until_reply, ",
            $p,
            "priority, ",
            $p,
            "assignee_id, ",
            $p,
            "team_id, ",
            $p,
            "is_read, ",
            $p,
            "answered, ",
            $p,
            "waiting_since, ",
            $p,
            "last_activity_at, ",
            $p,
            "last_message_seq, ",
            $p,
            "closed_at, ",
            $p,
            "archived_at, ",
            $p,
            "merged_into, ",
            $p,
            "metadata, ",
            $p,
            "version, ",
            $p,
            "created_at, ",
            $p,
            "updated_at"
        )
    };
}

/// The columns of conversations that go by `c`.
pub(crate) const COLUMNS: &str = columns!("c.");

/// Conversations by their ids.
pub(crate) static BY_IDS: Many = Many::new(
    "CONVERSATIONS_BY_IDS",
    concat!(
        "SELECT ",
        columns!(""),
        " FROM conversations WHERE (account_id = ?1) IS TRUE AND id IN (?*)"
    ),
);

/// The tags of these conversations.
pub(crate) static TAGS_OF: Many = Many::new(
    "CONVERSATIONS_TAGS_OF",
    "SELECT conversation_id, tag_id FROM conversation_tags WHERE conversation_id IN (?*)",
);

pub mod links;
mod open_chats;
mod update;

pub use links::linked;
pub use open_chats::open_chats;
pub(crate) use update::update;

statements! {
    INSERT = "INSERT INTO conversations (id, account_id, number, inbox_id, customer_id, source, subject, status,
        snoozed_until, snoozed_until_reply, priority, assignee_id, team_id, is_read, answered, waiting_since,
        last_activity_at, last_message_seq, closed_at, archived_at, merged_into, metadata, version, created_at,
        updated_at, sorted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
        ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)";
    UPDATE = "UPDATE conversations SET inbox_id = ?3, customer_id = ?4, source = ?5, subject = ?6, status = ?7,
        snoozed_until = ?8, snoozed_until_reply = ?9, priority = ?10, assignee_id = ?11, team_id = ?12, is_read = ?13,
        answered = ?14, waiting_since = ?15, last_activity_at = ?16, last_message_seq = ?17, closed_at = ?18,
        archived_at = ?19, merged_into = ?20, metadata = ?21, version = ?22, updated_at = ?23, sorted_at = ?24
        WHERE account_id = ?1 AND id = ?2";
    MOVE = "UPDATE conversations SET waiting_since = ?3, last_activity_at = ?4, last_message_seq = ?5, version = ?6,
        updated_at = ?7, sorted_at = ?8 WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM conversations WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(""), " FROM conversations WHERE account_id = ?1 AND id = ?2"));
    ANYWHERE = (concat!("SELECT ", columns!(""), " FROM conversations WHERE id = ?1"));
    OF_CUSTOMER = (concat!("SELECT ", columns!(""), " FROM conversations WHERE customer_id = ?1 AND account_id = ?2
        ORDER BY sorted_at DESC, n DESC LIMIT ?3"));
    DUE = "SELECT account_id, id FROM conversations WHERE snoozed_until IS NOT NULL AND snoozed_until <= ?1
        ORDER BY snoozed_until LIMIT ?2";
    STALE = "SELECT id FROM conversations WHERE account_id = ?1 AND status = 'closed' AND archived_at IS NULL
        AND closed_at < ?2 AND merged_into IS NULL ORDER BY closed_at LIMIT ?3";
    NEXT_DUE = "SELECT MIN(snoozed_until) FROM conversations WHERE snoozed_until IS NOT NULL";
    TAG = "INSERT INTO conversation_tags (conversation_id, tag_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    UNTAG = "DELETE FROM conversation_tags WHERE conversation_id = ?1 AND tag_id = ?2";
    TAGS = "SELECT tag_id FROM conversation_tags WHERE conversation_id = ?1 ORDER BY tag_id";
}

/// Reads a conversation from the columns above.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<Conversation, DbError> {
    Ok(Conversation {
        id: row.get()?,
        account_id: row.get()?,
        number: row.get()?,
        inbox_id: row.get()?,
        customer_id: row.get()?,
        source: row.get()?,
        subject: row.get()?,
        status: row.get()?,
        snooze: read_snooze(row)?,
        priority: row.get()?,
        assignee_id: row.get()?,
        team_id: row.get()?,
        read: row.get()?,
        answered: row.get()?,
        waiting_since: row.get()?,
        last_activity_at: row.get()?,
        last_message_seq: row.get()?,
        closed_at: row.get()?,
        archived_at: row.get()?,
        merged_into: row.get()?,
        metadata: row.get()?,
        version: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

fn read_snooze(row: &mut Columns<'_>) -> Result<Option<Snooze>, DbError> {
    let snooze = Snooze {
        until: row.get()?,
        until_reply: row.get()?,
    };
    Ok((snooze.until.is_some() || snooze.until_reply).then_some(snooze))
}

/// Stores a new conversation under the number it has, and counts it.
///
/// # Errors
/// When the customer or inbox does not exist.
pub(crate) fn insert(unit: &mut Unit<'_>, it: &Conversation) -> Result<(), DbError> {
    let (until, until_reply) = snooze_columns(it);
    unit.send(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.number,
            &it.inbox_id,
            &it.customer_id,
            &it.source,
            &it.subject,
            &it.status,
            &until,
            &until_reply,
            &it.priority,
            &it.assignee_id,
            &it.team_id,
            &it.read,
            &it.answered,
            &it.waiting_since,
            &it.last_activity_at,
            &it.last_message_seq,
            &it.closed_at,
            &it.archived_at,
            &it.merged_into,
            &it.metadata,
            &it.version,
            &it.created_at,
            &it.updated_at,
            &it.sorted_at(),
        ],
    )?;
    if let Some(cell) = it.cell() {
        counts::add(unit, it.account_id, &cell, 1)?;
    }
    Ok(())
}

fn snooze_columns(it: &Conversation) -> (Option<Timestamp>, bool) {
    it.snooze
        .map_or((None, false), |snooze| (snooze.until, snooze.until_reply))
}

/// Deletes a conversation with its messages, and no longer counts it.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, it: &Conversation) -> Result<(), DbError> {
    unit.send(&DELETE, &[&it.account_id, &it.id])?;
    if let Some(cell) = it.cell() {
        counts::add(unit, it.account_id, &cell, -1)?;
    }
    Ok(())
}

/// A conversation of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Option<Conversation>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The conversation with this id, of whatever account: for visitors, who know no account.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(conn: &mut dyn Conn, id: ConversationId) -> Result<Option<Conversation>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}

/// A customer's conversations, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_customer(
    conn: &mut dyn Conn,
    account_id: AccountId,
    customer_id: CustomerId,
    limit: i64,
) -> Result<Vec<Conversation>, DbError> {
    conn.all(&OF_CUSTOMER, &[&customer_id, &account_id, &limit], read)
}

/// Snoozed conversations whose time has come, in all accounts.
///
/// # Errors
/// When the database does not answer.
pub fn due(
    conn: &mut dyn Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(AccountId, ConversationId)>, DbError> {
    conn.all(&DUE, &[&now, &limit], |row| Ok((row.get()?, row.get()?)))
}

/// Conversations that were closed before a time and are in the lists still, longest first.
///
/// # Errors
/// When the database does not answer.
pub fn stale(
    conn: &mut dyn Conn,
    account_id: AccountId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<ConversationId>, DbError> {
    conn.all(&STALE, &[&account_id, &before, &limit], first)
}

/// When the next snoozed conversation is due.
///
/// # Errors
/// When the database does not answer.
pub fn next_due(conn: &mut dyn Conn) -> Result<Option<Timestamp>, DbError> {
    Ok(conn
        .one(&NEXT_DUE, &[], first::<Option<Timestamp>>)?
        .flatten())
}

/// Adds a tag; again is the same.
///
/// # Errors
/// When either does not exist.
pub(crate) fn tag(unit: &mut Unit<'_>, id: ConversationId, tag: TagId) -> Result<(), DbError> {
    unit.send(&TAG, &[&id, &tag])
}

/// Removes a tag; again is the same.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn untag(unit: &mut Unit<'_>, id: ConversationId, tag: TagId) -> Result<(), DbError> {
    unit.send(&UNTAG, &[&id, &tag])
}

/// The tags of a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn tags(conn: &mut dyn Conn, id: ConversationId) -> Result<Vec<TagId>, DbError> {
    conn.all(&TAGS, &[&id], first)
}

/// These conversations of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_ids(
    conn: &mut dyn Conn,
    account_id: AccountId,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Conversation>, DbError> {
    let found = BY_IDS.all(conn, &[&account_id], ids, read)?;
    Ok(found.into_iter().map(|it| (it.id, it)).collect())
}

/// The tags of these conversations.
///
/// # Errors
/// When the database does not answer.
pub fn tags_of(
    conn: &mut dyn Conn,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<TagId>>, DbError> {
    let mut found: Vec<(ConversationId, TagId)> =
        TAGS_OF.all(conn, &[], ids, |row| Ok((row.get()?, row.get()?)))?;
    found.sort_unstable();
    let mut tags: HashMap<ConversationId, Vec<TagId>> = HashMap::new();
    for (id, tag) in found {
        tags.entry(id).or_default().push(tag);
    }
    Ok(tags)
}
