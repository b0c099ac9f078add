//! The echo that widgets use to find out whether the server is there.

use crate::http::{ApiError, Query, data};
use axum::Json;
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A pong and the parameters that came.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Pong {
    message: &'static str,
    params: Value,
}

/// Answers with what came.
pub(crate) async fn ping(Query(params): Query<Value>) -> Result<Json<Data<Pong>>, ApiError> {
    Ok(data(Pong {
        message: "Pong!",
        params,
    }))
}
