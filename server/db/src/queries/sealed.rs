//! The columns that hold sealed secrets, as upgrading and rotating the key go through them. What
//! is in them is opaque here: the first bytes of a value say under which key it was sealed.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::{Sql, statements};
use crate::unit::Unit;
use frontdesk_domain::AccountId;
use uuid::Uuid;

statements! {
    INBOX_STALE = "SELECT account_id, id, identity_secret FROM inboxes
        WHERE identity_secret IS NOT NULL AND substr(identity_secret, 1, 9) <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    WEBHOOK_STALE = "SELECT account_id, id, secret FROM event_subscriptions
        WHERE secret IS NOT NULL AND substr(secret, 1, 9) <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    CONNECTION_STALE = "SELECT account_id, id, secrets FROM connections
        WHERE secrets IS NOT NULL AND substr(secrets, 1, 9) <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    FACTOR_STALE = "SELECT account_id, id, secret FROM second_factors
        WHERE substr(secret, 1, 9) <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    PUSH_STALE = "SELECT account_id, id, token FROM notification_settings
        WHERE token IS NOT NULL AND substr(token, 1, 9) <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    FACTOR_REPLACE = "UPDATE second_factors SET secret = ?4 WHERE account_id = ?1 AND id = ?2 AND secret = ?3";
    PUSH_REPLACE = "UPDATE notification_settings SET token = ?4 WHERE account_id = ?1 AND id = ?2 AND token = ?3";
    CONNECTION_REPLACE = "UPDATE connections SET secrets = ?4 WHERE account_id = ?1 AND id = ?2 AND secrets = ?3";
    WEBHOOK_REPLACE = "UPDATE event_subscriptions SET secret = ?4 WHERE account_id = ?1 AND id = ?2 AND secret = ?3";
    INBOX_REPLACE = "UPDATE inboxes SET identity_secret = ?4 WHERE account_id = ?1 AND id = ?2 AND identity_secret = ?3";
}

/// A column whose values are sealed. Its name is part of what each value is bound to.
#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    stale: &'static Sql,
    replace: &'static Sql,
}

/// The secrets with which sites sign their visitors' identities.
pub static IDENTITY_SECRET: Column = Column {
    name: "inboxes.identity_secret",
    stale: &INBOX_STALE,
    replace: &INBOX_REPLACE,
};

/// What the calls of webhooks are signed with.
pub static WEBHOOK_SECRET: Column = Column {
    name: "event_subscriptions.secret",
    stale: &WEBHOOK_STALE,
    replace: &WEBHOOK_REPLACE,
};

/// What connections sign in with.
pub static CONNECTION_SECRETS: Column = Column {
    name: "connections.secrets",
    stale: &CONNECTION_STALE,
    replace: &CONNECTION_REPLACE,
};

/// What the codes of second factors are made from.
pub static SECOND_FACTOR: Column = Column {
    name: "second_factors.secret",
    stale: &FACTOR_STALE,
    replace: &FACTOR_REPLACE,
};

/// What push services want to see.
pub static PUSH_TOKEN: Column = Column {
    name: "notification_settings.token",
    stale: &PUSH_STALE,
    replace: &PUSH_REPLACE,
};

/// Every sealed column there is.
pub static COLUMNS: &[&Column] = &[
    &IDENTITY_SECRET,
    &WEBHOOK_SECRET,
    &CONNECTION_SECRETS,
    &SECOND_FACTOR,
    &PUSH_TOKEN,
];

/// A value as it is stored, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub account_id: AccountId,
    pub row: Uuid,
    pub value: Vec<u8>,
}

/// Some values of the column that do not begin with `prefix`, from after the row `after` on.
///
/// # Errors
/// When the database does not answer.
pub fn stale(
    conn: &mut dyn Conn,
    column: &Column,
    prefix: &[u8],
    after: Uuid,
    limit: i64,
) -> Result<Vec<Stored>, DbError> {
    conn.all(column.stale, &[&prefix, &after, &limit], |row| {
        Ok(Stored {
            account_id: row.get()?,
            row: row.get()?,
            value: row.get()?,
        })
    })
}

/// Puts another value in place of a known one, unless somebody was faster.
///
/// # Errors
/// When the database refuses it.
pub fn replace(
    unit: &mut Unit<'_>,
    column: &Column,
    stored: &Stored,
    value: &[u8],
) -> Result<(), DbError> {
    unit.exec(
        column.replace,
        &[&stored.account_id, &stored.row, &stored.value, &value],
    )?;
    Ok(())
}
