//! Exports of an account or of one customer, as an archive that is made while it is read.

use crate::app::App;
use crate::export::{self, ExportError, Subject};
use crate::http::{Agent, ApiError, Id};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use frontdesk_domain::CustomerId;

/// `GET /api/v1/export`.
pub(crate) async fn account(
    State(app): State<App>,
    agent: Agent,
) -> Result<(HeaderMap, Body), ApiError> {
    hand_out(&app, &agent, Subject::Account).await
}

/// `GET /api/v1/customers/{id}/export`.
pub(crate) async fn customer(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<CustomerId>,
) -> Result<(HeaderMap, Body), ApiError> {
    hand_out(&app, &agent, Subject::Customer(id)).await
}

async fn hand_out(
    app: &App,
    agent: &Agent,
    subject: Subject,
) -> Result<(HeaderMap, Body), ApiError> {
    let actor = agent.actor();
    let account_id = actor.account_id;
    app.db
        .write(account_id, move |unit| {
            export::permit(unit, &actor, subject)
        })
        .await?;
    let making = {
        let app = app.clone();
        async move {
            let made = export::prepare(&app.db, &app.config.data, account_id, subject).await?;
            Ok(export::archive(made, &app.files, app.db.now()))
        }
    };
    let archive = export::soon(app.config.limits.request_timeout / 2, making).await?;
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/x-tar"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"export.tar\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok((headers, Body::from_stream(archive)))
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Failed(failure) => failure.into(),
            ExportError::Disk(error) => crate::files::FileError::from(error).into(),
            ExportError::Line(error) => {
                tracing::error!(%error, "a line of an export cannot be written");
                Self::Internal
            }
        }
    }
}
