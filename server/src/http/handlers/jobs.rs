//! Jobs that wait or failed, for admins.

use crate::app::App;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Gone, Id, Plain, Query, data};
use crate::use_cases::jobs::{self, By};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::job_letters::{self, Count, Letter, Wanted};
use frontdesk_domain::JobState;
use frontdesk_jobs::JobId;
use frontdesk_protocol::entity::Data;
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Which jobs to show.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct JobQuery {
    /// Only jobs in this state: `ready`, `running` or `dead`.
    state: Option<String>,
    /// Only jobs of this kind, such as `webhook`.
    kind: Option<String>,
    /// The `next` of the page before; without it, the newest.
    after: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

/// A job.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct JobLine {
    id: i64,
    kind: String,
    queue: String,
    state: JobState,
    /// What it is about.
    payload: Value,
    /// How often it was tried.
    attempts: i64,
    /// Why the last try failed.
    error: Option<String>,
    created_at: UtcStamp,
    /// Not before this time.
    run_at: UtcStamp,
    tried_at: Option<UtcStamp>,
}

/// A page of jobs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct JobPage {
    data: Vec<JobLine>,
    /// From where the next page goes on; null on the last one.
    next: Option<String>,
}

/// How many jobs there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct JobCount {
    queue: String,
    kind: String,
    state: JobState,
    count: i64,
    /// Since when the oldest is due, runs or is dead.
    oldest: Option<UtcStamp>,
}

const LONGEST: i64 = 100;

fn line(it: Letter) -> JobLine {
    JobLine {
        id: it.id.0,
        kind: it.kind,
        queue: it.queue,
        state: it.state,
        // A payload that is no JSON is why such a job is dead; it is shown as it is.
        payload: serde_json::from_str(&it.payload).unwrap_or(Value::String(it.payload)),
        attempts: it.attempt,
        error: it.error,
        created_at: UtcStamp(it.created_at),
        run_at: UtcStamp(it.run_at),
        tried_at: it.tried_at.map(UtcStamp),
    }
}

/// `GET /api/v1/jobs`.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<JobQuery>,
) -> Result<Json<JobPage>, ApiError> {
    let wanted = Wanted {
        state: given("state", query.state.as_ref())?,
        kind: query.kind.filter(|kind| !kind.is_empty()),
        before: given("after", query.after.as_ref())?,
    };
    let limit: Option<i64> = given("limit", query.limit.as_ref())?;
    let limit = limit.unwrap_or(LONGEST).clamp(1, LONGEST);
    let reach = By::Admin(agent.actor()).reach()?;
    let mut found = app
        .db
        .read(move |conn| job_letters::page(conn, reach, &wanted, limit + 1))
        .await?;
    let fit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > fit;
    found.truncate(fit);
    let next = found.last().filter(|_| more).map(|it| it.id.to_string());
    let data = found.into_iter().map(line).collect();
    Ok(Json(JobPage { data, next }))
}

/// `GET /api/v1/jobs/stats`.
pub(crate) async fn stats(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<JobCount>>>, ApiError> {
    let reach = By::Admin(agent.actor()).reach()?;
    let found = app
        .db
        .read(move |conn| job_letters::counts(conn, reach))
        .await?;
    let shown = |it: Count| JobCount {
        queue: it.queue,
        kind: it.kind,
        state: it.state,
        count: it.count,
        oldest: it.oldest.map(UtcStamp),
    };
    Ok(data(found.into_iter().map(shown).collect()))
}

/// `GET /api/v1/jobs/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<JobId>,
) -> Result<Json<Data<JobLine>>, ApiError> {
    let by = By::Admin(agent.actor());
    let found = app.db.read(move |conn| jobs::load(conn, &by, id)).await?;
    Ok(data(line(found)))
}

/// What a job is to be about.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct JobBody {
    payload: Value,
}

/// `PUT /api/v1/jobs/{id}`.
pub(crate) async fn edit(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<JobId>,
    Plain { value, .. }: Plain<JobBody>,
) -> Result<Json<Data<JobLine>>, ApiError> {
    let by = By::Admin(agent.actor());
    let payload = value.payload.to_string();
    let found = app
        .db
        .write(agent.account_id(), move |unit| {
            jobs::edit(unit, &by, id, &payload)
        })
        .await?;
    Ok(data(line(found)))
}

/// `POST /api/v1/jobs/{id}/retry`.
pub(crate) async fn retry(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<JobId>,
) -> Result<Json<Data<JobLine>>, ApiError> {
    let by = By::Admin(agent.actor());
    let found = app
        .db
        .write(agent.account_id(), move |unit| jobs::retry(unit, &by, id))
        .await?;
    Ok(data(line(found)))
}

/// `DELETE /api/v1/jobs/{id}`.
pub(crate) async fn discard(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<JobId>,
) -> Result<Gone, ApiError> {
    let by = By::Admin(agent.actor());
    app.db
        .write(agent.account_id(), move |unit| jobs::discard(unit, &by, id))
        .await?;
    Ok(Gone)
}
