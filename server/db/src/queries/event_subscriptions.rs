//! Outgoing webhooks.

use crate::conn::{Args, Conn};
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::{AccountId, SubscriptionId};

macro_rules! columns {
    () => {
        "id, account_id, webhook_url, verified, scope, failures, failing_since, disabled_at, disabled_reason, \
            created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO event_subscriptions (id, account_id, webhook_url, verified, scope, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    UPDATE = "UPDATE event_subscriptions SET webhook_url = ?3, verified = ?4, scope = ?5, updated_at = ?6, failures = ?7,
        failing_since = ?8, disabled_at = ?9, disabled_reason = ?10
        WHERE account_id = ?1 AND id = ?2";
    STREAK = "UPDATE event_subscriptions SET failures = ?3, failing_since = ?4 WHERE account_id = ?1 AND id = ?2";
    DISABLE = "UPDATE event_subscriptions SET disabled_at = ?3, disabled_reason = ?4 WHERE account_id = ?1 AND id = ?2";
    SECRET = "SELECT secret FROM event_subscriptions WHERE account_id = ?1 AND id = ?2";
    SET_SECRET = "UPDATE event_subscriptions SET secret = ?3 WHERE account_id = ?1 AND id = ?2";
    ACTIVE = (concat!("SELECT ", columns!(), " FROM event_subscriptions
        WHERE account_id = ?1 AND verified = 1 AND disabled_at IS NULL"));
    DELETE = "DELETE FROM event_subscriptions WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM event_subscriptions WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM event_subscriptions WHERE account_id = ?1 ORDER BY created_at, id"));
}

fn read(row: &mut Columns<'_>) -> Result<Subscription, DbError> {
    Ok(Subscription {
        id: row.get()?,
        account_id: row.get()?,
        webhook_url: row.get()?,
        verified: row.get()?,
        scope: row.get()?,
        failures: row.get()?,
        failing_since: row.get()?,
        disabled_at: row.get()?,
        disabled_reason: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new subscription.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Subscription) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.webhook_url,
            &it.verified,
            &it.scope,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a subscription's fields and says how many rows that were: none when the account has
/// no such subscription.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Subscription) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.webhook_url,
            &it.verified,
            &it.scope,
            &it.updated_at,
            &it.failures,
            &it.failing_since,
            &it.disabled_at,
            &it.disabled_reason,
        ],
    )
}

/// Keeps how many calls have failed in a row.
///
/// # Errors
/// When the database refuses it.
pub fn set_streak(unit: &mut Unit<'_>, it: &Subscription) -> Result<(), DbError> {
    let args: Args<'_> = &[&it.account_id, &it.id, &it.failures, &it.failing_since];
    unit.exec(&STREAK, args).map(|_| ())
}

/// Switches a subscription off.
///
/// # Errors
/// When the database refuses it.
pub fn disable(unit: &mut Unit<'_>, it: &Subscription, why: &str) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(&DISABLE, &[&it.account_id, &it.id, &now, &why])
        .map(|_| ())
}

/// What a subscription's calls are signed with, as it is kept.
///
/// # Errors
/// When the database does not answer.
pub fn secret(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: SubscriptionId,
) -> Result<Option<Vec<u8>>, DbError> {
    let found = conn.one(&SECRET, &[&account_id, &id], first::<Option<Vec<u8>>>)?;
    Ok(found.flatten())
}

/// Replaces what a subscription's calls are signed with.
///
/// # Errors
/// When the database refuses it.
pub fn set_secret(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: SubscriptionId,
    secret: &[u8],
) -> Result<(), DbError> {
    unit.exec(&SET_SECRET, &[&account_id, &id, &secret])
        .map(|_| ())
}

/// The subscriptions of the account that are told of what happens.
///
/// # Errors
/// When the database does not answer.
pub fn active(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Subscription>, DbError> {
    conn.all(&ACTIVE, &[&account_id], read)
}

/// Deletes a subscription and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: SubscriptionId,
) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A subscription of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All subscriptions of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Vec<Subscription>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}
