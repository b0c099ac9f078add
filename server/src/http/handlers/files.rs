//! Files: uploaded by visitors and agents, fetched by whoever has the address.

mod form;

pub(crate) use form::UploadForm;

use crate::app::App;
use crate::failure::Failure;
use crate::files::{FileStore, kind, name};
use crate::http::{Agent, ApiError, Ids, MaybeAgent, data};
use crate::use_cases::uploads;
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use form::{Received, receive};
use frontdesk_db::{DbError, queries};
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{AccountId, FileId, file};
use frontdesk_protocol::entity::{self, Data};
use std::io;
use tokio_util::io::ReaderStream;

/// `POST /api/upload`.
pub(crate) async fn upload(
    State(app): State<App>,
    MaybeAgent(agent): MaybeAgent,
    request: Request,
) -> Result<(StatusCode, Json<Data<entity::File>>), ApiError> {
    let store = FileStore::of(&app.config);
    let limit = app.config.limits.upload.bytes();
    let received = Box::pin(receive(&store, request, limit)).await?;
    let known = describe(&received, agent.as_ref(), app.db.now())?;
    let (account_id, id) = (known.account_id, known.id);
    if known.user_id.is_none() {
        app.limits.widget(account_id, app.db.now())?;
    }
    // The bytes are safe before the row is, so that every file there is can be read.
    store
        .keep(received.file, account_id, id)
        .await
        .map_err(|error| unwritten(&error))?;
    let kept = known.clone();
    let noted: Result<(), Failure> = app
        .db
        .write(account_id, move |unit| uploads::upload(unit, &kept))
        .await;
    if let Err(failure) = noted {
        store.remove(account_id, id).await;
        return Err(failure.into());
    }
    let shown = entity::File {
        id,
        file_url: app.links.file(account_id, id, &known.filename),
        content_type: known.content_type,
        filename: known.filename,
    };
    Ok((StatusCode::CREATED, data(shown)))
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
    Ok(file::File {
        id: FileId::random(),
        account_id,
        filename: name::clean(&received.filename),
        content_type: kind::kind_of(received.file.head(), received.said_kind.as_deref()),
        size: i64::try_from(received.file.size()).unwrap_or(i64::MAX),
        user_id: sender.map(Agent::user_id),
        customer_id: received.customer_id,
        created_at: now,
    })
}

/// A file that could not be written. A full disk is told apart: trying again later may help.
fn unwritten(error: &io::Error) -> ApiError {
    tracing::error!(%error, "an uploaded file could not be written");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ApiError::Full,
        _ => ApiError::Internal,
    }
}

/// `GET /files/{account}/{id}/{name}`: to keep, never to run in the browser that fetched it.
pub(crate) async fn fetch(
    State(app): State<App>,
    Ids(account_id, id): Ids<AccountId, FileId>,
) -> Result<(HeaderMap, Body), ApiError> {
    let found: Result<_, DbError> = app
        .db
        .read(move |conn| queries::files::by_id(conn, account_id, id))
        .await;
    let known = found?.ok_or(ApiError::NotFound)?;
    let opened = FileStore::of(&app.config).open(account_id, id).await;
    let bytes = opened.map_err(|error| {
        tracing::error!(%error, file = %id, "a file that is known is not on the disk");
        ApiError::NotFound
    })?;
    Ok((headers(&known), Body::from_stream(ReaderStream::new(bytes))))
}

fn headers(known: &file::File) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let kind = HeaderValue::from_str(&known.content_type);
    let unknown = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, kind.unwrap_or(unknown));
    headers.insert(header::CONTENT_LENGTH, known.size.into());
    let encoded = name::encode(&known.filename);
    let attachment = format!("attachment; filename*=UTF-8''{encoded}");
    let bare = HeaderValue::from_static("attachment");
    let disposition = HeaderValue::from_str(&attachment).unwrap_or(bare);
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    headers
}
