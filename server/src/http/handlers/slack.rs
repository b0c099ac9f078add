//! Installing an app in a workspace of Slack's: where an admin is sent, and where Slack sends them back.

use crate::app::App;
use crate::http::{Agent, ApiError, Id, Query, data};
use crate::lines;
use crate::use_cases::nouns;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use frontdesk_domain::ConnectionId;
use frontdesk_domain::connection::Connection;
use frontdesk_protocol::entity::Data;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where an app is installed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InstallPage {
    /// The page that an admin of the workspace opens; it holds for an hour.
    url: String,
}

/// `POST /api/v1/connections/{id}/install`.
pub(crate) async fn begin(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<ConnectionId>,
) -> Result<Json<Data<InstallPage>>, ApiError> {
    let actor = agent.actor();
    let connection = app
        .db
        .read(move |conn| nouns::load::<Connection>(conn, &actor, id))
        .await?;
    let secrets = lines::secrets(&app, &connection).await?;
    let now = app.db.now();
    let url = lines::install_page(
        &app.vault,
        &app.links.public_url,
        &connection,
        &secrets,
        now,
    );
    match url {
        Ok(url) => Ok(data(InstallPage { url })),
        Err((field, problem)) => Err(ApiError::invalid(field, problem)),
    }
}

/// What Slack says when it sends somebody back.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Decided {
    code: Option<String>,
    state: Option<String>,
    /// Why there is no code.
    error: Option<String>,
}

/// `GET /api/slack/oauth`. A person reads the answer.
pub(crate) async fn finish(
    State(app): State<App>,
    Query(decided): Query<Decided>,
) -> Result<Response, ApiError> {
    if decided.error.is_some() {
        return Ok(said(
            StatusCode::OK,
            "The app was not installed. You can close this page.",
        ));
    }
    let (Some(code), Some(state)) = (decided.code, decided.state) else {
        return Err(ApiError::BadRequest);
    };
    match lines::installed(&app, &state, &code).await {
        Ok(name) => {
            let words =
                format!("Frontdesk is in the workspace {name} now. You can close this page.");
            Ok(said(StatusCode::OK, &words))
        }
        Err(lines::NotInstalled::Failure(failure)) => Err(failure.into()),
        Err(why) => Ok(said(StatusCode::BAD_REQUEST, &why.to_string())),
    }
}

fn said(status: StatusCode, words: &str) -> Response {
    (status, format!("{words}\n")).into_response()
}
