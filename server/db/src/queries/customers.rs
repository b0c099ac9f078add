//! Customers and the ways to recognise them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::conversations;
use crate::queries::many::Many;
use crate::queries::search;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::{AccountId, Customer, CustomerId, IdentityId, IdentityKind, IssueId};
use std::collections::HashMap;

/// The columns of a customer, in the order [`read`] takes them; `$p` goes before each.
macro_rules! columns {
    ($p:literal) => {
        concat!(
            $p,
            "id, ",
            $p,
            "account_id, ",
            $p,
            "name, ",
            $p,
            "email, ",
            $p,
            "phone, ",
            $p,
            "external_id, ",
            $p,
            "profile_photo_url, ",
            $p,
            "company_id, ",
            $p,
            "host, ",
            $p,
            "pathname, ",
            $p,
            "current_url, ",
            $p,
            "browser, ",
            $p,
            "os, ",
            $p,
            "ip, ",
            $p,
            "time_zone, ",
            $p,
            "metadata, ",
            $p,
            "first_seen, ",
            $p,
            "last_seen_at, ",
            $p,
            "verified, ",
            $p,
            "merged_into, ",
            $p,
            "blocked_at, ",
            $p,
            "version, ",
            $p,
            "created_at, ",
            $p,
            "updated_at"
        )
    };
}

/// Customers by their ids.
pub(crate) static BY_IDS: Many = Many::new(
    "CUSTOMERS_BY_IDS",
    concat!(
        "SELECT ",
        columns!(""),
        " FROM customers WHERE (account_id = ?1) IS TRUE AND id IN (?*)"
    ),
);

pub mod alike;
mod list;
mod unproven;
pub use alike::alike;
pub use list::{CustomerFilter, CustomerPage, Page, list};
pub use unproven::{Unproven, unproven};

