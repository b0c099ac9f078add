//! How one wants to be told outside the program.

use crate::app::App;
use crate::http::{Agent, ApiError, Gone, Plain, data};
use crate::use_cases::notifications::{self, Wishes};
use crate::work::push;
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::notification_settings;
use frontdesk_domain::PushService;
use frontdesk_domain::notify::{Hours, Notify};
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What one wants.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct WishBody {
    service: PushService,
    /// ntfy: the topic's address; Gotify: the server's; webhook: what is to be called.
    url: String,
    /// What the service wants to see. Left out, the one that is kept stays while the address does.
    #[serde(default)]
    token: Option<String>,
    /// What happens in conversations that are assigned to one, and being assigned.
    #[serde(default = "yes")]
    on_assigned: bool,
    #[serde(default = "yes")]
    on_mentioned: bool,
    /// What customers write that nobody has yet, in one's own inboxes.
    #[serde(default)]
    on_unassigned: bool,
    /// Whether customers' names and texts leave the server.
    #[serde(default)]
    with_text: bool,
    #[serde(default)]
    quiet_hours: Option<QuietHours>,
    /// A name such as `Europe/Berlin`, for the quiet hours.
    #[serde(default = "utc")]
    time_zone: String,
}

fn yes() -> bool {
    true
}

fn utc() -> String {
    "UTC".to_owned()
}

/// A stretch of every day in which nothing is sent; it may go over midnight.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(crate) struct QuietHours {
    /// Such as `22:00`.
    from: String,
    /// Such as `07:00`.
    until: String,
}

/// What is kept; the token is not shown again.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WishShown {
    service: PushService,
    url: String,
    has_token: bool,
    on_assigned: bool,
    on_mentioned: bool,
    on_unassigned: bool,
    with_text: bool,
    quiet_hours: Option<QuietHours>,
    time_zone: String,
}

fn shown(it: &Notify) -> WishShown {
    WishShown {
        service: it.service,
        url: it.url.clone(),
        has_token: it.token.is_some(),
        on_assigned: it.on_assigned,
        on_mentioned: it.on_mentioned,
        on_unassigned: it.on_unassigned,
        with_text: it.with_text,
        quiet_hours: it.quiet.map(|hours| QuietHours {
            from: clock(hours.from),
            until: clock(hours.until),
        }),
        time_zone: it.time_zone.clone(),
    }
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day that a clock shows.
fn minute(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two = |text: &str| text.parse::<i64>().ok().filter(|_| text.len() == 2);
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let is_time = (0..24).contains(&hours) && (0..60).contains(&minutes);
    is_time.then_some(hours * 60 + minutes)
}

fn hours(said: &QuietHours) -> Result<Hours, ApiError> {
    let problem = "must be two times such as 22:00 and 07:00";
    let read = |text: &str| minute(text).ok_or(ApiError::invalid("quiet_hours", problem));
    Ok(Hours {
        from: read(&said.from)?,
        until: read(&said.until)?,
    })
}

/// `GET /api/v1/me/notifications`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Option<WishShown>>>, ApiError> {
    let (account_id, user_id) = (agent.account_id(), agent.user_id());
    let found = app
        .db
        .read(move |conn| notification_settings::by_user(conn, account_id, user_id))
        .await?;
    Ok(data(found.as_ref().map(shown)))
}

/// `PUT /api/v1/me/notifications`.
pub(crate) async fn choose(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<WishBody>,
) -> Result<Json<Data<WishShown>>, ApiError> {
    if let Err(refused) = app.outgoing.check(value.url.trim()) {
        return Err(ApiError::invalid("url", &refused.to_string()));
    }
    let wishes = Wishes {
        service: value.service,
        url: value.url,
        token: value.token.filter(|token| !token.is_empty()),
        on_assigned: value.on_assigned,
        on_mentioned: value.on_mentioned,
        on_unassigned: value.on_unassigned,
        with_text: value.with_text,
        quiet: value.quiet_hours.as_ref().map(hours).transpose()?,
        time_zone: value.time_zone,
    };
    let (actor, vault) = (agent.actor(), app.vault.clone());
    let kept = app
        .db
        .write(agent.account_id(), move |unit| {
            notifications::choose(unit, &actor, &vault, wishes)
        })
        .await?;
    Ok(data(shown(&kept)))
}

/// `DELETE /api/v1/me/notifications`.
pub(crate) async fn forget(State(app): State<App>, agent: Agent) -> Result<Gone, ApiError> {
    let actor = agent.actor();
    app.db
        .write(agent.account_id(), move |unit| {
            notifications::forget(unit, &actor)
        })
        .await?;
    Ok(Gone)
}

/// How a trial went.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Trial {
    sent: bool,
    /// Why not, where it was not.
    problem: Option<String>,
}

/// `POST /api/v1/me/notifications/test`.
pub(crate) async fn test(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Trial>>, ApiError> {
    let (account_id, user_id) = (agent.account_id(), agent.user_id());
    let found = app
        .db
        .read(move |conn| notification_settings::by_user(conn, account_id, user_id))
        .await?;
    let problem = match found {
        Some(wish) => push::trial(&app, &wish).await,
        None => Some("nothing is set up yet".to_owned()),
    };
    Ok(data(Trial {
        sent: problem.is_none(),
        problem,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_and_written_alike() {
        for text in ["00:00", "07:05", "22:00", "23:59"] {
            assert_eq!(minute(text).map(clock).as_deref(), Some(text));
        }
        for odd in ["24:00", "7:05", "12:60", "noon", "-1:00", "12:00:00", ""] {
            assert_eq!(minute(odd), None, "{odd}");
        }
    }
}
