//! The second factor: set up, asked for, given up. A code is good once, and so is each recovery
//! code. Who guesses is held up by `limits`, which the handlers ask first.

use crate::authenticator::{self, Enrolment, Typed};
use crate::config::Sessions;
use crate::failure::{Failure, Outcome};
use crate::secret::Token;
use crate::use_cases::record;
use crate::use_cases::sessions::{self, Pair};
use crate::vault::{Home, Vault};
use frontdesk_db::queries::sealed::SECOND_FACTOR;
use frontdesk_db::queries::second_factors::{self as rows, SecondFactor};
use frontdesk_db::queries::{accounts, users};
use frontdesk_db::{Conn, DbError, Unit, queries};
use frontdesk_domain::account::User;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{AccountId, Actor, Refusal, UserId};
use std::net::IpAddr;
use uuid::Uuid;

/// What a right password led to.
#[derive(Debug)]
pub(crate) enum Entry {
    Done {
        pair: Pair,
        /// Shown this once, to somebody who has just set the second factor up.
        recovery_codes: Vec<Token>,
    },
    Wanted(Wanted),
}

/// What is wanted beside the password.
#[derive(Debug)]
pub(crate) enum Wanted {
    Code,
    /// The one that came is wrong or was used.
    AnotherCode,
    /// The account requires a second factor: the app is to be set up, and its code sent.
    Enrolment(Enrolment),
}

/// The refusal of a code outside of signing in.
const WRONG_CODE: Refusal = Refusal::Invalid {
    field: "code",
    problem: "is wrong or was used already",
};

const NONE_YET: Refusal = Refusal::Conflict("You have no second factor. Set one up first.");

const HAS_ONE: Refusal =
    Refusal::Conflict("You have a second factor already. Give it up before you set up another.");

const IS_REQUIRED: Refusal =
    Refusal::Conflict("Your company requires a second factor of everybody.");

/// How a user stands, for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) is_on: bool,
    pub(crate) is_required: bool,
    pub(crate) codes_left: i64,
}

/// Signs somebody in whose password was right.
pub(crate) fn sign_in(
    unit: &mut Unit<'_>,
    vault: &Vault,
    user: &User,
    code: Option<&str>,
    lives: &Sessions,
    from: Option<IpAddr>,
) -> Outcome<Entry> {
    let actor = Actor {
        from,
        ..Actor::system(user.account_id)
    };
    let known = rows::of_user(unit.conn(), user.account_id, user.id)?;
    let is_on = known.as_ref().is_some_and(|it| it.confirmed_at.is_some());
    let required = rows::is_required(unit.conn(), user.account_id)?;
    let recovery_codes = match (known, code) {
        (Some(_), None) if is_on => return Ok(Entry::Wanted(Wanted::Code)),
        (Some(known), Some(code)) if is_on => {
            if !accepts(unit, &actor, vault, &known, code)? {
                return Ok(Entry::Wanted(Wanted::AnotherCode));
            }
            Vec::new()
        }
        _ if !required => Vec::new(),
        (Some(known), Some(code)) => {
            if !shows_app(unit, vault, &known, code)? {
                return Ok(Entry::Wanted(Wanted::AnotherCode));
            }
            switch_on(unit, &actor, &known)?
        }
        _ => {
            let enrolment = begin(unit, vault, user)?;
            return Ok(Entry::Wanted(Wanted::Enrolment(enrolment)));
        }
    };
    Ok(Entry::Done {
        pair: sessions::open(unit, user, lives)?,
        recovery_codes,
    })
}

/// Begins to set the second factor up; nothing is asked for before a code was shown.
pub(crate) fn begin(unit: &mut Unit<'_>, vault: &Vault, user: &User) -> Outcome<Enrolment> {
    let (id, seed) = (Uuid::new_v4(), authenticator::new_seed());
    let sealed = vault.seal(&home(user.account_id, id), &seed);
    if !rows::begin(unit, user.account_id, user.id, id, &sealed)? {
        return Err(HAS_ONE.into());
    }
    let account = accounts::by_id(unit.conn(), user.account_id)?.ok_or(Refusal::NotFound)?;
    authenticator::enrolment(&seed, &account.company_name, &user.email)
        .map_err(|_| Failure::Refused(Refusal::invalid("email")))
}

/// Ends the setting up with the first code; the recovery codes are shown this once.
pub(crate) fn confirm(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    code: &str,
) -> Outcome<Vec<Token>> {
    let known = own(unit.conn(), actor)?.ok_or(NONE_YET)?;
    if known.confirmed_at.is_some() {
        return Err(HAS_ONE.into());
    }
    if !shows_app(unit, vault, &known, code)? {
        return Err(WRONG_CODE.into());
    }
    switch_on(unit, actor, &known)
}

/// Gives the second factor up.
pub(crate) fn give_up(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    code: &str,
) -> Outcome<()> {
    let known = prove(unit, actor, vault, code)?;
    if rows::is_required(unit.conn(), actor.account_id)? {
        return Err(IS_REQUIRED.into());
    }
    rows::forget(unit, known.account_id, known.user_id)?;
    Ok(note(unit, actor, known.user_id, "user.second_factor_off")?)
}

/// Makes new recovery codes; the old ones are void.
pub(crate) fn renew_codes(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    code: &str,
) -> Outcome<Vec<Token>> {
    let known = prove(unit, actor, vault, code)?;
    note(unit, actor, known.user_id, "user.recovery_codes")?;
    Ok(fresh_codes(unit, &known)?)
}

