//! Inboxes and their members.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::counts;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::account::Inbox;
use frontdesk_domain::{AccountId, ConversationId, InboxId, UserId};

macro_rules! columns {
    () => {
        "id, account_id, name, description, slug, channel, is_primary, is_private, identity_required, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO inboxes (id, account_id, name, description, slug, channel, is_primary, is_private,
        identity_required, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    UPDATE = "UPDATE inboxes SET name = ?3, description = ?4, slug = ?5, channel = ?6, is_primary = ?7,
        is_private = ?8, identity_required = ?9, updated_at = ?10 WHERE account_id = ?1 AND id = ?2";
    CONVERSATIONS = "SELECT id, assignee_id FROM conversations WHERE account_id = ?1 AND inbox_id = ?2 ORDER BY n";
    MOVE_CONVERSATIONS = "UPDATE conversations SET inbox_id = ?3, version = version + 1, updated_at = ?4
        WHERE account_id = ?1 AND inbox_id = ?2";
    DELETE = "DELETE FROM inboxes WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM inboxes WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM inboxes WHERE account_id = ?1 ORDER BY is_primary DESC, created_at, id"));
    PRIMARY = (concat!("SELECT ", columns!(), " FROM inboxes WHERE account_id = ?1 AND is_primary = 1 ORDER BY created_at, id LIMIT 1"));
    SECRET = "SELECT identity_secret FROM inboxes WHERE account_id = ?1 AND id = ?2";
    SET_SECRET = "UPDATE inboxes SET identity_secret = ?3, updated_at = ?4 WHERE account_id = ?1 AND id = ?2";
    ADD_MEMBER = "INSERT INTO inbox_members (inbox_id, user_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    REMOVE_MEMBER = "DELETE FROM inbox_members WHERE inbox_id = ?1 AND user_id = ?2";
    NOT_PRIMARY = "UPDATE inboxes SET is_primary = 0 WHERE account_id = ?1 AND id <> ?2";
}

fn read(row: &mut Columns<'_>) -> Result<Inbox, DbError> {
    Ok(Inbox {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        description: row.get()?,
        slug: row.get()?,
        channel: row.get()?,
        is_primary: row.get()?,
        is_private: row.get()?,
        identity_required: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new inbox.
///
/// # Errors
/// When the database refuses it.
pub fn insert(unit: &mut Unit<'_>, inbox: &Inbox) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &inbox.id,
            &inbox.account_id,
            &inbox.name,
            &inbox.description,
            &inbox.slug,
            &inbox.channel,
            &inbox.is_primary,
            &inbox.is_private,
            &inbox.identity_required,
            &inbox.created_at,
            &inbox.updated_at,
        ],
    )?;
    keep_one_primary(unit, inbox)
}

/// Replaces an inbox's fields.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, inbox: &Inbox) -> Result<(), DbError> {
    unit.exec(
        &UPDATE,
        &[
            &inbox.account_id,
            &inbox.id,
            &inbox.name,
            &inbox.description,
            &inbox.slug,
            &inbox.channel,
            &inbox.is_primary,
            &inbox.is_private,
            &inbox.identity_required,
            &inbox.updated_at,
        ],
    )?;
    keep_one_primary(unit, inbox)
}

fn keep_one_primary(unit: &mut Unit<'_>, inbox: &Inbox) -> Result<(), DbError> {
    if inbox.is_primary {
        unit.exec(&NOT_PRIMARY, &[&inbox.account_id, &inbox.id])?;
    }
    Ok(())
}

/// Deletes an inbox. Its conversations go to the primary inbox, or stay without one when this
/// was the primary one; telling those who watched them is up to the caller.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: InboxId) -> Result<u64, DbError> {
    let heir = primary(unit.conn(), account_id)?.filter(|inbox| inbox.id != id);
    let heir = heir.map(|inbox| inbox.id);
    let now = unit.now();
    unit.exec(&MOVE_CONVERSATIONS, &[&account_id, &id, &heir, &now])?;
    counts::move_inbox(unit, account_id, id, heir)?;
    unit.exec(&DELETE, &[&account_id, &id])
}

/// All conversations in an inbox, with whose work they are.
///
/// # Errors
/// When the database does not answer.
pub fn conversations(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: InboxId,
) -> Result<Vec<(ConversationId, Option<UserId>)>, DbError> {
    conn.all(&CONVERSATIONS, &[&account_id, &id], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// An inbox of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: InboxId,
) -> Result<Option<Inbox>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All inboxes of the account, the primary one first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Inbox>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// The inbox that new conversations without one go to.
///
/// # Errors
/// When the database does not answer.
pub fn primary(conn: &mut dyn Conn, account_id: AccountId) -> Result<Option<Inbox>, DbError> {
    conn.one(&PRIMARY, &[&account_id], read)
}

/// The key with which a site signs its visitors' identities.
///
/// # Errors
/// When the database does not answer.
pub fn identity_secret(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: InboxId,
) -> Result<Option<Vec<u8>>, DbError> {
    Ok(conn
        .one(&SECRET, &[&account_id, &id], first::<Option<Vec<u8>>>)?
        .flatten())
}

/// Sets or removes the key with which a site signs its visitors' identities.
///
/// # Errors
/// When the database refuses it.
pub fn set_identity_secret(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: InboxId,
    secret: Option<&[u8]>,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&SET_SECRET, &[&account_id, &id, &secret, &now])?;
    Ok(())
}

/// Makes a user a member of an inbox. Both must be known to be of one account.
///
/// # Errors
/// When either does not exist.
pub fn add_member(unit: &mut Unit<'_>, id: InboxId, user_id: UserId) -> Result<(), DbError> {
    unit.exec(&ADD_MEMBER, &[&id, &user_id])?;
    Ok(())
}

/// Ends a membership.
///
/// # Errors
/// When the database refuses it.
pub fn remove_member(unit: &mut Unit<'_>, id: InboxId, user_id: UserId) -> Result<(), DbError> {
    unit.exec(&REMOVE_MEMBER, &[&id, &user_id])?;
    Ok(())
}
