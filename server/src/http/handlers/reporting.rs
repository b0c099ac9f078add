//! `GET /api/reporting`: numbers about a span of days, as dashboards draw them.

use crate::app::App;
use crate::http::{Agent, ApiError, Query, data};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::reporting::{self as rows, MessageDay, ReplyTimes, Span, Trait};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, Timestamp, UserId};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which days; the last thirty when it is not said.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ReportQuery {
    /// A date, or a moment.
    from_date: Option<String>,
    to_date: Option<String>,
}

/// The numbers. Days are those of UTC; days without anything are left out.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Report {
    messages_by_date: Vec<OnDate>,
    sent_messages_by_date: Vec<OnDate>,
    received_messages_by_date: Vec<OnDate>,
    conversations_by_date: Vec<OnDate>,
    messages_per_user: Vec<PerUser>,
    /// What customers wrote.
    messages_by_weekday: Vec<OnWeekday>,
    first_response_time_by_weekday: Vec<Answered>,
    /// In seconds; null when nothing was answered.
    average_time_to_first_respond: Option<i64>,
    customer_breakdown_by_browser: Vec<Counted>,
    customer_breakdown_by_os: Vec<Counted>,
    customer_breakdown_by_time_zone: Vec<Counted>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OnDate {
    date: String,
    count: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PerUser {
    user: Writer,
    count: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Writer {
    id: UserId,
    email: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OnWeekday {
    day: &'static str,
    /// Per day of the span on which anything was written.
    average: i64,
    total: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Answered {
    day: &'static str,
    average: i64,
    unit: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Counted {
    /// Null where the page did not say.
    name: Option<String>,
    count: i64,
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// Counts.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<ReportQuery>,
) -> Result<Json<Data<Report>>, ApiError> {
    let now = app.db.now();
    let from = moment(query.from_date, "from_date")?.unwrap_or(now.plus_seconds(-30 * DAY));
    let to = moment(query.to_date, "to_date")?.unwrap_or(now.plus_seconds(1));
    let account_id = agent.account_id();
    let report = app
        .db
        .read(move |conn| report(conn, account_id, Span { from, to }))
        .await?;
    Ok(data(report))
}

fn moment(text: Option<String>, field: &'static str) -> Result<Option<Timestamp>, ApiError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let whole = format!("{}T00:00:00", text.trim());
    let moment = Timestamp::parse(&text).or_else(|| Timestamp::parse(&whole));
    moment
        .map(Some)
        .ok_or_else(|| ApiError::invalid(field, "is invalid"))
}

fn report(conn: &mut dyn Conn, id: AccountId, span: Span) -> Result<Report, DbError> {
    let messages = rows::message_days(conn, id, span)?;
    let times = rows::reply_times(conn, id, span)?;
    let by_date = |count: fn(&MessageDay) -> i64| {
        let days = messages.iter().filter(|day| count(day) > 0);
        days.map(|day| on_date(day.day, count(day))).collect()
    };
    let mut breakdown = |what| -> Result<Vec<Counted>, DbError> {
        let found = rows::customers_by(conn, id, span, what)?;
        let counted = |(name, count)| Counted { name, count };
        Ok(found.into_iter().map(counted).collect())
    };
    Ok(Report {
        messages_by_date: by_date(|day| day.all),
        sent_messages_by_date: by_date(|day| day.sent),
        received_messages_by_date: by_date(|day| day.received),
        messages_by_weekday: by_weekday(&messages),
        first_response_time_by_weekday: answered(&times),
        average_time_to_first_respond: average(&times),
        customer_breakdown_by_browser: breakdown(Trait::Browser)?,
        customer_breakdown_by_os: breakdown(Trait::Os)?,
        customer_breakdown_by_time_zone: breakdown(Trait::TimeZone)?,
        conversations_by_date: rows::conversation_days(conn, id, span)?
            .into_iter()
            .map(|(day, count)| on_date(day, count))
            .collect(),
        messages_per_user: rows::by_user(conn, id, span)?
            .into_iter()
            .map(|(id, email, count)| PerUser {
                user: Writer { id, email },
                count,
            })
            .collect(),
    })
}

fn on_date(day: i64, count: i64) -> OnDate {
    OnDate {
        date: Timestamp::from_seconds(day.saturating_mul(DAY)).to_date(),
        count,
    }
}

/// The names of the weekdays with their numbers; the first day of 1970 was a Thursday.
fn weekdays() -> impl Iterator<Item = (i64, &'static str)> {
    (0..).zip(WEEKDAYS)
}

fn by_weekday(days: &[MessageDay]) -> Vec<OnWeekday> {
    let on = |number: i64, day| {
        let fitting = || {
            days.iter()
                .filter(move |it| it.received > 0 && (it.day + 3).rem_euclid(7) == number)
        };
        let total: i64 = fitting().map(|it| it.received).sum();
        let count = i64::try_from(fitting().count()).unwrap_or(i64::MAX);
        OnWeekday {
            day,
            average: total / count.max(1),
            total,
        }
    };
    weekdays().map(|(number, day)| on(number, day)).collect()
}

fn answered(times: &[ReplyTimes]) -> Vec<Answered> {
    let on = |number: i64, day| Answered {
        day,
        average: times
            .iter()
            .find(|it| it.weekday == number)
            .map_or(0, |it| it.seconds / it.conversations.max(1)),
        unit: "seconds",
    };
    weekdays().map(|(number, day)| on(number, day)).collect()
}

fn average(times: &[ReplyTimes]) -> Option<i64> {
    let conversations: i64 = times.iter().map(|it| it.conversations).sum();
    let seconds: i64 = times.iter().map(|it| it.seconds).sum();
    (conversations > 0).then(|| seconds / conversations)
}
