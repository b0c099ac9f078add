//! Users' notification settings.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::settings::UserSettings;
use frontdesk_domain::{AccountId, UserId};

macro_rules! columns {
    () => {
        "id, user_id, email_alert_on_new_message, email_alert_on_new_conversation, expo_push_token, signature"
    };
}

statements! {
    BY_USER = (concat!("SELECT ", columns!(), " FROM user_settings
        WHERE user_id IN (SELECT id FROM users WHERE account_id = ?1 AND id = ?2)"));
    /// The id stays what it was first.
    UPSERT = "INSERT INTO user_settings (id, user_id, email_alert_on_new_message, email_alert_on_new_conversation, expo_push_token,
        signature) SELECT ?2, id, ?4, ?5, ?6, ?7 FROM users WHERE account_id = ?1 AND id = ?3
        ON CONFLICT (user_id) DO UPDATE SET email_alert_on_new_message = excluded.email_alert_on_new_message,
        email_alert_on_new_conversation = excluded.email_alert_on_new_conversation,
        expo_push_token = excluded.expo_push_token, signature = excluded.signature";
}

fn read(row: &mut Columns<'_>) -> Result<UserSettings, DbError> {
    Ok(UserSettings {
        id: row.get()?,
        user_id: row.get()?,
        email_alert_on_new_message: row.get()?,
        email_alert_on_new_conversation: row.get()?,
        expo_push_token: row.get()?,
        signature: row.get()?,
    })
}

/// What a user chose; `None` when that was nothing yet.
///
/// # Errors
/// When the database does not answer.
pub fn by_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<Option<UserSettings>, DbError> {
    conn.one(&BY_USER, &[&account_id, &user_id], read)
}

/// Keeps what a user chose, in place of what was chosen before.
///
/// # Errors
/// When the account has no such user.
pub fn upsert(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    it: &UserSettings,
) -> Result<(), DbError> {
    found(unit.exec(
        &UPSERT,
        &[
            &account_id,
            &it.id,
            &it.user_id,
            &it.email_alert_on_new_message,
            &it.email_alert_on_new_conversation,
            &it.expo_push_token,
            &it.signature,
        ],
    )?)
}