statements! {
    INSERT = "INSERT INTO customers (id, account_id, name, email, phone, external_id, profile_photo_url, company_id,
        host, pathname, current_url, browser, os, ip, time_zone, metadata, first_seen, last_seen_at, verified,
        merged_into, blocked_at, version, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
        ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24) RETURNING n";
    UPDATE = "UPDATE customers SET name = ?3, email = ?4, phone = ?5, external_id = ?6, profile_photo_url = ?7,
        company_id = ?8, host = ?9, pathname = ?10, current_url = ?11, browser = ?12, os = ?13, ip = ?14,
        time_zone = ?15, metadata = ?16, first_seen = ?17, last_seen_at = ?18, verified = ?19, merged_into = ?20,
        blocked_at = ?21, version = ?22, updated_at = ?23 WHERE account_id = ?1 AND id = ?2 RETURNING n";
    DELETE = "DELETE FROM customers WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(""), " FROM customers WHERE account_id = ?1 AND id = ?2"));
    ANYWHERE = (concat!("SELECT ", columns!(""), " FROM customers WHERE id = ?1"));
    BY_EXTERNAL = (concat!("SELECT ", columns!(""), " FROM customers
        WHERE account_id = ?1 AND external_id = ?2 AND merged_into IS NULL ORDER BY n DESC"));
    PROVEN_BY_EXTERNAL = (concat!("SELECT ", columns!(""), " FROM customers WHERE account_id = ?1 AND external_id = ?2
        AND verified = 1 AND merged_into IS NULL ORDER BY n DESC LIMIT 1"));
    PROVEN_BY_EMAIL = (concat!("SELECT ", columns!(""), " FROM customers WHERE account_id = ?1 AND email = ?2
        AND verified = 1 AND external_id IS NULL AND merged_into IS NULL ORDER BY n DESC LIMIT 1"));
    OF_ISSUE = (concat!("SELECT ", columns!("c."), " FROM customers c JOIN customer_issues i ON i.customer_id = c.id
        WHERE c.account_id = ?1 AND i.issue_id = ?2 ORDER BY c.last_seen_at DESC, c.n DESC"));
    BY_IDENTITY = "SELECT customer_id FROM identities WHERE account_id = ?1 AND kind = ?2 AND value = ?3";
    ADD_IDENTITY = "INSERT INTO identities (id, account_id, customer_id, kind, value) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (account_id, kind, value) DO NOTHING";
}

/// Reads a customer from the columns above.
pub(crate) fn read(row: &mut Columns<'_>) -> Result<Customer, DbError> {
    Ok(Customer {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        email: row.get()?,
        phone: row.get()?,
        external_id: row.get()?,
        profile_photo_url: row.get()?,
        company_id: row.get()?,
        host: row.get()?,
        pathname: row.get()?,
        current_url: row.get()?,
        browser: row.get()?,
        os: row.get()?,
        ip: row.get()?,
        time_zone: row.get()?,
        metadata: row.get()?,
        first_seen: row.get()?,
        last_seen_at: row.get()?,
        verified: row.get()?,
        merged_into: row.get()?,
        blocked_at: row.get()?,
        version: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new customer and makes it findable.
///
/// # Errors
/// When the account or company does not exist.
pub fn insert(unit: &mut Unit<'_>, customer: &Customer) -> Result<(), DbError> {
    let n = unit.one(
        &INSERT,
        &[
            &customer.id,
            &customer.account_id,
            &customer.name,
            &customer.email,
            &customer.phone,
            &customer.external_id,
            &customer.profile_photo_url,
            &customer.company_id,
            &customer.host,
            &customer.pathname,
            &customer.current_url,
            &customer.browser,
            &customer.os,
            &customer.ip,
            &customer.time_zone,
            &customer.metadata,
            &customer.first_seen,
            &customer.last_seen_at,
            &customer.verified,
            &customer.merged_into,
            &customer.blocked_at,
            &customer.version,
            &customer.created_at,
            &customer.updated_at,
        ],
        first::<i64>,
    )?;
    search::index_customer(unit, n.ok_or(DbError::Gone)?, customer)
}

/// Replaces a customer's fields.
///
/// # Errors
/// When the company does not exist.
pub fn update(unit: &mut Unit<'_>, customer: &Customer) -> Result<(), DbError> {
    let n = unit.one(
        &UPDATE,
        &[
            &customer.account_id,
            &customer.id,
            &customer.name,
            &customer.email,
            &customer.phone,
            &customer.external_id,
            &customer.profile_photo_url,
            &customer.company_id,
            &customer.host,
            &customer.pathname,
            &customer.current_url,
            &customer.browser,
            &customer.os,
            &customer.ip,
            &customer.time_zone,
            &customer.metadata,
            &customer.first_seen,
            &customer.last_seen_at,
            &customer.verified,
            &customer.merged_into,
            &customer.blocked_at,
            &customer.version,
            &customer.updated_at,
        ],
        first::<i64>,
    )?;
    match n {
        Some(n) => search::index_customer_again(unit, n, customer),
        None => Ok(()),
    }
}

/// How many conversations are deleted at a time.
const CONVERSATIONS: i64 = 100;

/// Deletes a customer with all conversations, which are no longer counted then.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: CustomerId) -> Result<u64, DbError> {
    loop {
        let some = conversations::of_customer(unit.conn(), account_id, id, CONVERSATIONS)?;
        if some.is_empty() {
            return unit.exec(&DELETE, &[&account_id, &id]);
        }
        some.iter()
            .try_for_each(|it| conversations::delete(unit, it))?;
    }
}

/// A customer of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Option<Customer>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The customer with this id, of whatever account: for visitors, whose id is their credential.
///
/// # Errors
/// When the database does not answer.
pub fn anywhere(conn: &mut dyn Conn, id: CustomerId) -> Result<Option<Customer>, DbError> {
    conn.one(&ANYWHERE, &[&id], read)
}

/// The customers with this external id, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn by_external_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    external_id: &str,
) -> Result<Vec<Customer>, DbError> {
    conn.all(&BY_EXTERNAL, &[&account_id, &external_id], read)
}

/// The customer whom a site signed for by this external id.
///
/// # Errors
/// When the database does not answer.
pub fn proven_by_external_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    external_id: &str,
) -> Result<Option<Customer>, DbError> {
    conn.one(&PROVEN_BY_EXTERNAL, &[&account_id, &external_id], read)
}

/// The customer whom a site signed for by this address alone. One with an external id was proven
/// by that, and its address is only what the page said.
///
/// # Errors
/// When the database does not answer.
pub fn proven_by_email(
    conn: &mut dyn Conn,
    account_id: AccountId,
    email: &str,
) -> Result<Option<Customer>, DbError> {
    conn.one(&PROVEN_BY_EMAIL, &[&account_id, &email], read)
}

/// The customers who wait for an issue, who was seen last first.
///
/// # Errors
/// When the database does not answer.
pub fn of_issue(
    conn: &mut dyn Conn,
    account_id: AccountId,
    issue_id: IssueId,
) -> Result<Vec<Customer>, DbError> {
    conn.all(&OF_ISSUE, &[&account_id, &issue_id], read)
}

/// The customer known by this address, number or name.
///
/// # Errors
/// When the database does not answer.
pub fn by_identity(
    conn: &mut dyn Conn,
    account_id: AccountId,
    kind: IdentityKind,
    value: &str,
) -> Result<Option<CustomerId>, DbError> {
    conn.one(&BY_IDENTITY, &[&account_id, &kind, &value], first)
}

/// Adds a way to recognise a customer, unless somebody already has it.
///
/// # Errors
/// When the customer does not exist.
pub fn add_identity(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    customer_id: CustomerId,
    kind: IdentityKind,
    value: &str,
) -> Result<(), DbError> {
    unit.exec(
        &ADD_IDENTITY,
        &[
            &IdentityId::random(),
            &account_id,
            &customer_id,
            &kind,
            &value,
        ],
    )?;
    Ok(())
}

/// These customers of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_ids(
    conn: &mut dyn Conn,
    account_id: AccountId,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, Customer>, DbError> {
    let found = BY_IDS.all(conn, &[&account_id], ids, read)?;
    Ok(found.into_iter().map(|it| (it.id, it)).collect())
}
