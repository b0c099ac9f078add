//! Tags, and where they are attached. Conversations get and lose theirs through decisions.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{AccountId, ConversationId, CustomerId, TagId};

macro_rules! columns {
    () => {
        "id, account_id, name, description, color, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO tags (id, account_id, name, description, color, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    UPDATE = "UPDATE tags SET name = ?3, description = ?4, color = ?5, updated_at = ?6
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM tags WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM tags WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM tags WHERE account_id = ?1 ORDER BY created_at, id"));
    OF_CONVERSATION = (concat!("SELECT ", columns!(), " FROM tags WHERE account_id = ?1
        AND id IN (SELECT tag_id FROM conversation_tags WHERE conversation_id = ?2) ORDER BY created_at, id"));
    OF_CUSTOMER = (concat!("SELECT ", columns!(), " FROM tags WHERE account_id = ?1
        AND id IN (SELECT tag_id FROM customer_tags WHERE customer_id = ?2) ORDER BY created_at, id"));
    /// The update that changes nothing makes a repeated row count as found.
    ATTACH = "INSERT INTO customer_tags (customer_id, tag_id) SELECT c.id, t.id FROM customers c, tags t
        WHERE c.account_id = ?1 AND c.id = ?2 AND t.account_id = ?1 AND t.id = ?3
        ON CONFLICT (customer_id, tag_id) DO UPDATE SET tag_id = excluded.tag_id";
    DETACH = "DELETE FROM customer_tags WHERE customer_id = ?2 AND tag_id = ?3
        AND tag_id IN (SELECT id FROM tags WHERE account_id = ?1)";
}

/// Reads a tag from the columns above.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<Tag, DbError> {
    Ok(Tag {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        description: row.get()?,
        color: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new tag.
///
/// # Errors
/// When the name is taken.
pub fn insert(unit: &mut Unit<'_>, it: &Tag) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.description,
            &it.color,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a tag's fields and says how many rows that were: none when the account has
/// no such tag.
///
/// # Errors
/// When the name is taken.
pub fn update(unit: &mut Unit<'_>, it: &Tag) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.name,
            &it.description,
            &it.color,
            &it.updated_at,
        ],
    )
}

/// Deletes a tag, wherever it is attached, and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: TagId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A tag of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: TagId,
) -> Result<Option<Tag>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All tags of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Tag>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// The tags of a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<Tag>, DbError> {
    conn.all(&OF_CONVERSATION, &[&account_id, &id], read)
}

/// The tags of a customer.
///
/// # Errors
/// When the database does not answer.
pub fn of_customer(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<Tag>, DbError> {
    conn.all(&OF_CUSTOMER, &[&account_id, &id], read)
}

/// Puts a tag on a customer; again is the same.
///
/// # Errors
/// When the account does not have both.
pub fn attach_to_customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    customer_id: CustomerId,
    tag_id: TagId,
) -> Result<(), DbError> {
    found(unit.exec(&ATTACH, &[&account_id, &customer_id, &tag_id])?)
}

/// Takes a tag off a customer and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn detach_from_customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    customer_id: CustomerId,
    tag_id: TagId,
) -> Result<u64, DbError> {
    unit.exec(&DETACH, &[&account_id, &customer_id, &tag_id])
}