/// Forgets the second factor of somebody who has lost it, and ends the sessions. Where there is
/// none nothing happens.
pub(crate) fn reset(unit: &mut Unit<'_>, actor: &Actor, id: UserId) -> Outcome<()> {
    allows(actor, Permission::ManageUsers)?;
    let user = users::by_id(unit.conn(), actor.account_id, id)?.ok_or(Refusal::NotFound)?;
    if rows::forget(unit, user.account_id, user.id)? {
        queries::sessions::revoke_user(unit, user.id)?;
        note(unit, actor, user.id, "user.second_factor_reset")?;
    }
    Ok(())
}

/// Whether everybody in the account is to have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Required,
    Optional,
}

/// Sets the rule, and says whose sessions end because they have none.
pub(crate) fn set_rule(unit: &mut Unit<'_>, actor: &Actor, rule: Rule) -> Outcome<Vec<UserId>> {
    allows(actor, Permission::ManageUsers)?;
    let required = rule == Rule::Required;
    if rows::is_required(unit.conn(), actor.account_id)? == required {
        return Ok(Vec::new());
    }
    let without = if required {
        rows::without(unit.conn(), actor.account_id)?
    } else {
        Vec::new()
    };
    if actor.user_id().is_some_and(|id| without.contains(&id)) {
        return Err(NONE_YET.into());
    }
    for id in &without {
        queries::sessions::revoke_user(unit, *id)?;
    }
    rows::require(unit, actor.account_id, required)?;
    let detail = if required { "required" } else { "optional" };
    let subject = format!("account:{}", actor.account_id);
    record::audited(
        unit,
        actor,
        "account.second_factor",
        subject,
        Some(detail.to_owned()),
    )?;
    Ok(without)
}

/// Whether a session of this user must not go on: the account requires what the user has not.
pub(crate) fn is_missing(conn: &mut dyn Conn, user: &User) -> Result<bool, DbError> {
    let standing = standing(conn, user)?;
    Ok(standing.is_required && !standing.is_on)
}

/// How a user stands.
pub(crate) fn standing(conn: &mut dyn Conn, user: &User) -> Result<Standing, DbError> {
    let known = rows::of_user(conn, user.account_id, user.id)?;
    Ok(Standing {
        is_on: known.is_some_and(|it| it.confirmed_at.is_some()),
        is_required: rows::is_required(conn, user.account_id)?,
        codes_left: rows::codes_left(conn, user.account_id, user.id)?,
    })
}

fn own(conn: &mut dyn Conn, actor: &Actor) -> Outcome<Option<SecondFactor>> {
    allows(actor, Permission::ManageOwnProfile)?;
    let id = actor.user_id().ok_or(Refusal::Forbidden)?;
    Ok(rows::of_user(conn, actor.account_id, id)?)
}

/// The actor's confirmed second factor, of which a code came.
fn prove(unit: &mut Unit<'_>, actor: &Actor, vault: &Vault, code: &str) -> Outcome<SecondFactor> {
    let known = own(unit.conn(), actor)?;
    let known = known
        .filter(|it| it.confirmed_at.is_some())
        .ok_or(NONE_YET)?;
    if accepts(unit, actor, vault, &known, code)? {
        Ok(known)
    } else {
        Err(WRONG_CODE.into())
    }
}

/// Takes a code of the app or a recovery code, and uses it up.
fn accepts(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    known: &SecondFactor,
    code: &str,
) -> Outcome<bool> {
    let Typed::Recovery(hash) = Typed::read(code) else {
        return shows_app(unit, vault, known, code);
    };
    let used = rows::use_code(unit, known.account_id, known.user_id, &hash)?;
    if used {
        note(unit, actor, known.user_id, "user.recovery_code_used")?;
    }
    Ok(used)
}

/// Takes a code of the app, and uses it up.
fn shows_app(
    unit: &mut Unit<'_>,
    vault: &Vault,
    known: &SecondFactor,
    code: &str,
) -> Outcome<bool> {
    let Typed::App(digits) = Typed::read(code) else {
        return Ok(false);
    };
    let seed = vault.open(&home(known.account_id, known.id), &known.secret)?;
    let now = unit.now();
    let Some(step) = authenticator::step_of(&seed, &digits, now) else {
        return Ok(false);
    };
    // A step that has not come yet was noted before the clock was set back, which must lock
    // nobody out.
    let was_set_back = known.last_step > authenticator::newest_step(now);
    if step <= known.last_step && !was_set_back {
        return Ok(false);
    }
    Ok(rows::use_step(unit, known, step)?)
}

fn switch_on(unit: &mut Unit<'_>, actor: &Actor, known: &SecondFactor) -> Outcome<Vec<Token>> {
    if !rows::confirm(unit, known)? {
        return Err(HAS_ONE.into());
    }
    note(unit, actor, known.user_id, "user.second_factor_on")?;
    Ok(fresh_codes(unit, known)?)
}

fn fresh_codes(unit: &mut Unit<'_>, known: &SecondFactor) -> Result<Vec<Token>, DbError> {
    let codes = authenticator::new_recovery_codes();
    let hashes: Vec<_> = codes.iter().map(authenticator::recovery_hash).collect();
    rows::set_codes(unit, known.account_id, known.user_id, &hashes)?;
    Ok(codes)
}

fn note(unit: &mut Unit<'_>, actor: &Actor, id: UserId, action: &str) -> Result<(), DbError> {
    record::audited(unit, actor, action, format!("user:{id}"), None)
}

fn home(account_id: AccountId, row: Uuid) -> Home {
    Home {
        column: &SECOND_FACTOR,
        account_id,
        row,
    }
}
