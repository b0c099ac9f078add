//! Replies that go out by the clock.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::actor::View;
use frontdesk_domain::scheduled::ScheduledReply;
use frontdesk_domain::{AccountId, ConversationId, InboxId, ScheduledReplyId, Timestamp, UserId};

macro_rules! columns {
    () => {
        "s.id, s.account_id, s.conversation_id, s.user_id, s.body, s.send_at, s.seen_seq, s.state, s.reason, s.created_at, s.updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO scheduled_replies (id, account_id, conversation_id, user_id, body, send_at, seen_seq, state, reason,
        created_at, updated_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM conversations WHERE account_id = ?2 AND id = ?3";
    UPDATE = "UPDATE scheduled_replies SET body = ?3, send_at = ?4, seen_seq = ?5, state = ?6, reason = ?7, updated_at = ?8
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM scheduled_replies WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM scheduled_replies s WHERE s.account_id = ?1 AND s.id = ?2"));
    /// With the place of each conversation, which decides who sees it.
    OF_ACCOUNT = (concat!("SELECT ", columns!(), ", c.inbox_id, c.assignee_id FROM scheduled_replies s
        JOIN conversations c ON c.id = s.conversation_id
        WHERE s.account_id = ?1 ORDER BY s.send_at, s.id LIMIT ?2"));
    WAITING = (concat!("SELECT ", columns!(), " FROM scheduled_replies s
        WHERE s.account_id = ?1 AND s.conversation_id = ?2 AND s.state = 'waiting' ORDER BY s.send_at, s.id"));
    DUE = "SELECT account_id, id FROM scheduled_replies WHERE state = 'waiting' AND send_at <= ?1 ORDER BY send_at LIMIT ?2";
    COUNT = "SELECT COUNT(*) FROM scheduled_replies WHERE account_id = ?1";
}

fn read(row: &mut Columns<'_>) -> Result<ScheduledReply, DbError> {
    Ok(ScheduledReply {
        id: row.get()?,
        account_id: row.get()?,
        conversation_id: row.get()?,
        user_id: row.get()?,
        body: row.get()?,
        send_at: row.get()?,
        seen_seq: row.get()?,
        state: row.get()?,
        reason: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Keeps a reply for its time.
///
/// # Errors
/// When the account has no such conversation.
pub fn insert(unit: &mut Unit<'_>, it: &ScheduledReply) -> Result<(), DbError> {
    found(unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.conversation_id,
            &it.user_id,
            &it.body,
            &it.send_at,
            &it.seen_seq,
            &it.state,
            &it.reason,
            &it.created_at,
            &it.updated_at,
        ],
    )?)
}

/// Replaces what may change of a reply.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &ScheduledReply) -> Result<(), DbError> {
    found(unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.body,
            &it.send_at,
            &it.seen_seq,
            &it.state,
            &it.reason,
            &it.updated_at,
        ],
    )?)
}

/// Forgets a reply, and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ScheduledReplyId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A reply of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ScheduledReplyId,
) -> Result<Option<ScheduledReply>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// What waits in conversations of a view, the next first.
///
/// # Errors
/// When the database does not answer.
pub fn seen_in(
    conn: &mut dyn Conn,
    account_id: AccountId,
    view: &View,
    limit: i64,
) -> Result<Vec<ScheduledReply>, DbError> {
    let placed = conn.all(&OF_ACCOUNT, &[&account_id, &limit], |row| {
        let it = read(row)?;
        let inbox: Option<InboxId> = row.get()?;
        let assignee: Option<UserId> = row.get()?;
        Ok((it, inbox, assignee))
    })?;
    let seen = placed
        .into_iter()
        .filter(|(_, inbox, assignee)| view.shows(*inbox, *assignee));
    Ok(seen.map(|(it, ..)| it).collect())
}

/// What waits in a conversation, the next first.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<ScheduledReply>, DbError> {
    conn.all(&WAITING, &[&account_id, &id], read)
}

/// What is to go out by now, in all accounts.
///
/// # Errors
/// When the database does not answer.
pub fn due(
    conn: &mut dyn Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(AccountId, ScheduledReplyId)>, DbError> {
    conn.all(&DUE, &[&now, &limit], |row| Ok((row.get()?, row.get()?)))
}

/// How many an account keeps.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut dyn Conn, account_id: AccountId) -> Result<i64, DbError> {
    conn.count(&COUNT, &[&account_id])
}
