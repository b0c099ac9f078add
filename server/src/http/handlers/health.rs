//! Whether the server works.

use crate::app::App;
use crate::http::ApiError;
use axum::Json;
use axum::extract::State;
use frontdesk_db::{DbError, queries};
use schemars::JsonSchema;
use serde::Serialize;

/// How the server is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Health {
    /// Always `ok`; anything else is an error.
    status: &'static str,
    version: &'static str,
    /// The schema version of the database.
    schema: i64,
}

/// 200 while the process answers at all, whatever the database does: restarting helps only where
/// this fails.
pub(crate) async fn live() -> Json<Live> {
    Json(Live { status: "ok" })
}

/// That the process answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Live {
    status: &'static str,
}

/// 200 when the server is up and its database answers.
pub(crate) async fn ready(State(app): State<App>) -> Result<Json<Health>, ApiError> {
    if app.tasks.stopping().is_cancelled() {
        return Err(ApiError::Unavailable("The server is stopping."));
    }
    let answered: Result<bool, DbError> = app.db.read(queries::accounts::any).await;
    answered?;
    Ok(Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        schema: frontdesk_db::known_version(),
    }))
}
