//! `GET /api/v1/audit`: who did what, newest first.

mod export;

pub(crate) use export::export;

use crate::app::App;
use crate::http::{Agent, ApiError, Query};
use axum::Json;
use axum::extract::State;
use frontdesk_db::queries::audit::{self, Written};
use frontdesk_domain::{AuditId, UserId};
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From where to read on.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct AuditQuery {
    /// The `next` of the page before; without it, the newest.
    after: Option<String>,
    /// 100 at most.
    limit: Option<String>,
}

/// A line of the audit log.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AuditLine {
    id: AuditId,
    at: UtcStamp,
    /// Null when the server did it by itself, or somebody at its console.
    user_id: Option<UserId>,
    /// A short verb, such as `user.disabled`.
    action: String,
    /// What it was done to, such as `user:7`.
    subject: String,
    detail: Option<String>,
    /// What it was before, where something was changed from one value to another.
    before: Option<String>,
    after: Option<String>,
    /// From where it was done.
    address: Option<String>,
}

/// A page of the audit log.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AuditPage {
    data: Vec<AuditLine>,
    /// From where the next page goes on; null on the last one.
    next: Option<String>,
}

const LONGEST: i64 = 100;

/// Reads a page.
pub(crate) async fn index(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>, ApiError> {
    let number = |text: Option<String>| text.map(|text| text.parse::<i64>()).transpose();
    let before = number(query.after).map_err(|_| ApiError::BadRequest)?;
    let limit = number(query.limit).map_err(|_| ApiError::BadRequest)?;
    let limit = limit.unwrap_or(LONGEST).clamp(1, LONGEST);
    let account_id = agent.account_id();
    let mut found = app
        .db
        .read(move |conn| audit::page(conn, account_id, before, limit + 1))
        .await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > wanted;
    found.truncate(wanted);
    let next = found.last().filter(|_| more).map(|last| last.n.to_string());
    let data = found.into_iter().map(line).collect();
    Ok(Json(AuditPage { data, next }))
}

fn line(written: Written) -> AuditLine {
    AuditLine {
        id: written.id,
        at: UtcStamp(written.at),
        user_id: written.entry.user_id,
        action: written.entry.action,
        subject: written.entry.subject,
        detail: written.entry.detail,
        before: written.entry.before,
        after: written.entry.after,
        address: written.address,
    }
}
