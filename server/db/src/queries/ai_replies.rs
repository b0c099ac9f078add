//! How automatic replies are given, by inbox.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::auto::{AutoReplies, Said};
use frontdesk_domain::{AccountId, ConversationId, CustomerId, InboxId, Source, Timestamp};

statements! {
    OF_INBOX = "SELECT inbox_id, account_id, max_turns, apology, hand_off, team_id, updated_at, channels FROM ai_replies
        WHERE account_id = ?1 AND inbox_id = ?2";
    SET = "INSERT INTO ai_replies (inbox_id, account_id, max_turns, apology, hand_off, team_id, updated_at,
            channels)
        SELECT id, account_id, ?3, ?4, ?5, ?6, ?7, ?8 FROM inboxes WHERE account_id = ?2 AND id = ?1
        ON CONFLICT (inbox_id) DO UPDATE SET max_turns = excluded.max_turns, apology = excluded.apology,
        hand_off = excluded.hand_off, team_id = excluded.team_id, updated_at = excluded.updated_at,
        channels = excluded.channels";
    /// What programs said in a conversation, the newest first.
    SAID = "SELECT metadata FROM messages WHERE conversation_id = ?1 AND kind = 'bot' AND metadata IS NOT NULL
        ORDER BY seq DESC LIMIT 100";
    LATELY = "SELECT COUNT(*) FROM conversations c JOIN messages m ON m.conversation_id = c.id
        WHERE c.account_id = ?1 AND c.customer_id = ?2 AND c.last_activity_at >= ?3 AND m.kind = 'bot'
        AND m.created_at >= ?3";
}

/// What holds for an inbox.
///
/// # Errors
/// When the database does not answer.
pub fn of_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<AutoReplies, DbError> {
    let said = conn.one(&OF_INBOX, &[&account_id, &inbox_id], |row| {
        Ok(AutoReplies {
            inbox_id: row.get()?,
            account_id: row.get()?,
            max_turns: row.get()?,
            apology: row.get()?,
            hand_off: row.get()?,
            team_id: row.get()?,
            updated_at: row.get()?,
            channels: channels(&row.get::<String>()?)?,
        })
    })?;
    Ok(said.unwrap_or_else(|| AutoReplies::of(account_id, inbox_id)))
}

/// Says what holds for an inbox.
///
/// # Errors
/// When the account has no such inbox.
pub fn set(unit: &mut Unit<'_>, it: &AutoReplies) -> Result<(), DbError> {
    found(unit.exec(
        &SET,
        &[
            &it.inbox_id,
            &it.account_id,
            &it.max_turns,
            &it.apology,
            &it.hand_off,
            &it.team_id,
            &it.updated_at,
            &together(&it.channels),
        ],
    )?)
}

fn together(channels: &[Source]) -> String {
    let names: Vec<String> = channels.iter().map(ToString::to_string).collect();
    names.join(",")
}

fn channels(together: &str) -> Result<Vec<Source>, DbError> {
    let names = together.split(',').filter(|it| !it.is_empty());
    let read = names.map(|it| it.parse().ok());
    read.collect::<Option<_>>().ok_or(DbError::Column {
        index: 7,
        wanted: "channels",
    })
}

/// What the program has said in a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn said(conn: &mut dyn Conn, id: ConversationId) -> Result<Said, DbError> {
    let metadata = conn.all(&SAID, &[&id], first::<String>)?;
    Ok(Said::of(metadata.iter().map(String::as_str)))
}

/// How often programs wrote to a customer since then.
///
/// # Errors
/// When the database does not answer.
pub fn lately(
    conn: &mut dyn Conn,
    account_id: AccountId,
    customer_id: CustomerId,
    since: Timestamp,
) -> Result<i64, DbError> {
    let count = conn.one(&LATELY, &[&account_id, &customer_id, &since], first::<i64>)?;
    Ok(count.unwrap_or_default())
}
