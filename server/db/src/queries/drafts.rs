//! Proposed replies. A draft is changed by whoever saw its latest version, and by nobody else.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::draft::Draft;
use frontdesk_domain::{AccountId, ConversationId, DraftId, DraftState};

macro_rules! columns {
    () => {
        "id, account_id, conversation_id, state, body, based_on_seq, origin, sources, reason, decided_by, message_id, version, created_at, updated_at, made, kept, compared, hint"
    };
}

statements! {
    INSERT = "INSERT INTO drafts (id, account_id, conversation_id, state, body, based_on_seq, origin, sources, reason, decided_by, message_id,
        version, created_at, updated_at, made, kept, compared, hint)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
        FROM conversations WHERE account_id = ?2 AND id = ?3";
    BY_ID = (concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = ?1 AND id = ?2"));
    /// Only the version that was looked at is replaced.
    UPDATE = "UPDATE drafts SET state = ?4, body = ?5, based_on_seq = ?6, sources = ?7, reason = ?8, decided_by = ?9,
        message_id = ?10, version = version + 1, updated_at = ?11, origin = ?12, made = ?13, kept = ?14, compared = ?15
        WHERE account_id = ?1 AND id = ?2 AND version = ?3";
    OF_CONVERSATION = (concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = ?1 AND conversation_id = ?2
        ORDER BY created_at DESC, id"));
    IN_STATE = (concat!("SELECT ", columns!(), " FROM drafts WHERE account_id = ?1 AND state = ?2
        ORDER BY created_at, id LIMIT ?3"));
}

fn read(row: &mut Columns<'_>) -> Result<Draft, DbError> {
    Ok(Draft {
        id: row.get()?,
        account_id: row.get()?,
        conversation_id: row.get()?,
        state: row.get()?,
        body: row.get()?,
        based_on_seq: row.get()?,
        origin: row.get()?,
        sources: row.get()?,
        reason: row.get()?,
        decided_by: row.get()?,
        message_id: row.get()?,
        version: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
        made: row.get()?,
        kept: row.get()?,
        compared: row.get()?,
        hint: row.get()?,
    })
}

/// Stores a new draft.
///
/// # Errors
/// When the account has no such conversation.
pub fn insert(unit: &mut Unit<'_>, it: &Draft) -> Result<(), DbError> {
    found(unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.conversation_id,
            &it.state,
            &it.body,
            &it.based_on_seq,
            &it.origin,
            &it.sources,
            &it.reason,
            &it.decided_by,
            &it.message_id,
            &it.version,
            &it.created_at,
            &it.updated_at,
            &it.made,
            &it.kept,
            &it.compared,
            &it.hint,
        ],
    )?)
}

/// A draft of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: DraftId,
) -> Result<Option<Draft>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// Replaces a draft unless somebody changed it since `it.version` was read; the new version is
/// one more. `false` says that it was changed, or is gone.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Draft) -> Result<bool, DbError> {
    let changed = unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.version,
            &it.state,
            &it.body,
            &it.based_on_seq,
            &it.sources,
            &it.reason,
            &it.decided_by,
            &it.message_id,
            &it.updated_at,
            &it.origin,
            &it.made,
            &it.kept,
            &it.compared,
        ],
    )?;
    Ok(changed > 0)
}

/// The drafts of a conversation, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<Draft>, DbError> {
    conn.all(&OF_CONVERSATION, &[&account_id, &id], read)
}

/// The account's drafts in a state, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn in_state(
    conn: &mut dyn Conn,
    account_id: AccountId,
    state: DraftState,
    limit: i64,
) -> Result<Vec<Draft>, DbError> {
    conn.all(&IN_STATE, &[&account_id, &state, &limit], read)
}
