//! Merges: what was joined, and what is needed to take it apart again.

mod detail;

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::{Sql, statements};
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::change::Merge;
use frontdesk_domain::{AccountId, ConversationId, CustomerId, EventSeq, MergeId, Timestamp};

statements! {
    INSERT = "INSERT INTO merges (id, account_id, what, detail, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    CLOSE = "UPDATE merges SET undone_at = ?3 WHERE account_id = ?1 AND id = ?2 AND undone_at IS NULL";
    BY_ID = "SELECT id, what, detail, undone_at, created_at FROM merges WHERE account_id = ?1 AND id = ?2";
    TAKEN = "SELECT COUNT(*) FROM merges WHERE id = ?1";
    STANDING = "SELECT id, what, detail, undone_at, created_at FROM merges
        WHERE account_id = ?1 AND undone_at IS NULL AND what = 'conversations' ORDER BY created_at, id";
    MOVED = "SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'conversation' ORDER BY row_id";
    WRITTEN_SINCE = "SELECT COUNT(*) FROM messages WHERE conversation_id = ?1 AND seq > ?2 AND kind <> 'system'";
    NOTE_CONVERSATIONS = "INSERT INTO merge_moves (merge_id, kind, row_id)
        SELECT ?1, 'conversation', id FROM conversations WHERE account_id = ?2 AND customer_id = ?3";
    NOTE_MESSAGES = "INSERT INTO merge_moves (merge_id, kind, row_id)
        SELECT ?1, 'message', id FROM messages WHERE account_id = ?2 AND customer_id = ?3";
    NOTE_IDENTITIES = "INSERT INTO merge_moves (merge_id, kind, row_id)
        SELECT ?1, 'identity', id FROM identities WHERE account_id = ?2 AND customer_id = ?3";
    NOTE_NOTES = "INSERT INTO merge_moves (merge_id, kind, row_id)
        SELECT ?1, 'note', id FROM notes WHERE account_id = ?2 AND customer_id = ?3";
    NOTE_TAGS = "INSERT INTO merge_moves (merge_id, kind, row_id) SELECT ?1, 'tag', tag_id FROM customer_tags
        WHERE customer_id = ?2 AND tag_id NOT IN (SELECT tag_id FROM customer_tags WHERE customer_id = ?3)";
    NOTE_ISSUES = "INSERT INTO merge_moves (merge_id, kind, row_id) SELECT ?1, 'issue', issue_id FROM customer_issues
        WHERE customer_id = ?2 AND issue_id NOT IN (SELECT issue_id FROM customer_issues WHERE customer_id = ?3)";
    MOVE_CONVERSATIONS = "UPDATE conversations SET customer_id = ?2, version = version + 1
        WHERE id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'conversation')";
    MOVE_MESSAGES = "UPDATE messages SET customer_id = ?2
        WHERE id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'message')";
    MOVE_IDENTITIES = "UPDATE identities SET customer_id = ?2
        WHERE id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'identity')";
    MOVE_NOTES = "UPDATE notes SET customer_id = ?2
        WHERE id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'note')";
    ADD_TAGS = "INSERT INTO customer_tags (customer_id, tag_id)
        SELECT ?2, row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'tag'";
    ADD_ISSUES = "INSERT INTO customer_issues (customer_id, issue_id)
        SELECT ?2, row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'issue'";
    DROP_TAGS = "DELETE FROM customer_tags WHERE customer_id = ?2
        AND tag_id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'tag')";
    DROP_ISSUES = "DELETE FROM customer_issues WHERE customer_id = ?2
        AND issue_id IN (SELECT row_id FROM merge_moves WHERE merge_id = ?1 AND kind = 'issue')";
}

/// The rows that point at their customer and so can be pointed at another.
static POINTERS: [&Sql; 4] = [
    &MOVE_CONVERSATIONS,
    &MOVE_MESSAGES,
    &MOVE_IDENTITIES,
    &MOVE_NOTES,
];

/// Points all that belongs to one customer at another and remembers each row.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn move_customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MergeId,
    from: CustomerId,
    to: CustomerId,
) -> Result<(), DbError> {
    for note in [
        &NOTE_CONVERSATIONS,
        &NOTE_MESSAGES,
        &NOTE_IDENTITIES,
        &NOTE_NOTES,
    ] {
        unit.exec(note, &[&id, &account_id, &from])?;
    }
    for note in [&NOTE_TAGS, &NOTE_ISSUES] {
        unit.exec(note, &[&id, &from, &to])?;
    }
    for step in POINTERS.into_iter().chain([&ADD_TAGS, &ADD_ISSUES]) {
        unit.exec(step, &[&id, &to])?;
    }
    Ok(())
}

/// Points exactly the remembered rows back.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn move_customer_back(
    unit: &mut Unit<'_>,
    id: MergeId,
    from: CustomerId,
    to: CustomerId,
) -> Result<(), DbError> {
    for step in POINTERS {
        unit.exec(step, &[&id, &to])?;
    }
    for step in [&DROP_TAGS, &DROP_ISSUES] {
        unit.exec(step, &[&id, &from])?;
    }
    Ok(())
}

/// Remembers how to undo a merge.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn insert(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    merge: &Merge,
) -> Result<(), DbError> {
    let (what, text) = detail::write(&merge.what);
    unit.exec(
        &INSERT,
        &[&merge.id, &account_id, &what, &text, &merge.created_at],
    )?;
    Ok(())
}

/// Marks a merge as undone.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn close(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: MergeId,
    at: Timestamp,
) -> Result<(), DbError> {
    unit.exec(&CLOSE, &[&account_id, &id, &at])?;
    Ok(())
}

/// A merge of the account.
///
/// # Errors
/// When the database does not answer, or the kept detail cannot be read.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: MergeId,
) -> Result<Option<Merge>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], |row| read(row, account_id))
}

/// Whether there is a merge of this id, of whatever account.
///
/// # Errors
/// When the database does not answer.
pub fn is_taken(conn: &mut dyn Conn, id: MergeId) -> Result<bool, DbError> {
    Ok(conn.count(&TAKEN, &[&id])? > 0)
}

/// The merges of conversations that have not been undone.
///
/// # Errors
/// When the database does not answer, or a kept detail cannot be read.
pub fn standing(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Merge>, DbError> {
    conn.all(&STANDING, &[&account_id], |row| read(row, account_id))
}

/// The conversations that a merge of customers moved.
///
/// # Errors
/// When the database does not answer.
pub fn moved(conn: &mut dyn Conn, id: MergeId) -> Result<Vec<ConversationId>, DbError> {
    conn.all(&MOVED, &[&id], first)
}

/// How many messages people wrote in a conversation after an event number.
///
/// # Errors
/// When the database does not answer.
pub fn written_since(
    conn: &mut dyn Conn,
    id: ConversationId,
    after: EventSeq,
) -> Result<i64, DbError> {
    conn.count(&WRITTEN_SINCE, &[&id, &after])
}

fn read(row: &mut Columns<'_>, account_id: AccountId) -> Result<Merge, DbError> {
    let id = row.get()?;
    let (what, text) = (row.get::<String>()?, row.get::<String>()?);
    let what = detail::read(account_id, &what, &text)?;
    Ok(Merge {
        id,
        what,
        undone_at: row.get()?,
        created_at: row.get()?,
    })
}
