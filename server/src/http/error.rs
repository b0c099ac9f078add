//! The one place where what went wrong becomes words for a client.

use crate::failure::Failure;
use crate::files::FileError;
use crate::limits::{Limit, TooMany};
use crate::use_cases::second_factor::Wanted;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use frontdesk_db::DbError;
use frontdesk_domain::Refusal;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// An answer that is not what was asked for, in the shapes existing clients know.
#[derive(Debug)]
pub(crate) enum ApiError {
    NotSignedIn,
    /// Signing in or renewing failed, and why.
    SignIn(&'static str),
    /// The password was right, and this is wanted beside it.
    SecondFactor(Wanted),
    /// The role does not allow it.
    Role,
    Forbidden(&'static str),
    NotFound,
    /// Not this address at all.
    NoSuchAddress,
    MethodNotAllowed,
    BadRequest,
    /// A refused change of oneself and the like: 400 with words.
    Refused(&'static str),
    Invalid(FieldErrors),
    /// The parameters make no request; these came.
    BadParameters {
        message: &'static str,
        received: Vec<String>,
    },
    /// Registration answers 500 to invalid input, and clients count on it.
    Registration(FieldErrors),
    Stale {
        newest: i64,
        newer: Vec<String>,
    },
    Conflict(&'static str),
    /// The cursor is older than what is kept, or of another database.
    Resync,
    /// The request took longer than the server waits.
    TooSlow,
    TooLarge,
    UnsupportedMedia,
    TooMany(TooMany),
    Unavailable(&'static str),
    Full,
    /// The account's files take all the room they may.
    NoRoom,
    /// A part was asked for of something that is only so many bytes long.
    NoSuchPart {
        length: u64,
    },
    Internal,
}

/// What is wrong, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// One field with one problem.
    pub(crate) fn one(field: &str, problem: &str) -> Self {
        Self(vec![(field.to_owned(), problem.to_owned())])
    }

    /// Adds a problem.
    pub(crate) fn add(&mut self, field: &str, problem: &str) {
        self.0.push((field.to_owned(), problem.to_owned()));
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn to_value(&self) -> Value {
        let mut fields = Map::new();
        for (field, problem) in &self.0 {
            let problems = fields.entry(field.clone()).or_insert_with(|| json!([]));
            if let Value::Array(problems) = problems {
                problems.push(json!(problem));
            }
        }
        Value::Object(fields)
    }
}

impl ApiError {
    /// One field with one problem.
    pub(crate) fn invalid(field: &str, problem: &str) -> Self {
        Self::Invalid(FieldErrors::one(field, problem))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotSignedIn | Self::SignIn(_) | Self::SecondFactor(_) | Self::Role => {
                StatusCode::UNAUTHORIZED
            }
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NoSuchAddress => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest | Self::Refused(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(_) | Self::BadParameters { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale { .. } | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Resync => StatusCode::GONE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Full | Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::NoSuchPart { .. } => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::Registration(_) | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn body(&self) -> Value {
        let status = self.status().as_u16();
        let said = |message: &str| json!({ "error": { "status": status, "message": message } });
        match self {
            Self::NotSignedIn => {
                json!({ "error": { "code": 401, "message": "Not authenticated" } })
            }
            Self::SignIn(message) | Self::Forbidden(message) | Self::Refused(message) => {
                said(message)
            }
            Self::SecondFactor(wanted) => json!({ "error": second_factor(wanted) }),
            Self::Role => said("Unauthorized access"),
            Self::NotFound => said("Not found"),
            Self::NoSuchAddress => json!({ "errors": { "detail": "Not Found" } }),
            Self::MethodNotAllowed => json!({ "errors": { "detail": "Method Not Allowed" } }),
            Self::BadRequest => json!({ "errors": { "detail": "Bad Request" } }),
            Self::Invalid(errors) => json!({ "error": {
                "status": status, "message": "Unprocessable Entity", "errors": errors.to_value(),
            } }),
            Self::BadParameters { message, received } => json!({ "error": {
                "status": status, "message": message, "received": received,
            } }),
            Self::Registration(errors) => json!({ "error": {
                "status": status, "message": "Couldn't create user", "errors": errors.to_value(),
            } }),
            Self::Stale { newest, newer } => json!({ "error": {
                "status": status,
                "message": "Something new was written since. Read it, then send again or force it.",
                "newest_seq": newest,
                "newer_message_ids": newer,
            } }),
            Self::Conflict(message) | Self::Unavailable(message) => said(message),
            Self::Resync => json!({ "error": {
                "status": status,
                "message": "The events after this number are no longer kept. Take a new snapshot.",
                "reason": "resync",
            } }),
            Self::TooSlow => {
                said("The request took too long. Ask again with the same idempotency key.")
            }
            Self::TooLarge => said("The request is too large"),
            Self::UnsupportedMedia => said("Send JSON or a form"),
            Self::TooMany(it) => said(&format!(
                "{} Try again in {} s.",
                too_many_of(it.limit),
                whole_seconds(it.wait)
            )),
            Self::Full => said("The server's disk is full. Nothing was changed; try again later."),
            Self::NoRoom => said(
                "The files of this account take all the room they may. Delete some, or ask whoever runs the server for more.",
            ),
            Self::NoSuchPart { length } => json!({ "error": {
                "status": status,
                "message": "There is no such part of the file",
                "length": length,
            } }),
            Self::Internal => json!({ "errors": { "detail": "Internal Server Error" } }),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        let after = match self {
            Self::Unavailable(_) | Self::Full => Some(2),
            Self::TooMany(it) => Some(whole_seconds(it.wait)),
            _ => None,
        };
        if let Some(seconds) = after {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if let Self::NoSuchPart { length } = self
            && let Ok(value) = HeaderValue::from_str(&format!("bytes */{length}"))
        {
            response.headers_mut().insert(header::CONTENT_RANGE, value);
        }
        response
    }
}

/// What is wanted beside a password, for programs in a field of its own.
fn second_factor(wanted: &Wanted) -> Value {
    let code =
        |message: &str| json!({ "status": 401, "message": message, "second_factor": "code" });
    match wanted {
        Wanted::Code => code("Signing in needs a code of your authenticator app as well."),
        Wanted::AnotherCode => {
            code("This code is wrong or was used already. Wait for the next one.")
        }
        Wanted::Enrolment(it) => json!({
            "status": 401,
            "message": "Your company requires a second factor. Set up an authenticator app with this secret, then sign in with its code.",
            "second_factor": "enrolment",
            "secret": it.secret,
            "url": it.url,
        }),
    }
}

/// A wait in seconds, rounded up: who comes back when told so is let in.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn too_many_of(limit: Limit) -> &'static str {
    match limit {
        Limit::Address => "Too many requests from your address.",
        Limit::Visitor | Limit::Widget => "Too much is being sent here.",
        Limit::Account => "Your company sends too many requests.",
        Limit::Key => "Too many requests with this key.",
        Limit::SignIn => "Too many attempts to sign in.",
    }
}

impl From<TooMany> for ApiError {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}

impl From<FileError> for ApiError {
    fn from(error: FileError) -> Self {
        let cause = &error as &dyn std::error::Error;
        match error {
            FileError::Missing => {
                tracing::error!(error = cause, "a file that is known has no bytes");
                Self::NotFound
            }
            FileError::Full(_) => {
                tracing::error!(error = cause, "there is no room for files");
                Self::Full
            }
            FileError::Disk(_) | FileError::Away(_) | FileError::Answered(_) => {
                tracing::error!(error = cause, "files cannot be kept or read");
                Self::Unavailable("Files cannot be kept or read now. Try again later.")
            }
        }
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Db(error) => error.into(),
            Failure::KeyReused => {
                Self::Conflict("This idempotency key was used for another request. Use a new key.")
            }
            Failure::WrongSignature => {
                Self::Forbidden("The signature does not prove this identity")
            }
            Failure::NoSuchLink => Self::Forbidden("Access denied"),
            Failure::LinkExpired => Self::Forbidden("This link has expired"),
            Failure::Unsigned => Self::Forbidden("This identity must be signed by the site"),
            Failure::NoRoom => Self::NoRoom,
            Failure::File(error) => error.into(),
            Failure::Unreadable(error) => {
                tracing::error!(%error, "a stored secret cannot be read");
                Self::Conflict(
                    "A stored secret cannot be read. Ask an admin to restore the server's key or to set the secret anew.",
                )
            }
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::NotFound,
            Refusal::Forbidden => Self::Role,
            Refusal::Stale { newest, newer } => Self::Stale {
                newest: newest.0,
                newer: newer.iter().map(ToString::to_string).collect(),
            },
            Refusal::AlreadyDone { .. } => {
                Self::Conflict("Somebody was faster: it is done already.")
            }
            Refusal::Conflict(why) => Self::Conflict(why),
            Refusal::Invalid { field, problem } => Self::invalid(field, problem),
        }
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Taken { what } => Self::invalid(taken_field(&what), "has already been taken"),
            DbError::Dangling => Self::invalid("id", "does not exist"),
            DbError::Full => Self::Full,
            DbError::Disk { .. } => {
                tracing::error!(error = &error as &dyn std::error::Error, "the disk failed");
                Self::Unavailable(
                    "The server's disk failed. Try again with the same idempotency key.",
                )
            }
            DbError::Commit { .. } => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a commit is in doubt"
                );
                Self::Unavailable(
                    "The database did not say whether this was done. Try again with the same \
                     idempotency key.",
                )
            }
            DbError::Gone | DbError::Open { .. } => {
                tracing::error!(error = &error as &dyn std::error::Error, "no database");
                Self::Unavailable("The database does not answer. Nothing was changed; try again.")
            }
            other => {
                tracing::error!(
                    error = &other as &dyn std::error::Error,
                    "the database failed"
                );
                Self::Internal
            }
        }
    }
}

/// The field a unique constraint is about: SQLite names the column, PostgreSQL the constraint.
fn taken_field(what: &str) -> &str {
    for field in ["email", "name", "slug"] {
        if what.contains(field) {
            return field;
        }
    }
    "id"
}
