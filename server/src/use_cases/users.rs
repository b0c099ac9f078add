//! Adding users and changing what they may do. Whether somebody may do it to themselves is for
//! the caller to say: the wire has its own answers to that.

use crate::failure::Outcome;
use frontdesk_db::queries::{audit, events, sessions, users};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::account::User;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{
    Actor, Availability, EntityKind, EventDraft, EventKind, Refusal, Role, UserId, Visibility,
};

/// A user to be. The texts have been checked.
#[derive(Clone, PartialEq, Eq)]
pub struct NewUser {
    pub email: String,
    pub password_hash: String,
    pub role: Role,
    pub full_name: Option<String>,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("email", &self.email)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// The refusal to leave an account without anybody who could manage it.
pub const LAST_ADMIN: Refusal = Refusal::Conflict("the account needs an active admin");

/// The shortest password there may be, in characters.
pub const SHORTEST_PASSWORD: usize = 8;

/// Adds a user to the actor's account.
///
/// # Errors
/// When the actor may not, or the address is taken.
pub fn add(unit: &mut Unit<'_>, actor: &Actor, new: NewUser) -> Outcome<UserId> {
    allows(actor, Permission::ManageUsers)?;
    let user = User {
        id: UserId(0),
        account_id: actor.account_id,
        email: new.email,
        role: new.role,
        visibility: Visibility::All,
        availability: Availability::Online,
        full_name: new.full_name,
        display_name: None,
        profile_photo_url: None,
        disabled_at: None,
        archived_at: None,
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    let id = users::insert(unit, &user, &new.password_hash)?;
    let added = Changed {
        before: None,
        after: user.role.to_string(),
    };
    record(unit, actor, id, "user.added", Some(added))?;
    Ok(id)
}

/// Gives a user another role.
///
/// # Errors
/// When the actor may not, there is no such user, or nobody would be left to manage the account.
pub fn set_role(unit: &mut Unit<'_>, actor: &Actor, id: UserId, role: Role) -> Outcome<User> {
    let mut user = load(unit, actor, id)?;
    if user.role == role {
        return Ok(user);
    }
    if role != Role::Admin {
        keep_an_admin(unit, &user)?;
    }
    let change = Changed::new(&user.role, &role);
    user.role = role;
    store(unit, actor, user, "user.role", Some(change))
}

/// Takes a user's access away; they are signed out everywhere at once.
///
/// # Errors
/// As [`set_role`].
pub fn disable(unit: &mut Unit<'_>, actor: &Actor, id: UserId) -> Outcome<User> {
    let mut user = load(unit, actor, id)?;
    if user.disabled_at.is_some() {
        return Ok(user);
    }
    keep_an_admin(unit, &user)?;
    user.disabled_at = Some(unit.now());
    sessions::revoke_user(unit, id)?;
    store(unit, actor, user, "user.disabled", None)
}

/// Gives a disabled or archived user their access back.
///
/// # Errors
/// As [`set_role`].
pub fn enable(unit: &mut Unit<'_>, actor: &Actor, id: UserId) -> Outcome<User> {
    let mut user = load(unit, actor, id)?;
    if user.is_active() {
        return Ok(user);
    }
    user.disabled_at = None;
    user.archived_at = None;
    store(unit, actor, user, "user.enabled", None)
}

/// Takes a user off the team for good: no access, and out of the lists.
///
/// # Errors
/// As [`set_role`].
pub fn archive(unit: &mut Unit<'_>, actor: &Actor, id: UserId) -> Outcome<User> {
    let mut user = load(unit, actor, id)?;
    if user.archived_at.is_some() {
        return Ok(user);
    }
    keep_an_admin(unit, &user)?;
    user.archived_at = Some(unit.now());
    sessions::revoke_user(unit, id)?;
    store(unit, actor, user, "user.archived", None)
}

/// Replaces a user's password; they are signed out everywhere at once.
///
/// # Errors
/// When the actor may not, or there is no such user.
pub fn set_password(unit: &mut Unit<'_>, actor: &Actor, id: UserId, hash: &str) -> Outcome<()> {
    let user = load(unit, actor, id)?;
    users::set_password(unit, user.id, hash)?;
    sessions::revoke_user(unit, user.id)?;
    Ok(note(unit, actor, id, "user.password", None)?)
}

/// Changes which conversations a user sees.
///
/// # Errors
/// When the actor may not, or there is no such user.
pub fn set_visibility(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: UserId,
    visibility: Visibility,
) -> Outcome<User> {
    let mut user = load(unit, actor, id)?;
    if user.visibility == visibility {
        return Ok(user);
    }
    let change = Changed::new(&user.visibility, &visibility);
    user.visibility = visibility;
    store(unit, actor, user, "user.visibility", Some(change))
}

fn load(unit: &mut Unit<'_>, actor: &Actor, id: UserId) -> Outcome<User> {
    allows(actor, Permission::ManageUsers)?;
    let user = users::by_id(unit.conn(), actor.account_id, id)?;
    user.ok_or_else(|| Refusal::NotFound.into())
}

fn keep_an_admin(unit: &mut Unit<'_>, user: &User) -> Outcome<()> {
    let counts = |user: &User| user.role == Role::Admin && user.is_active();
    if !counts(user) {
        return Ok(());
    }
    let others = users::of_account(unit.conn(), user.account_id)?;
    if others
        .iter()
        .any(|other| other.id != user.id && counts(other))
    {
        Ok(())
    } else {
        Err(LAST_ADMIN.into())
    }
}

fn store(
    unit: &mut Unit<'_>,
    actor: &Actor,
    mut user: User,
    action: &str,
    changed: Option<Changed>,
) -> Outcome<User> {
    user.updated_at = unit.now();
    users::update(unit, &user)?;
    record(unit, actor, user.id, action, changed)?;
    Ok(user)
}

/// A value of a user and what it was before, for the audit log.
struct Changed {
    before: Option<String>,
    after: String,
}

impl Changed {
    fn new<T: ToString>(before: &T, after: &T) -> Self {
        Self {
            before: Some(before.to_string()),
            after: after.to_string(),
        }
    }
}

/// Tells everybody, and the audit log.
fn record(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: UserId,
    action: &str,
    changed: Option<Changed>,
) -> Result<(), DbError> {
    let draft = EventDraft::entity(EventKind::EntityChanged, EntityKind::User, &id);
    events::emit(unit, actor.account_id, actor.user_id(), draft)?;
    note(unit, actor, id, action, changed)
}

/// Tells the audit log.
fn note(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: UserId,
    action: &str,
    changed: Option<Changed>,
) -> Result<(), DbError> {
    let (before, after) = changed.map_or((None, None), |it| (it.before, Some(it.after)));
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject: format!("user:{id}"),
        detail: after.clone(),
        before,
        after,
    };
    audit::append(unit, actor, &entry)
}

/// An address as it is stored and looked up: without spaces around it and in lower case.
///
/// # Errors
/// When it is none.
pub fn email(text: &str) -> Result<String, Refusal> {
    let address = text.trim().to_lowercase();
    if address.is_empty() {
        return Err(Refusal::Invalid {
            field: "email",
            problem: "can't be blank",
        });
    }
    let is_address = address.len() <= 254
        && !address.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        && address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !host.contains('@')
        });
    if is_address {
        Ok(address)
    } else {
        Err(Refusal::Invalid {
            field: "email",
            problem: "has invalid format",
        })
    }
}

/// Whether a text may be a password.
///
/// # Errors
/// When it is too short, or too long to be worth hashing.
pub fn check_password(text: &str) -> Result<(), Refusal> {
    let problem = match text.chars().count() {
        0 => "can't be blank",
        length if length < SHORTEST_PASSWORD => "should be at least 8 character(s)",
        length if length > 4096 => "should be at most 4096 character(s)",
        _ => return Ok(()),
    };
    Err(Refusal::Invalid {
        field: "password",
        problem,
    })
}

#[cfg(test)]
mod tests;
