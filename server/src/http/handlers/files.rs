//! Files: uploaded by visitors and agents; fetched by whoever has a link that holds, and by agents
//! who see the conversation.

mod form;
mod serve;

pub(crate) use form::UploadForm;

use crate::app::App;
use crate::failure::Failure;
use crate::files::link::{Proof, Worth};
use crate::files::{kind, name};
use crate::http::{Agent, ApiError, Id, Ids, MaybeAgent, Query, data};
use crate::use_cases::uploads;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use form::{Received, receive};
use frontdesk_db::queries;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{AccountId, FileId, file};
use frontdesk_protocol::entity::{self, Data};

/// `POST /api/upload`.
pub(crate) async fn upload(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    request: Request,
) -> Result<(StatusCode, Json<Data<entity::File>>), ApiError> {
    let limit = app.config.limits.upload.bytes();
    let received = Box::pin(receive(&app.files, request, limit)).await?;
    let known = describe(&received, agent.as_ref(), app.db.now())?;
    if known.user_id.is_none() {
        app.limits.widget(known.account_id, app.db.now())?;
    }
    let kept = uploads::keep(&app, received.file, &known).await?;
    Ok((StatusCode::CREATED, data(shown(&app, kept))))
}

/// What is to be known of a file. Who signed in sends it as themselves and to their own account,
/// whatever the form says.
fn describe(
    received: &Received,
    agent: Option<&Agent>,
    now: frontdesk_domain::Timestamp,
) -> Result<file::File, ApiError> {
    let worker =
        agent.filter(|it| policy::allows(&it.actor(), Permission::WorkConversations).is_ok());
    let own = worker.map(Agent::account_id);
    let blank = || ApiError::invalid("account_id", "can't be blank");
    let account_id = received.account_id.or(own).ok_or_else(blank)?;
    let sender = worker.filter(|it| it.account_id() == account_id);
    let named = received.id.filter(|_| sender.is_some());
    Ok(file::File {
        id: named.unwrap_or_else(FileId::random),
        account_id,
        filename: name::clean(&received.filename),
        content_type: kind::kind_of(received.file.head(), received.said_kind.as_deref()),
        size: i64::try_from(received.file.size()).unwrap_or(i64::MAX),
        user_id: sender.map(Agent::user_id),
        customer_id: received.customer_id,
        created_at: now,
    })
}

/// The file with a link that holds from now.
fn shown(app: &App, known: file::File) -> entity::File {
    entity::File {
        id: known.id,
        file_url: app.links.file(known.account_id, known.id, &known.filename),
        content_type: known.content_type,
        filename: known.filename,
    }
}

/// `GET /api/v1/files/{id}`: for whoever sees the conversation, with a new link.
pub(crate) async fn show(
    State(app): State<App>,
    agent: Agent,
    Id(id): Id<FileId>,
) -> Result<Json<Data<entity::File>>, ApiError> {
    let actor = agent.actor();
    let found = app
        .db
        .read(move |conn| uploads::visible(conn, &actor, id))
        .await?;
    Ok(data(shown(&app, found)))
}

/// `GET /files/{account}/{id}/{name}`: by the link alone while it holds, and otherwise by who asks.
pub(crate) async fn fetch(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    Ids(account_id, id): Ids<AccountId, FileId>,
    Query(proof): Query<Proof>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let worth = app.links.judge(account_id, id, &proof);
    let reader = agent.map(|it| it.actor()).filter(|it| {
        it.account_id == account_id && policy::allows(it, Permission::ReadDesk).is_ok()
    });
    let known = match (worth, reader) {
        (Worth::Valid, _) => {
            let found = app
                .db
                .read(move |conn| queries::files::by_id(conn, account_id, id));
            found
                .await
                .map_err(Failure::Db)?
                .ok_or(ApiError::NotFound)?
        }
        (_, Some(reader)) => {
            let found = app.db.read(move |conn| uploads::visible(conn, &reader, id));
            found.await?
        }
        (Worth::Expired, None) => return Err(Failure::LinkExpired.into()),
        (Worth::Nothing, None) => return Err(ApiError::NotFound),
    };
    serve::answer(&app, &known, &headers).await
}
