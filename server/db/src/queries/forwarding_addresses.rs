//! Addresses that forward mail to an inbox.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::settings::ForwardingAddress;
use frontdesk_domain::{AccountId, ForwardingAddressId};

macro_rules! columns {
    () => {
        "id, account_id, forwarding_email_address, source_email_address, state, description, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO forwarding_addresses (id, account_id, forwarding_email_address, source_email_address, state, description, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    UPDATE = "UPDATE forwarding_addresses SET forwarding_email_address = ?3, source_email_address = ?4, state = ?5, description = ?6, updated_at = ?7
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM forwarding_addresses WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM forwarding_addresses WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM forwarding_addresses WHERE account_id = ?1 ORDER BY created_at, id"));
}

fn read(row: &mut Columns<'_>) -> Result<ForwardingAddress, DbError> {
    Ok(ForwardingAddress {
        id: row.get()?,
        account_id: row.get()?,
        forwarding_email_address: row.get()?,
        source_email_address: row.get()?,
        state: row.get()?,
        description: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new address.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &ForwardingAddress) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.forwarding_email_address,
            &it.source_email_address,
            &it.state,
            &it.description,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces an address's fields and says how many rows that were: none when the account has
/// no such address.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &ForwardingAddress) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.forwarding_email_address,
            &it.source_email_address,
            &it.state,
            &it.description,
            &it.updated_at,
        ],
    )
}

/// Deletes an address and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ForwardingAddressId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// An address of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ForwardingAddressId,
) -> Result<Option<ForwardingAddress>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All addresses of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<ForwardingAddress>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}
