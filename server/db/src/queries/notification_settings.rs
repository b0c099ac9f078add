//! How users are told outside the program.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::notify::{Hours, Notify};
use frontdesk_domain::{AccountId, UserId};

macro_rules! columns {
    () => {
        "id, user_id, account_id, service, url, token, on_assigned, on_mentioned, on_unassigned, with_text, quiet_from, \
            quiet_until, time_zone, updated_at"
    };
}

statements! {
    BY_USER = (concat!("SELECT ", columns!(), " FROM notification_settings WHERE account_id = ?1 AND user_id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM notification_settings WHERE account_id = ?1 ORDER BY user_id"));
    UPSERT = "INSERT INTO notification_settings (id, user_id, account_id, service, url, token, on_assigned, on_mentioned,
            on_unassigned, with_text, quiet_from, quiet_until, time_zone, updated_at)
        SELECT ?14, id, account_id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM users WHERE account_id = ?1 AND id = ?2
        ON CONFLICT (user_id) DO UPDATE SET service = excluded.service, url = excluded.url, token = excluded.token,
            on_assigned = excluded.on_assigned, on_mentioned = excluded.on_mentioned,
            on_unassigned = excluded.on_unassigned, with_text = excluded.with_text, quiet_from = excluded.quiet_from,
            quiet_until = excluded.quiet_until, time_zone = excluded.time_zone, updated_at = excluded.updated_at";
    DELETE = "DELETE FROM notification_settings WHERE account_id = ?1 AND user_id = ?2";
}

fn read(row: &mut Columns<'_>) -> Result<Notify, DbError> {
    let id = row.get()?;
    let (user_id, account_id, service, url) = (row.get()?, row.get()?, row.get()?, row.get()?);
    let token = row.get()?;
    let (on_assigned, on_mentioned, on_unassigned) = (row.get()?, row.get()?, row.get()?);
    let with_text = row.get()?;
    let (from, until) = (row.get::<Option<i64>>()?, row.get::<Option<i64>>()?);
    Ok(Notify {
        id,
        user_id,
        account_id,
        service,
        url,
        token,
        on_assigned,
        on_mentioned,
        on_unassigned,
        with_text,
        quiet: from.zip(until).map(|(from, until)| Hours { from, until }),
        time_zone: row.get()?,
        updated_at: row.get()?,
    })
}

/// What a user chose, where that was anything.
///
/// # Errors
/// When the database does not answer.
pub fn by_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<Option<Notify>, DbError> {
    conn.one(&BY_USER, &[&account_id, &user_id], read)
}

/// What the users of an account chose.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Notify>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// Keeps what a user chose. The id stays the one of the first time.
///
/// # Errors
/// When the account has no such user.
pub fn upsert(unit: &mut Unit<'_>, it: &Notify) -> Result<(), DbError> {
    let quiet = (it.quiet.map(|it| it.from), it.quiet.map(|it| it.until));
    let rows = unit.exec(
        &UPSERT,
        &[
            &it.account_id,
            &it.user_id,
            &it.service,
            &it.url,
            &it.token,
            &it.on_assigned,
            &it.on_mentioned,
            &it.on_unassigned,
            &it.with_text,
            &quiet.0,
            &quiet.1,
            &it.time_zone,
            &it.updated_at,
            &it.id,
        ],
    )?;
    found(rows)
}

/// Forgets what a user chose.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, user_id: UserId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &user_id])
}
