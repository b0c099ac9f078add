//! What an export asks for that nothing else does: an account's customers one after the other, and what
//! hangs on one of them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::first;
use frontdesk_domain::{AccountId, CustomerId, FileId, QuarantineId};

statements! {
    CUSTOMERS = "SELECT id FROM customers WHERE account_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    MERGED = "SELECT id FROM customers WHERE account_id = ?1 AND merged_into = ?2 ORDER BY id";
    IDENTITIES = "SELECT kind, value FROM identities WHERE account_id = ?1 AND customer_id = ?2 ORDER BY kind, value";
    WAITING_MAILS = "SELECT id FROM quarantined_mails WHERE account_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    WAITING_MAILS_OF = "SELECT id FROM quarantined_mails WHERE account_id = ?1 AND sender IN (
        SELECT value FROM identities WHERE account_id = ?1 AND customer_id = ?2 AND kind = 'email'
        UNION SELECT lower(email) FROM customers WHERE account_id = ?1 AND id = ?2) ORDER BY created_at, id";
    UPLOADS = "SELECT id FROM files WHERE account_id = ?1 AND customer_id = ?2 ORDER BY created_at, id";
}

/// Customers of the account whose id comes after this one.
///
/// # Errors
/// When the database does not answer.
pub fn customers(
    conn: &mut dyn Conn,
    account_id: AccountId,
    after: CustomerId,
    limit: i64,
) -> Result<Vec<CustomerId>, DbError> {
    conn.all(
        &CUSTOMERS,
        &[&account_id, &after, &limit],
        first::<CustomerId>,
    )
}

/// Who was merged into a customer.
///
/// # Errors
/// When the database does not answer.
pub fn merged(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<CustomerId>, DbError> {
    conn.all(&MERGED, &[&account_id, &id], first::<CustomerId>)
}

/// By what a customer is known elsewhere: the kind and the value of each identity.
///
/// # Errors
/// When the database does not answer.
pub fn identities(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<(String, String)>, DbError> {
    conn.all(&IDENTITIES, &[&account_id, &id], |row| {
        Ok((row.get()?, row.get()?))
    })
}

/// What a customer uploaded.
///
/// # Errors
/// When the database does not answer.
pub fn uploads(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<FileId>, DbError> {
    conn.all(&UPLOADS, &[&account_id, &id], first::<FileId>)
}

/// Mails of the account that wait to be looked at, whose id comes after this one.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_mails(
    conn: &mut dyn Conn,
    account_id: AccountId,
    after: QuarantineId,
    limit: i64,
) -> Result<Vec<QuarantineId>, DbError> {
    conn.all(&WAITING_MAILS, &[&account_id, &after, &limit], first)
}

/// Mails from a customer's addresses that wait to be looked at.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_mails_of(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<QuarantineId>, DbError> {
    conn.all(&WAITING_MAILS_OF, &[&account_id, &id], first)
}
