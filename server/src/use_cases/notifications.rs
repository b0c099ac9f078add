//! How a user wants to be told outside the program.

use crate::failure::Outcome;
use crate::use_cases::subscriptions;
use crate::vault::{Home, Secret, Unreadable, Vault};
use crate::work::begin_telling;
use frontdesk_db::Unit;
use frontdesk_db::queries::notification_settings as rows;
use frontdesk_db::queries::sealed::PUSH_TOKEN;
use frontdesk_domain::notify::{Hours, Notify};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{AccountId, Actor, PushService, Refusal, Timestamp, UserId};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// What a user says about it: all of it, each time. A token that is not said stays.
#[derive(Debug, Clone)]
pub(crate) struct Wishes {
    pub(crate) service: PushService,
    pub(crate) url: String,
    pub(crate) token: Option<String>,
    pub(crate) on_assigned: bool,
    pub(crate) on_mentioned: bool,
    pub(crate) on_unassigned: bool,
    pub(crate) with_text: bool,
    pub(crate) quiet: Option<Hours>,
    pub(crate) time_zone: String,
}

/// Longer tokens are nobody's honest wish, and what is no header's text cannot be sent.
const LONGEST_TOKEN: usize = 500;

/// The minutes of a day.
const DAY: std::ops::Range<i64> = 0..24 * 60;

/// Keeps what the actor wants.
pub(crate) fn choose(
    unit: &mut Unit<'_>,
    actor: &Actor,
    vault: &Vault,
    said: Wishes,
) -> Outcome<Notify> {
    let user_id = own_id(actor)?;
    let before = rows::by_user(unit.conn(), actor.account_id, user_id)?;
    let wish = checked(said, actor, user_id, before, unit.now(), vault)?;
    rows::upsert(unit, &wish)?;
    begin_telling(unit, actor.account_id)?;
    Ok(wish)
}

fn checked(
    said: Wishes,
    actor: &Actor,
    user_id: UserId,
    before: Option<Notify>,
    now: Timestamp,
    vault: &Vault,
) -> Outcome<Notify> {
    let url = subscriptions::url(&said.url).map_err(|_| Refusal::invalid("url"))?;
    let has_topic = url.split('/').nth(3).is_some_and(|topic| !topic.is_empty());
    if said.service == PushService::Ntfy && !has_topic {
        return Err(Refusal::Invalid {
            field: "url",
            problem: "must end with the topic, such as https://ntfy.sh/our-desk",
        }
        .into());
    }
    if TimeZone::get(&said.time_zone).is_err() {
        return Err(Refusal::Invalid {
            field: "time_zone",
            problem: "must be a name such as Europe/Berlin",
        }
        .into());
    }
    let in_day = |hours: Hours| DAY.contains(&hours.from) && DAY.contains(&hours.until);
    if !said.quiet.is_none_or(in_day) {
        return Err(Refusal::Invalid {
            field: "quiet_hours",
            problem: "must be two times such as 22:00 and 07:00",
        }
        .into());
    }
    let is_token = |token: &String| {
        token.len() <= LONGEST_TOKEN && token.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if !said.token.as_ref().is_none_or(is_token) {
        return Err(Refusal::invalid("token").into());
    }
    let id = before.as_ref().map_or_else(Uuid::new_v4, |it| it.id);
    // A token goes with its address: another one must not get it.
    let kept = before.filter(|it| it.url == url).and_then(|it| it.token);
    let sealed = |token: String| vault.seal(&home(actor.account_id, id), &Secret::new(token));
    Ok(Notify {
        id,
        user_id,
        account_id: actor.account_id,
        service: said.service,
        url,
        token: said.token.map(sealed).or(kept),
        on_assigned: said.on_assigned,
        on_mentioned: said.on_mentioned,
        on_unassigned: said.on_unassigned,
        with_text: said.with_text,
        quiet: said.quiet,
        time_zone: said.time_zone,
        updated_at: now,
    })
}

/// What the service wants to see.
pub(crate) fn token(vault: &Vault, wish: &Notify) -> Result<Option<Secret>, Unreadable> {
    let home = home(wish.account_id, wish.id);
    let sealed = wish.token.as_ref();
    sealed.map(|sealed| vault.open(&home, sealed)).transpose()
}

fn home(account_id: AccountId, row: Uuid) -> Home {
    Home {
        column: &PUSH_TOKEN,
        account_id,
        row,
    }
}

/// Tells the actor nothing any more.
pub(crate) fn forget(unit: &mut Unit<'_>, actor: &Actor) -> Outcome<()> {
    let user_id = own_id(actor)?;
    rows::delete(unit, actor.account_id, user_id)?;
    Ok(())
}

fn own_id(actor: &Actor) -> Outcome<UserId> {
    allows(actor, Permission::ManageOwnProfile)?;
    Ok(actor.user_id().ok_or(Refusal::Forbidden)?)
}
