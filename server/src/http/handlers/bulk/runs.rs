//! `/api/v1/bulk/runs`: a change to many conversations that goes on by itself, with a look ahead and
//! a way back.

use super::change::RunBody;
use crate::app::App;
use crate::failure::Failure;
use crate::http::input::given;
use crate::http::{Agent, ApiError, Created, Id, Plain, Query, Repeat, data, wire};
use crate::use_cases::bulk;
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::{accounts, bulk_runs, conversations};
use frontdesk_domain::json::Json as Kept;
use frontdesk_domain::{BulkOutcome, BulkRunId, ConversationId};
use frontdesk_protocol::entity::{BulkItem, BulkPreview, BulkRun, Data};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// How many runs a list shows.
const RUNS: i64 = 50;

/// How many conversations of a run a page shows.
const ITEMS: i64 = 500;

/// `POST /api/v1/bulk/preview`.
pub(crate) async fn preview(
    State(app): State<App>,
    agent: Agent,
    Plain { value, .. }: Plain<RunBody>,
) -> Result<Json<Data<BulkPreview>>, ApiError> {
    let actor = agent.actor();
    let account_id = actor.account_id;
    // Before anything is looked at: what comes meanwhile was not seen.
    let (seq, _) = app
        .db
        .read(move |conn| accounts::seqs(conn, account_id))
        .await?;
    let ids = bulk::choose(&app, &actor, value.which()?).await?;
    let (mut channels, mut customers, mut total) = (BTreeMap::new(), HashSet::new(), 0);
    for some in ids.chunks(bulk::AT_ONCE) {
        let (some, actor) = (some.to_vec(), actor.clone());
        let found = app
            .db
            .read(move |conn| conversations::by_ids(conn, account_id, &some))
            .await?;
        for held in found.values().filter(|held| actor.sees(held)) {
            *channels.entry(held.source.to_string()).or_insert(0) += 1;
            customers.insert(held.customer_id);
            total += 1;
        }
    }
    Ok(data(BulkPreview {
        total,
        customers: i64::try_from(customers.len()).unwrap_or(i64::MAX),
        channels,
        seq,
    }))
}

/// `POST /api/v1/bulk/runs`.
pub(crate) async fn create(
    State(app): State<App>,
    agent: Agent,
    Plain { value, repeat }: Plain<RunBody>,
) -> Result<Created<BulkRun>, ApiError> {
    value.which()?;
    value.wish()?;
    let asked = asked(&value);
    let actor = agent.actor();
    let intent = repeat.intent(&actor);
    let run = app
        .act(actor, intent, move |unit, actor| {
            bulk::start(unit, actor, asked).map(|run| wire::bulk_run(&run))
        })
        .await?;
    Ok(Created {
        location: format!("/api/v1/bulk/runs/{}", run.id),
        data: run,
    })
}

/// What was asked, as the job reads it again.
fn asked(body: &RunBody) -> Kept {
    let asked = serde_json::json!({
        "q": body.q, "ids": body.ids, "change": body.change, "seen_seq": body.seen_seq,
    });
    Kept(asked.to_string())
}

/// `GET /api/v1/bulk/runs`: the caller's own, newest first.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
) -> Result<Json<Data<Vec<BulkRun>>>, ApiError> {
    let (account_id, user_id) = (agent.account_id(), agent.user_id());
    let runs = app
        .db
        .read(move |conn| bulk_runs::of_user(conn, account_id, user_id, RUNS))
        .await?;
    Ok(data(runs.iter().map(wire::bulk_run).collect()))
}

/// `GET /api/v1/bulk/runs/{id}`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<BulkRunId>,
) -> Result<Json<Data<BulkRun>>, ApiError> {
    let actor = agent.actor();
    let run = app
        .db
        .read(move |conn| bulk::load_run(conn, &actor, id))
        .await?;
    Ok(data(wire::bulk_run(&run)))
}

/// Which conversations of a run.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ItemQuery {
    /// `waiting`, `done`, `skipped` or `failed`; all when it is left out.
    outcome: Option<String>,
    /// The place of the last one of the page before.
    after: Option<String>,
}

/// `GET /api/v1/bulk/runs/{id}/items`: what became of each that the caller sees.
pub(crate) async fn items(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<BulkRunId>,
    Query(query): Query<ItemQuery>,
) -> Result<Json<Data<Vec<BulkItem>>>, ApiError> {
    let outcome: Option<BulkOutcome> = given("outcome", query.outcome.as_ref())?;
    let after: i64 = given("after", query.after.as_ref())?.unwrap_or(0);
    let actor = agent.actor();
    let items = app
        .db
        .read(move |conn| {
            let run = bulk::load_run(conn, &actor, id)?;
            let account_id = run.account_id;
            let mut items = bulk_runs::items(conn, account_id, id, outcome, after, ITEMS)?;
            let ids: Vec<ConversationId> = items.iter().map(|item| item.conversation_id).collect();
            let held = conversations::by_ids(conn, account_id, &ids)?;
            items.retain(|item| {
                held.get(&item.conversation_id)
                    .is_some_and(|held| actor.sees(held))
            });
            Ok::<_, Failure>(items)
        })
        .await?;
    Ok(data(items.into_iter().map(wire::bulk_item).collect()))
}

/// `POST /api/v1/bulk/runs/{id}/cancel`.
pub(crate) async fn cancel(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<BulkRunId>,
    repeat: Repeat,
) -> Result<Json<Data<BulkRun>>, ApiError> {
    let actor = agent.actor();
    let run = app
        .act(actor.clone(), repeat.intent(&actor), move |unit, actor| {
            bulk::cancel(unit, actor, id).map(|run| wire::bulk_run(&run))
        })
        .await?;
    Ok(data(run))
}

/// `POST /api/v1/bulk/runs/{id}/undo`.
pub(crate) async fn undo(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<BulkRunId>,
    repeat: Repeat,
) -> Result<Json<Data<BulkRun>>, ApiError> {
    let actor = agent.actor();
    let run = app
        .act(actor.clone(), repeat.intent(&actor), move |unit, actor| {
            bulk::take_back(unit, actor, id).map(|run| wire::bulk_run(&run))
        })
        .await?;
    Ok(data(run))
}
