//! Personal API keys: made for a user, shown once, revoked for good.

use crate::failure::Outcome;
use crate::secret::Token;
use frontdesk_db::queries::{api_keys, audit, users};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::key::ApiKey;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, ApiKeyId, KeyScope, Refusal, Timestamp, UserId};

/// A key to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    pub user_id: UserId,
    pub label: String,
    pub scope: KeyScope,
    /// Without one the key is good until it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// Makes a key. The token is the only copy there will ever be.
///
/// # Errors
/// When the actor may not, the label is empty, or there is no such user.
pub fn create(unit: &mut Unit<'_>, actor: &Actor, new: &NewKey) -> Outcome<(ApiKey, Token)> {
    may_manage(actor, new.user_id)?;
    let label = new.label.trim().to_owned();
    check_label(&label)?;
    if users::by_id(unit.conn(), actor.account_id, new.user_id)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let token = Token::random();
    let key = ApiKey {
        id: ApiKeyId::random(),
        account_id: actor.account_id,
        user_id: new.user_id,
        label,
        scope: new.scope,
        hint: hint(&token),
        expires_at: new.expires_at,
        last_used_at: None,
        created_at: unit.now(),
    };
    api_keys::insert(unit, &key, &token.hash())?;
    record(
        unit,
        actor,
        key.id,
        "key.created",
        Some(format!("user:{} {}", key.user_id, key.scope)),
    )?;
    Ok((key, token))
}

/// A key that the actor may manage; one of somebody else is as good as none for the rest.
///
/// # Errors
/// When there is no such key.
pub fn load(conn: &mut dyn Conn, actor: &Actor, id: ApiKeyId) -> Outcome<ApiKey> {
    let key = api_keys::by_id(conn, actor.account_id, id)?;
    let managed = key.filter(|key| may_manage(actor, key.user_id).is_ok());
    Ok(managed.ok_or(Refusal::NotFound)?)
}

/// A user's keys.
///
/// # Errors
/// When the actor may not see them.
pub fn of_user(conn: &mut dyn Conn, actor: &Actor, owner: UserId) -> Outcome<Vec<ApiKey>> {
    may_manage(actor, owner)?;
    Ok(api_keys::of_user(conn, actor.account_id, owner)?)
}

/// Revokes a key.
///
/// # Errors
/// When there is no such key that the actor may manage.
pub fn revoke(unit: &mut Unit<'_>, actor: &Actor, id: ApiKeyId) -> Outcome<()> {
    let key = load(unit.conn(), actor, id)?;
    api_keys::delete(unit, actor.account_id, key.user_id, id)?;
    Ok(record(unit, actor, id, "key.revoked", None)?)
}

fn check_label(label: &str) -> Result<(), Refusal> {
    let problem = match label.chars().count() {
        0 => "can't be blank",
        1..=255 => return Ok(()),
        _ => "should be at most 255 character(s)",
    };
    Err(Refusal::Invalid {
        field: "label",
        problem,
    })
}

/// One's own keys need less than other people's.
fn may_manage(actor: &Actor, owner: UserId) -> Result<(), Refusal> {
    let is_own = actor.user_id() == Some(owner);
    allows(
        actor,
        if is_own {
            Permission::ManageOwnKeys
        } else {
            Permission::ManageKeys
        },
    )
}

/// The last letters, by which people tell their keys apart.
fn hint(token: &Token) -> String {
    let text = token.reveal();
    text[text.len().saturating_sub(4)..].to_owned()
}

fn record(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ApiKeyId,
    action: &str,
    detail: Option<String>,
) -> Result<(), DbError> {
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject: format!("key:{id}"),
        detail,
        ..AuditEntry::default()
    };
    audit::append(unit, actor, &entry)
}
