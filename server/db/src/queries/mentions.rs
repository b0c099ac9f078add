//! Who was named where. Messages bring their mentions with them, so nothing is written here.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::Columns;
use frontdesk_domain::mention::Mention;
use frontdesk_domain::{AccountId, ConversationId, UserId};

macro_rules! columns {
    () => {
        "id, account_id, conversation_id, message_id, user_id, seen_at, created_at"
    };
}

statements! {
    OF_CONVERSATION = (concat!("SELECT ", columns!(), " FROM mentions WHERE account_id = ?1 AND conversation_id = ?2
        ORDER BY created_at, id"));
    UNSEEN = (concat!("SELECT ", columns!(), " FROM mentions WHERE account_id = ?1 AND user_id = ?2 AND seen_at IS NULL
        ORDER BY created_at DESC, id LIMIT ?3"));
}

/// Reads a mention from the columns above.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<Mention, DbError> {
    Ok(Mention {
        id: row.get()?,
        account_id: row.get()?,
        conversation_id: row.get()?,
        message_id: row.get()?,
        user_id: row.get()?,
        seen_at: row.get()?,
        created_at: row.get()?,
    })
}

/// Who was named in a conversation, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<Mention>, DbError> {
    conn.all(&OF_CONVERSATION, &[&account_id, &id], read)
}

/// Where a user was named and has not looked yet, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn unseen(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
    limit: i64,
) -> Result<Vec<Mention>, DbError> {
    conn.all(&UNSEEN, &[&account_id, &user_id, &limit], read)
}
