//! A call to a provider, and its answer.

use serde_json::Value;
use std::fmt;

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// A call to a provider. Its address, headers and body may hold secrets, so it shows none of them.
#[derive(Clone, PartialEq)]
pub struct Call {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

/// What a call carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Empty,
    Form(Vec<(&'static str, String)>),
    Json(Value),
    /// As it is, because it is signed.
    Text(String),
    Bytes {
        /// Of what type they are.
        kind: String,
        bytes: Vec<u8>,
    },
}

impl Call {
    /// A call that asks.
    #[must_use]
    pub fn get(url: String) -> Self {
        Self {
            method: Method::Get,
            url,
            headers: Vec::new(),
            body: Body::Empty,
        }
    }

    /// A call that carries something.
    #[must_use]
    pub fn post(url: String, body: Body) -> Self {
        Self {
            method: Method::Post,
            url,
            headers: Vec::new(),
            body,
        }
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Seconds, where the provider asked for patience in a header.
    pub retry_after: Option<u64>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the provider took it.
    #[must_use]
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}
