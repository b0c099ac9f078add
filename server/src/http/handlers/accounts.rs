//! One's own account. Whatever id the path has, it is the caller's.

use crate::app::App;
use crate::http::input::Double;
use crate::http::{Agent, ApiError, FieldErrors, Input, Wrapped, data, wire};
use crate::use_cases::accounts::company_name;
use crate::use_cases::settings::{AccountChanges, Reminders, change_account};
use axum::Json;
use axum::extract::State;
use frontdesk_db::{Conn, DbError, queries};
use frontdesk_domain::account::WorkingHours;
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, Refusal, Timestamp};
use frontdesk_protocol::entity::{self, AccountFull, Data};
use schemars::JsonSchema;
use serde::Deserialize;

/// What to change. What is left out stays; null clears what can be empty.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct AccountBody {
    #[serde(default)]
    company_name: Double<String>,
    #[serde(default)]
    company_logo_url: Double<String>,
    /// An IANA name, such as `Europe/Berlin`.
    #[serde(default)]
    time_zone: Double<String>,
    #[serde(default)]
    settings: Option<Reminders>,
    #[serde(default)]
    working_hours: Option<Vec<entity::WorkingHours>>,
}

impl Wrapped for AccountBody {
    const KEY: &'static str = "account";
}

/// `GET /api/accounts/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<AccountFull>>, ApiError> {
    let (id, now) = (agent.account_id(), app.db.now());
    let found = app.db.read(move |conn| full(conn, id, now)).await?;
    found.map(data).ok_or(ApiError::NotFound)
}

/// `PUT /api/accounts/{id}`.
pub(crate) async fn update(
    State(app): State<App>,
    agent: Agent,
    Input { value, repeat }: Input<AccountBody>,
) -> Result<Json<Data<AccountFull>>, ApiError> {
    let changes = value.checked().map_err(ApiError::Invalid)?;
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let changed = app
        .act(actor, intent, move |unit, actor| {
            change_account(unit, actor, changes)?;
            let now = unit.now();
            let found = full(unit.conn(), actor.account_id, now)?;
            Ok(found.ok_or(Refusal::NotFound)?)
        })
        .await?;
    Ok(data(changed))
}

fn full(
    conn: &mut dyn Conn,
    id: AccountId,
    now: Timestamp,
) -> Result<Option<AccountFull>, DbError> {
    let Some(account) = queries::accounts::by_id(conn, id)? else {
        return Ok(None);
    };
    let users = queries::users::of_account(conn, id)?;
    let primary = queries::inboxes::primary(conn, id)?;
    let looks = queries::widget_settings::of_account(conn, id)?;
    let of_primary = |look: &&_| wire::is_look_of(look, primary.as_ref());
    let look = looks.iter().find(of_primary).or(looks.first());
    Ok(Some(wire::account_full(&account, &users, look, now)))
}

/// More lines than any week needs.
const MOST_HOURS: usize = 50;

/// The minutes of a day.
const DAY: i64 = 24 * 60;

impl AccountBody {
    fn checked(self) -> Result<AccountChanges, FieldErrors> {
        let mut errors = FieldErrors::default();
        let company_name = match self.company_name.0 {
            None => None,
            Some(name) => match company_name(&name.unwrap_or_default()) {
                Ok(name) => Some(name),
                Err(Refusal::Invalid { field, problem }) => {
                    errors.add(field, problem);
                    None
                }
                Err(_) => None,
            },
        };
        let company_logo_url = self.company_logo_url.field();
        if let Field::Set(url) = &company_logo_url
            && url.chars().count() > 255
        {
            errors.add("company_logo_url", "should be at most 255 character(s)");
        }
        let time_zone = known_zone(self.time_zone.field(), &mut errors);
        if self.settings.is_some_and(has_odd_numbers) {
            errors.add("settings", "is invalid");
        }
        let hours = self.working_hours.map(|lines| hours(lines, &mut errors));
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(AccountChanges {
            company_name,
            company_logo_url,
            time_zone,
            settings: self.settings,
            working_hours: hours,
        })
    }
}

/// The zone by its proper name.
fn known_zone(field: Field<String>, errors: &mut FieldErrors) -> Field<String> {
    let Field::Set(name) = field else {
        return field;
    };
    let zone = jiff::tz::TimeZone::get(name.trim()).ok();
    match zone.as_ref().and_then(jiff::tz::TimeZone::iana_name) {
        Some(name) => Field::Set(name.to_owned()),
        None => {
            errors.add("time_zone", "is invalid");
            Field::Keep
        }
    }
}

fn has_odd_numbers(settings: Reminders) -> bool {
    let odd = |number: Option<i64>| number.is_some_and(|number| !(0..=10_000).contains(&number));
    odd(settings.conversation_reminder_hours_interval)
        || odd(settings.max_num_conversation_reminders)
}

fn hours(lines: Vec<entity::WorkingHours>, errors: &mut FieldErrors) -> Vec<WorkingHours> {
    const DAYS: [&str; 10] = [
        "everyday",
        "weekdays",
        "weekends",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let is_right = |line: &entity::WorkingHours| {
        DAYS.contains(&line.day.as_str())
            && (0..=DAY).contains(&line.start_minute)
            && (0..=DAY).contains(&line.end_minute)
    };
    if lines.len() > MOST_HOURS || !lines.iter().all(is_right) {
        errors.add("working_hours", "is invalid");
        return Vec::new();
    }
    lines
        .into_iter()
        .map(|line| WorkingHours {
            day: line.day,
            start_minute: line.start_minute,
            end_minute: line.end_minute,
        })
        .collect()
}
