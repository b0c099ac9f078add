//! Issues, and the customers who wait for them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::issue::Issue;
use frontdesk_domain::{AccountId, CustomerId, IssueId};

macro_rules! columns {
    () => {
        "id, account_id, title, body, state, github_issue_url, creator_id, assignee_id, closed_at, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO issues (id, account_id, title, body, state, github_issue_url, creator_id, assignee_id, closed_at, created_at,
        updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    UPDATE = "UPDATE issues SET title = ?3, body = ?4, state = ?5, github_issue_url = ?6, assignee_id = ?7, closed_at = ?8, updated_at = ?9
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM issues WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM issues WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM issues WHERE account_id = ?1 ORDER BY created_at, id"));
    OF_CUSTOMER = (concat!("SELECT ", columns!(), " FROM issues WHERE account_id = ?1
        AND id IN (SELECT issue_id FROM customer_issues WHERE customer_id = ?2) ORDER BY created_at, id"));
    /// The update that changes nothing makes a repeated row count as found.
    ATTACH = "INSERT INTO customer_issues (customer_id, issue_id) SELECT c.id, i.id FROM customers c, issues i
        WHERE c.account_id = ?1 AND c.id = ?2 AND i.account_id = ?1 AND i.id = ?3
        ON CONFLICT (customer_id, issue_id) DO UPDATE SET issue_id = excluded.issue_id";
    DETACH = "DELETE FROM customer_issues WHERE customer_id = ?2 AND issue_id = ?3
        AND issue_id IN (SELECT id FROM issues WHERE account_id = ?1)";
}

fn read(row: &mut Columns<'_>) -> Result<Issue, DbError> {
    Ok(Issue {
        id: row.get()?,
        account_id: row.get()?,
        title: row.get()?,
        body: row.get()?,
        state: row.get()?,
        github_issue_url: row.get()?,
        creator_id: row.get()?,
        assignee_id: row.get()?,
        closed_at: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new issue.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Issue) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.title,
            &it.body,
            &it.state,
            &it.github_issue_url,
            &it.creator_id,
            &it.assignee_id,
            &it.closed_at,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces an issue's fields and says how many rows that were: none when the account has
/// no such issue.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Issue) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.title,
            &it.body,
            &it.state,
            &it.github_issue_url,
            &it.assignee_id,
            &it.closed_at,
            &it.updated_at,
        ],
    )
}

/// Deletes an issue and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: IssueId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// An issue of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: IssueId,
) -> Result<Option<Issue>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All issues of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Issue>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// The issues a customer waits for.
///
/// # Errors
/// When the database does not answer.
pub fn of_customer(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<Vec<Issue>, DbError> {
    conn.all(&OF_CUSTOMER, &[&account_id, &id], read)
}

/// Notes that a customer waits for an issue; again is the same. Who waits for it is in
/// [`super::customers::of_issue`].
///
/// # Errors
/// When the account does not have both.
pub fn attach_to_customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    customer_id: CustomerId,
    issue_id: IssueId,
) -> Result<(), DbError> {
    found(unit.exec(&ATTACH, &[&account_id, &customer_id, &issue_id])?)
}

/// Notes that a customer no longer waits for an issue and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn detach_from_customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    customer_id: CustomerId,
    issue_id: IssueId,
) -> Result<u64, DbError> {
    unit.exec(&DETACH, &[&account_id, &customer_id, &issue_id])
}
