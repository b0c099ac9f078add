//! Signed-in devices: opened, renewed once per token, ended. Whoever changed the password signs
//! in anew everywhere.

use crate::config::Sessions;
use crate::failure::Outcome;
use crate::secret::Token;
use crate::use_cases::record;
use crate::use_cases::second_factor;
use crate::use_cases::users::set_password;
use frontdesk_db::queries::sessions::{self, Session, TokenHash};
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::{Actor, Refusal, SessionId, Timestamp};
use std::net::IpAddr;
use std::time::Duration;

/// The two tokens of a session, as their owner gets them.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) access: Token,
    pub(crate) renew: Token,
}

/// Opens a session.
pub(crate) fn open(unit: &mut Unit<'_>, user: &User, lives: &Sessions) -> Result<Pair, DbError> {
    pair(unit, user, lives, None)
}

/// What became of a renew token.
#[derive(Debug)]
pub(crate) enum Renewal {
    Renewed {
        user: Box<User>,
        pair: Pair,
    },
    /// The user may not sign in any more.
    Disabled,
    /// It was used before: somebody has a copy, so the session has ended for every holder.
    Reused(SessionId),
    Unknown,
}

/// Trades a renew token for a new pair. The old access token stays good until its own end.
pub(crate) fn renew(
    unit: &mut Unit<'_>,
    hash: &TokenHash,
    lives: &Sessions,
) -> Result<Renewal, DbError> {
    let Some(known) = sessions::by_renew(unit, hash)? else {
        return Ok(Renewal::Unknown);
    };
    if known.renewed_at.is_some() || !sessions::use_renew(unit, known.id)? {
        sessions::revoke_family(unit, known.family)?;
        return Ok(Renewal::Reused(known.family));
    }
    match queries::users::by_id(unit.conn(), known.account_id, known.user_id)? {
        None => Ok(Renewal::Unknown),
        Some(user) if !user.is_active() => Ok(Renewal::Disabled),
        Some(user) if second_factor::is_missing(unit.conn(), &user)? => Ok(Renewal::Unknown),
        Some(user) => {
            let pair = pair(unit, &user, lives, Some(known.family))?;
            Ok(Renewal::Renewed {
                user: Box::new(user),
                pair,
            })
        }
    }
}

/// Ends one of the actor's own sessions.
pub(crate) fn end(unit: &mut Unit<'_>, actor: &Actor, family: SessionId) -> Outcome<()> {
    let user_id = actor.user_id().ok_or(Refusal::NotFound)?;
    if sessions::revoke_own(unit, user_id, family)? == 0 {
        return Err(Refusal::NotFound.into());
    }
    Ok(())
}

/// Uses a password reset up, and says whose it was; `None` when it is none that can be used.
pub(crate) fn reset_password(
    unit: &mut Unit<'_>,
    token: &TokenHash,
    password_hash: &str,
) -> Outcome<Option<User>> {
    let Some(id) = sessions::use_reset(unit, token)? else {
        return Ok(None);
    };
    let found = queries::users::anywhere(unit.conn(), id)?;
    let Some(user) = found.filter(User::is_active) else {
        return Ok(None);
    };
    let actor = Actor::system(user.account_id);
    set_password(unit, &actor, user.id, password_hash)?;
    sessions::void_resets(unit, user.id)?;
    Ok(Some(user))
}

/// Notes that attempts to sign in as somebody have to wait; nothing where nobody has the address.
pub(crate) fn locked_out(
    unit: &mut Unit<'_>,
    email: &str,
    from: Option<IpAddr>,
) -> Result<(), DbError> {
    let Some((user, _)) = queries::users::by_email(unit.conn(), email)? else {
        return Ok(());
    };
    tracing::warn!(user = %user.id, "attempts to sign in have to wait");
    let actor = Actor {
        from,
        ..Actor::system(user.account_id)
    };
    let subject = format!("user:{}", user.id);
    record::audited(unit, &actor, "user.locked_out", subject, None)
}

/// Makes and stores a pair of tokens, for a new session or for one that goes on.
fn pair(
    unit: &mut Unit<'_>,
    user: &User,
    lives: &Sessions,
    family: Option<SessionId>,
) -> Result<Pair, DbError> {
    let (access, renew) = (Token::random(), Token::random());
    let (id, now) = (SessionId::random(), unit.now());
    let session = Session {
        id,
        family: family.unwrap_or(id),
        user_id: user.id,
        account_id: user.account_id,
        access_hash: access.hash(),
        access_expires_at: after(now, lives.access),
        renew_hash: renew.hash(),
        renew_expires_at: after(now, lives.renew),
        created_at: now,
    };
    sessions::insert(unit, &session)?;
    Ok(Pair { access, renew })
}

fn after(now: Timestamp, life: Duration) -> Timestamp {
    now.plus_seconds(i64::try_from(life.as_secs()).unwrap_or(i64::MAX))
}
