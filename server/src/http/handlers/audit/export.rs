//! `GET /api/v1/audit/export`: the whole log as lines of JSON, oldest first, page by page.

use crate::app::App;
use crate::http::handlers::snapshot::LINES;
use crate::http::{Agent, ApiError};
use crate::use_cases::audit::line;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use frontdesk_db::DbError;
use frontdesk_db::queries::audit;
use frontdesk_domain::AccountId;
use futures_util::stream;

/// Entries read at once.
const AT_ONCE: i64 = 500;

/// Hands the log out.
pub(crate) async fn export(
    State(app): State<App>,
    agent: Agent,
) -> Result<(HeaderMap, Body), ApiError> {
    let account_id = agent.account_id();
    let lines = stream::try_unfold((app, Some(i64::MIN)), move |(app, after)| async move {
        match after {
            None => Ok(None),
            Some(after) => page(&app, account_id, after)
                .await
                .map(|(text, next)| Some((text, (app, next)))),
        }
    });
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(LINES));
    Ok((headers, Body::from_stream(lines)))
}

/// The lines after an entry, and after which the next ones come.
async fn page(
    app: &App,
    account_id: AccountId,
    after: i64,
) -> Result<(Bytes, Option<i64>), DbError> {
    let page = app
        .db
        .read(move |conn| audit::onward(conn, account_id, after, AT_ONCE))
        .await?;
    let text: String = page.iter().map(|it| format!("{}\n", line(it))).collect();
    Ok((text.into(), page.last().map(|last| last.n)))
}
