//! What a service says in place of an answer, and whether it is worth asking once more.

use super::model::{NoText, Passing};
use super::trouble::Trouble;
use frontdesk_ai::retry::Refusal;
use reqwest::Response;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

/// The most of it that is read.
const LARGEST: usize = 1024 * 1024;

/// So much of a service's own words is told.
const WORDS: usize = 200;

/// An answer that is no reply.
pub(super) struct Refused {
    status: Option<u16>,
    headers: HeaderMap,
    code: Option<String>,
    param: Option<String>,
    words: String,
    trouble: Trouble,
}

#[derive(Deserialize)]
struct Body {
    error: Told,
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    message: Option<String>,
    /// A text at `OpenAI`, a number elsewhere.
    #[serde(default)]
    code: Value,
    #[serde(default)]
    param: Option<String>,
}

impl Refused {
    pub(super) async fn of(mut response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        // Proxies answer with pages. What cannot be read of an error changes nothing about it.
        while let Ok(Some(part)) = response.chunk().await {
            body.extend_from_slice(&part);
            if body.len() > LARGEST {
                break;
            }
        }
        let told = serde_json::from_slice::<Body>(&body)
            .ok()
            .map(|it| it.error);
        let kind = told.as_ref().map(|it| it.code.as_str());
        let trouble = Trouble::of_status(status, kind);
        let told = told.unwrap_or(Told {
            message: None,
            code: Value::Null,
            param: None,
        });
        // Who was not let in may be told the key again; it is not repeated here.
        let message = told.message.filter(|_| status != 401).unwrap_or_default();
        let words: String = message.chars().take(WORDS).collect();
        Self {
            status: Some(status),
            headers,
            code: told.code.as_str().map(ToOwned::to_owned),
            param: told.param,
            words: format!("The model's service answered {status}. {words}")
                .trim()
                .to_owned(),
            trouble,
        }
    }

    pub(super) fn silent(error: &reqwest::Error) -> Self {
        let words = if error.is_timeout() {
            "The model's service does not answer."
        } else {
            "The model's service cannot be reached."
        };
        Self {
            status: None,
            headers: HeaderMap::new(),
            code: None,
            param: None,
            words: words.to_owned(),
            trouble: Trouble::of_silence(error),
        }
    }

    pub(super) fn wants_newer(&self) -> bool {
        let named = matches!(self.param.as_deref(), Some("max_tokens" | "temperature"));
        self.status == Some(400) && named
    }

    pub(super) fn as_refusal(&self) -> Refusal<'_> {
        let header = |name: &str| self.headers.get(name).and_then(|it| it.to_str().ok());
        Refusal {
            status: self.status,
            should_retry: header("x-should-retry"),
            after_ms: header("retry-after-ms"),
            after: header("retry-after"),
            code: self.code.as_deref(),
        }
    }

    /// A service that asks for more patience than a call has may have it later.
    pub(super) fn passing(&self) -> Passing {
        match self.status {
            Some(429 | 503) if self.code.as_deref() != Some("insufficient_quota") => Passing::Yes,
            _ => Passing::No,
        }
    }

    pub(super) fn no_text(&self, passing: Passing) -> NoText {
        NoText {
            why: self.words.clone(),
            passing,
            trouble: self.trouble,
        }
    }
}
