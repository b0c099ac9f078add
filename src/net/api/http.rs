//! Requests and answers, without knowing what they are about.

mod upload;

pub(super) use upload::Upload;

use super::ApiError;
use super::error::refusal;
use crate::net::address::Address;
use crate::net::trust;
use crate::secret::Secret;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// The most an answer may hold: more than any page, less than what would fill the memory.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// How long a whole stream may take; each piece of it has to come much sooner.
const LONGEST_STREAM: Duration = Duration::from_secs(3_600);

/// A way to one server.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    address: Address,
    patience: Duration,
}

/// Something to ask of the server.
#[derive(Debug)]
pub(super) struct Call {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
    /// Makes repeating the call harmless.
    key: Option<String>,
}

impl Call {
    pub(super) fn get(path: &str, query: &[(&str, String)]) -> Self {
        let owned = query
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        Self {
            query: owned.collect(),
            ..Self::new(Method::GET, path)
        }
    }

    pub(super) fn post(path: &str, body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::new(Method::POST, path)
        }
    }

    pub(super) fn put(path: &str, body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::new(Method::PUT, path)
        }
    }

    pub(super) fn delete(path: &str) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(super) fn with_key(self, key: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..self
        }
    }

    fn new(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            query: Vec::new(),
            body: None,
            key: None,
        }
    }
}

/// A good answer.
#[derive(Debug)]
pub(super) struct Receipt {
    body: Vec<u8>,
}

impl Receipt {
    pub(super) fn into_body(self) -> Vec<u8> {
        self.body
    }

    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_slice(&self.body).map_err(ApiError::Unreadable)
    }
}

impl Http {
    /// A way to the server at `address` that waits for an answer as long as `patience`.
    ///
    /// # Errors
    /// When encrypted connections are not possible on this machine.
    pub fn new(address: Address, patience: Duration) -> Result<Self, ApiError> {
        let tls = trust::tls(&address).map_err(ApiError::Trust)?;
        // A token goes to the address it belongs to and nowhere else, so nothing is followed.
        let mut builder = Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            .redirect(redirect::Policy::none())
            .connect_timeout(patience)
            .timeout(patience)
            .user_agent(concat!("frontdesk/", env!("CARGO_PKG_VERSION")));
        if address.is_this_machine() {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(ApiError::Offline)?;
        Ok(Self {
            client,
            address,
            patience,
        })
    }

    /// The server.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    pub(super) async fn send(
        &self,
        call: &Call,
        token: Option<&Secret>,
    ) -> Result<Receipt, ApiError> {
        let response = self.request(call, token)?.send().await.map_err(offline)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response).await?;
        if status.is_success() {
            Ok(Receipt { body })
        } else {
            Err(refusal(status, &headers, &body))
        }
    }

    /// Asks for something long that comes piece by piece.
    pub(super) async fn stream(
        &self,
        call: &Call,
        token: Option<&Secret>,
    ) -> Result<Response, ApiError> {
        let request = self.request(call, token)?.timeout(LONGEST_STREAM);
        let response = request.send().await.map_err(offline)?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() {
            return Ok(response);
        }
        Err(refusal(status, &headers, &body(response).await?))
    }

    fn request(&self, call: &Call, token: Option<&Secret>) -> Result<RequestBuilder, ApiError> {
        let mut request = self
            .client
            .request(call.method.clone(), self.address.at(&call.path));
        if !call.query.is_empty() {
            let mut url = self.address.at(&call.path);
            url.query_pairs_mut().extend_pairs(&call.query);
            request = self.client.request(call.method.clone(), url);
        }
        if let Some(token) = token {
            request = authorized(request, token)?;
        }
        if let Some(key) = &call.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        Ok(request)
    }
}

fn authorized(request: RequestBuilder, token: &Secret) -> Result<RequestBuilder, ApiError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose()))
        .map_err(|_| ApiError::NotAuthenticated)?;
    value.set_sensitive(true);
    Ok(request.header(AUTHORIZATION, value))
}

/// The whole body, unless it is too large.
async fn body(mut response: Response) -> Result<Vec<u8>, ApiError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(offline)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(ApiError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The address is left out of such an error: it may carry what was asked for.
pub(super) fn offline(error: reqwest::Error) -> ApiError {
    ApiError::Offline(error.without_url())
}
