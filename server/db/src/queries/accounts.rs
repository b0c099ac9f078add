//! Accounts and the numbers they give out.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::account::{Account, WorkingHours};
use frontdesk_domain::{AccountId, EventSeq};
use serde::{Deserialize, Serialize};

statements! {
    INSERT = "INSERT INTO accounts (id, company_name, company_logo_url, time_zone, plan, settings,
        working_hours, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    INSERT_COUNTERS = "INSERT INTO account_counters (account_id, last_seq, oldest_seq, last_number)
        VALUES (?1, 0, 1, 0)";
    UPDATE = "UPDATE accounts SET company_name = ?2, company_logo_url = ?3, time_zone = ?4, plan = ?5,
        settings = ?6, working_hours = ?7, updated_at = ?8 WHERE id = ?1";
    BY_ID = "SELECT id, company_name, company_logo_url, time_zone, plan, settings, working_hours,
        created_at, updated_at FROM accounts WHERE id = ?1";
    IDS = "SELECT id FROM accounts ORDER BY created_at, id";
    ANY = "SELECT COUNT(*) FROM (SELECT id FROM accounts LIMIT 1) AS some_account";
    TAKE_NUMBERS = "UPDATE account_counters SET last_number = last_number + ?2 WHERE account_id = ?1
        RETURNING last_number";
    SET_OLDEST = "UPDATE account_counters SET oldest_seq = ?2 WHERE account_id = ?1 AND oldest_seq < ?2";
    ALL_SEQS = "SELECT account_id, last_seq FROM account_counters";
    SEQS = "SELECT last_seq, oldest_seq FROM account_counters WHERE account_id = ?1";
}

/// A line of the working hours as it is kept.
#[derive(Serialize, Deserialize)]
struct Hours {
    day: String,
    start_minute: i64,
    end_minute: i64,
}

fn hours_text(hours: &[WorkingHours]) -> String {
    let kept: Vec<Hours> = hours
        .iter()
        .map(|line| Hours {
            day: line.day.clone(),
            start_minute: line.start_minute,
            end_minute: line.end_minute,
        })
        .collect();
    serde_json::to_string(&kept).unwrap_or_else(|_| "[]".to_owned())
}

fn read(row: &mut Columns<'_>) -> Result<Account, DbError> {
    Ok(Account {
        id: row.get()?,
        company_name: row.get()?,
        company_logo_url: row.get()?,
        time_zone: row.get()?,
        plan: row.get()?,
        settings: row.get()?,
        working_hours: serde_json::from_str::<Vec<Hours>>(&row.get::<String>()?)
            .map_err(|_| DbError::Column {
                index: 6,
                wanted: "list of working hours",
            })?
            .into_iter()
            .map(|line| WorkingHours {
                day: line.day,
                start_minute: line.start_minute,
                end_minute: line.end_minute,
            })
            .collect(),
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new account and its counters.
///
/// # Errors
/// When the database refuses it.
pub fn insert(unit: &mut Unit<'_>, account: &Account) -> Result<(), DbError> {
    let hours = hours_text(&account.working_hours);
    unit.exec(
        &INSERT,
        &[
            &account.id,
            &account.company_name,
            &account.company_logo_url,
            &account.time_zone,
            &account.plan,
            &account.settings,
            &hours,
            &account.created_at,
            &account.updated_at,
        ],
    )?;
    unit.exec(&INSERT_COUNTERS, &[&account.id])?;
    Ok(())
}

/// Replaces an account's fields.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, account: &Account) -> Result<(), DbError> {
    let hours = hours_text(&account.working_hours);
    unit.exec(
        &UPDATE,
        &[
            &account.id,
            &account.company_name,
            &account.company_logo_url,
            &account.time_zone,
            &account.plan,
            &account.settings,
            &hours,
            &account.updated_at,
        ],
    )?;
    Ok(())
}

/// The account with this id.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(conn: &mut dyn Conn, id: AccountId) -> Result<Option<Account>, DbError> {
    conn.one(&BY_ID, &[&id], read)
}

/// All accounts, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn ids(conn: &mut dyn Conn) -> Result<Vec<AccountId>, DbError> {
    conn.all(&IDS, &[], first)
}

/// Whether there is any account yet.
///
/// # Errors
/// When the database does not answer.
pub fn any(conn: &mut dyn Conn) -> Result<bool, DbError> {
    Ok(conn.count(&ANY, &[])? > 0)
}

/// Takes the account's next `count` conversation numbers and says the first of them.
///
/// # Errors
/// When there is no such account.
pub(crate) fn take_numbers(unit: &mut Unit<'_>, id: AccountId, count: i64) -> Result<i64, DbError> {
    let last = unit.one(&TAKE_NUMBERS, &[&id, &count], first::<i64>)?;
    last.map(|last| last - count + 1).ok_or(DbError::Dangling)
}

/// Every account's newest event number.
///
/// # Errors
/// When the database does not answer.
pub fn all_seqs(conn: &mut dyn Conn) -> Result<Vec<(AccountId, EventSeq)>, DbError> {
    conn.all(&ALL_SEQS, &[], |row| Ok((row.get()?, row.get()?)))
}

/// The account's newest event number and the oldest that is still kept, as they were committed:
/// a unit asks for [`Unit::newest_seq`], which counts what units before it in the same commit took.
///
/// # Errors
/// When there is no such account.
pub fn seqs(conn: &mut dyn Conn, id: AccountId) -> Result<(EventSeq, EventSeq), DbError> {
    conn.one(&SEQS, &[&id], |row| Ok((row.get()?, row.get()?)))?
        .ok_or(DbError::Dangling)
}

/// Says that the account's events before `oldest` are no longer kept.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn set_oldest(
    unit: &mut Unit<'_>,
    id: AccountId,
    oldest: EventSeq,
) -> Result<(), DbError> {
    unit.exec(&SET_OLDEST, &[&id, &oldest])?;
    Ok(())
}
