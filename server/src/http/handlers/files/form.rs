//! The multipart form of an upload, read bit by bit: the file goes to the disk as it comes.

use crate::files::{FileStore, Incoming};
use crate::http::ApiError;
use crate::http::handlers::lenient::says_nothing;
use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use frontdesk_domain::{AccountId, CustomerId, FileId};
use http_body_util::Limited;
use schemars::JsonSchema;
use std::str::FromStr;

/// What a form has beside its file: names, boundaries, ids.
const BESIDE: usize = 64 * 1024;

/// The longest value of a field that is no file.
const LONGEST_VALUE: usize = 255;

/// A file to keep, and whose it is.
#[derive(Debug, JsonSchema)]
#[expect(
    dead_code,
    reason = "describes the form; its parts are read as they come"
)]
pub(crate) struct UploadForm {
    #[schemars(extend("format" = "binary"))]
    file: String,
    /// Needed unless the sender is signed in.
    account_id: Option<AccountId>,
    customer_id: Option<CustomerId>,
    /// The name under which whoever signed in sends it: sent again under the same one, it is kept
    /// once.
    id: Option<FileId>,
    /// Whoever signed in is the sender; this is not looked at.
    user_id: Option<String>,
}

/// A form that came in whole.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) file: Incoming,
    pub(super) filename: String,
    pub(super) said_kind: Option<String>,
    pub(super) account_id: Option<AccountId>,
    pub(super) customer_id: Option<CustomerId>,
    pub(super) id: Option<FileId>,
}

/// A file as it came in a part of the form.
struct Part {
    file: Incoming,
    filename: String,
    said_kind: Option<String>,
}

/// Reads the form, with at most `limit` bytes of file.
pub(super) async fn receive(
    store: &FileStore,
    request: Request,
    limit: usize,
) -> Result<Received, ApiError> {
    let bounded = request.map(|body| Body::new(Limited::new(body, limit.saturating_add(BESIDE))));
    let mut form = Multipart::from_request(bounded, &())
        .await
        .map_err(|_| ApiError::UnsupportedMedia)?;
    let (mut part, mut account_id, mut customer_id, mut file_id) = (None, None, None, None);
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        match field.name() {
            Some("file") => part = Some(save(store, field, limit).await?),
            Some("account_id") => account_id = id("account_id", field).await?,
            Some("customer_id") => customer_id = id("customer_id", field).await?,
            Some("id") => file_id = id("id", field).await?,
            _ => {}
        }
    }
    let part = part.ok_or_else(|| ApiError::invalid("file", "can't be blank"))?;
    Ok(Received {
        file: part.file,
        filename: part.filename,
        said_kind: part.said_kind,
        account_id,
        customer_id,
        id: file_id,
    })
}

async fn save(store: &FileStore, mut field: Field<'_>, limit: usize) -> Result<Part, ApiError> {
    let filename = field.file_name().unwrap_or_default().to_owned();
    let said_kind = field.content_type().map(str::to_owned);
    let mut file = store.begin().await?;
    while let Some(bytes) = field.chunk().await.map_err(|error| unread(&error))? {
        if file.size().saturating_add(bytes.len() as u64) > limit as u64 {
            return Err(ApiError::TooLarge);
        }
        file.write(&bytes).await?;
    }
    Ok(Part {
        file,
        filename,
        said_kind,
    })
}

/// An id in a field of the form; an empty one is none.
async fn id<T: FromStr>(name: &str, mut field: Field<'_>) -> Result<Option<T>, ApiError> {
    let invalid = || ApiError::invalid(name, "is invalid");
    let mut value = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(|error| unread(&error))? {
        value.extend_from_slice(&bytes);
        if value.len() > LONGEST_VALUE {
            return Err(invalid());
        }
    }
    let text = String::from_utf8(value).map_err(|_| invalid())?;
    if says_nothing(&text) {
        return Ok(None);
    }
    text.trim().parse().map(Some).map_err(|_| invalid())
}

fn unread(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::BadRequest
    }
}
