//! `/api/v1/ai/learning`: what became of drafts.

use crate::app::App;
use crate::http::{Agent, ApiError, Query, data, wire};
use axum::Json;
use axum::extract::State;
use frontdesk_db::DbError;
use frontdesk_db::queries::draft_outcomes::{self, By};
use frontdesk_domain::Timestamp;
use frontdesk_protocol::entity::{AiLearning, Data, DraftFate};
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::Deserialize;

/// From when on.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LearningQuery {
    /// An ISO 8601 time; 30 days ago when it is left out.
    since: Option<String>,
}

const DAYS: i64 = 30;

/// `GET`.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<LearningQuery>,
) -> Result<Json<Data<AiLearning>>, ApiError> {
    let read = |text: &String| {
        let time = Timestamp::parse(text);
        time.ok_or_else(|| ApiError::invalid("since", "is no ISO 8601 time"))
    };
    let since = query.since.as_ref().map(read).transpose()?;
    let since = since.unwrap_or_else(|| app.db.now().plus_seconds(-DAYS * 24 * 3_600));
    let id = agent.account_id();
    let learnt = app
        .db
        .read(move |conn| {
            let total = draft_outcomes::fates(conn, id, since, By::Nothing)?;
            let groups = [By::Inbox, By::Topic, By::Agent, By::Model].map(|by| {
                let found = draft_outcomes::fates(conn, id, since, by)?;
                let shown = found.iter().map(wire::draft_fate).collect();
                Ok::<Vec<DraftFate>, DbError>(shown)
            });
            let [inboxes, topics, agents, models] = groups;
            let reasons = draft_outcomes::reasons(conn, id, since)?;
            Ok::<_, DbError>(AiLearning {
                since: UtcStamp(since),
                total: total.first().map(wire::draft_fate).unwrap_or_default(),
                by_inbox: inboxes?,
                by_topic: topics?,
                by_agent: agents?,
                by_model: models?,
                reasons: reasons.into_iter().map(wire::draft_reason).collect(),
            })
        })
        .await?;
    Ok(data(learnt))
}
