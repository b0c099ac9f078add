//! What comes in with a request: bodies, queries and ids from the path.

mod form;

use crate::app::App;
use crate::http::error::{ApiError, FieldErrors};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header;
use axum::http::request::Parts;
use frontdesk_db::queries::idempotency::Intent;
use frontdesk_domain::Actor;
use frontdesk_domain::decide::Field;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::str::FromStr;

/// A body that is one object under a wrapping key, such as `{"tag": {…}}`.
pub(crate) trait Wrapped: DeserializeOwned + Send {
    /// The wrapping key.
    const KEY: &'static str;
}

/// The body of a request under its wrapping key.
#[derive(Debug)]
pub(crate) struct Input<T> {
    pub(crate) value: T,
    pub(crate) repeat: Repeat,
}

/// The body of a request as it is.
#[derive(Debug)]
pub(crate) struct Plain<T> {
    pub(crate) value: T,
    pub(crate) repeat: Repeat,
}

/// What makes a repeated request the same request.
#[derive(Debug, Clone)]
pub(crate) struct Repeat {
    key: Option<String>,
    fingerprint: [u8; 32],
}

/// Longer keys are nobody's honest wish.
const LONGEST_KEY: usize = 255;

impl Repeat {
    /// The intent of this actor, when the request carries a key.
    pub(crate) fn intent(&self, actor: &Actor) -> Option<Intent> {
        let key = self.key.clone()?;
        Some(Intent::of(actor, key, self.fingerprint))
    }

    fn of(parts: &Parts, body: &[u8]) -> Result<Self, ApiError> {
        let key = match parts.headers.get("idempotency-key") {
            None => None,
            Some(value) => {
                let text = value.to_str().map_err(|_| ApiError::BadRequest)?.trim();
                if text.is_empty() || text.len() > LONGEST_KEY {
                    return Err(ApiError::BadRequest);
                }
                Some(text.to_owned())
            }
        };
        let mut hasher = Sha256::new();
        hasher.update(parts.method.as_str());
        hasher.update(b" ");
        hasher.update(parts.uri.path());
        hasher.update(b"\n");
        hasher.update(body);
        Ok(Self {
            key,
            fingerprint: hasher.finalize().into(),
        })
    }
}

/// For routes that take no body.
impl FromRequestParts<App> for Repeat {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        Self::of(parts, &[])
    }
}

async fn read(request: Request, app: &App) -> Result<(Value, Repeat), ApiError> {
    let (parts, body) = request.into_parts();
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or("application/json").to_ascii_lowercase();
    let request = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(request, app)
        .await
        .map_err(|_| ApiError::TooLarge)?;
    let repeat = Repeat::of(&parts, &bytes)?;
    let value = if kind.starts_with("application/x-www-form-urlencoded") {
        form::nest(&bytes)
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        Value::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(&bytes).map_err(|_| ApiError::BadRequest)?
    };
    Ok((value, repeat))
}

/// A value that is JSON but not what was asked for is a validation error at its place.
fn fit<T: DeserializeOwned>(value: Value) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let text = error.inner().to_string();
        let missing = text
            .strip_prefix("missing field `")
            .and_then(|rest| rest.split('`').next());
        let errors = match missing {
            Some(field) => FieldErrors::one(field, "can't be blank"),
            None => FieldErrors::one(&path, "is invalid"),
        };
        ApiError::Invalid(errors)
    })
}

impl<T: Wrapped> FromRequest<App> for Input<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (mut body, repeat) = read(request, app).await?;
        let inner = body
            .get_mut(T::KEY)
            .map(Value::take)
            .ok_or(ApiError::BadRequest)?;
        if !inner.is_object() {
            return Err(ApiError::BadRequest);
        }
        Ok(Self {
            value: fit(inner)?,
            repeat,
        })
    }
}

impl<T: DeserializeOwned + Send> FromRequest<App> for Plain<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (body, repeat) = read(request, app).await?;
        if !body.is_object() {
            return Err(ApiError::BadRequest);
        }
        Ok(Self {
            value: fit(body)?,
            repeat,
        })
    }
}

/// The query of a request. `key[]=a&key[]=b` makes a list.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let value = form::nest(query.as_bytes());
        serde_json::from_value(value)
            .map(Self)
            .map_err(|_| ApiError::BadRequest)
    }
}

/// A value of a query, where there is one: empty is none.
pub(crate) fn given<T: FromStr>(field: &str, text: Option<&String>) -> Result<Option<T>, ApiError> {
    match text.map(|text| text.trim()).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| ApiError::invalid(field, "is invalid")),
    }
}

/// The first id of the path. What is no id is a bad request.
#[derive(Debug)]
pub(crate) struct Id<T>(pub(crate) T);

impl<T: FromStr + Send> FromRequestParts<App> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Ok(Self(path_part(parts, app, 0).await?))
    }
}

/// The first two ids of the path.
#[derive(Debug)]
pub(crate) struct Ids<A, B>(pub(crate) A, pub(crate) B);

impl<A: FromStr + Send, B: FromStr + Send> FromRequestParts<App> for Ids<A, B> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Ok(Self(
            path_part(parts, app, 0).await?,
            path_part(parts, app, 1).await?,
        ))
    }
}

async fn path_part<T: FromStr>(parts: &mut Parts, app: &App, index: usize) -> Result<T, ApiError> {
    let found = RawPathParams::from_request_parts(parts, app).await;
    let params = found.map_err(|_| ApiError::BadRequest)?;
    let text = params.iter().nth(index).map(|(_, value)| value.to_owned());
    text.and_then(|text| text.parse().ok())
        .ok_or(ApiError::BadRequest)
}

/// A field that can be left out, null, or set.
#[derive(Debug, Clone)]
pub(crate) struct Double<T>(pub(crate) Option<Option<T>>);

impl<T> Default for Double<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Double<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|inner| Self(Some(inner)))
    }
}

impl<T: JsonSchema> JsonSchema for Double<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

impl<T> Double<T> {
    /// What this means for a field that may be empty.
    pub(crate) fn field(self) -> Field<T> {
        match self.0 {
            None => Field::Keep,
            Some(None) => Field::Clear,
            Some(Some(value)) => Field::Set(value),
        }
    }
}
