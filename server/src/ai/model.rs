//! Asks a model: an OpenAI-compatible service that whoever runs the server chose. The answer streams, so
//! that a service that stalls is told from one that takes its time.

use super::door::Door;
use super::trouble::Trouble;
use crate::config::{self, Config, ModelKeyError};
use crate::outgoing::{ClientError, operator_client};
use crate::vault::Secret;
use frontdesk_ai::breaker::Heard;
use frontdesk_ai::completion::{Completion, Fault};
use frontdesk_ai::prompt::Message;
use frontdesk_ai::retry::{self, Refusal};
use frontdesk_ai::sse::Events;
use frontdesk_db::Clock;
use frontdesk_domain::AiTask;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::watch;

/// The most of an answer that is read.
const LARGEST: usize = 1024 * 1024;

/// So much of a service's own words is told.
const WORDS: usize = 200;

/// A model that can be asked.
#[derive(Debug)]
pub(crate) struct Model {
    client: Client,
    url: String,
    authorization: Option<HeaderValue>,
    settings: config::Ai,
    door: Door,
}

/// Why there is no model although one is configured.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error(transparent)]
    File(#[from] ModelKeyError),
    #[error("the key of the model has characters that no header takes")]
    Key,
    #[error(transparent)]
    Client(#[from] ClientError),
}

/// Why a model gave no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoText {
    pub(crate) why: String,
    /// Whether it may go better in a while.
    pub(crate) passing: Passing,
    pub(crate) trouble: Trouble,
}

/// Whether something may go better in a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passing {
    Yes,
    No,
    /// The service is down for everybody: it was not asked, or was the one that was to show that it is back.
    Down,
}

/// What the limit of tokens is called. Newer models of `OpenAI` refuse the old name, others know no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Common,
    Newer,
}

impl Model {
    /// The model of the configuration, where there is one.
    ///
    /// # Errors
    /// When its key cannot be read.
    pub(crate) fn of(config: &Config, clock: Arc<dyn Clock>) -> Result<Option<Self>, ModelError> {
        let settings = config.ai.clone();
        let Some(service) = settings.service() else {
            return Ok(None);
        };
        let key = settings.key.read(&config.data)?;
        let authorization = key.as_ref().map(bearer).transpose()?;
        Ok(Some(Self {
            client: operator_client(settings.timeout.0)?,
            url: format!("{service}/chat/completions"),
            authorization,
            settings,
            door: Door::new(clock),
        }))
    }

    /// What the model for a task is called.
    pub(crate) fn name(&self, task: AiTask) -> &str {
        self.settings.model_for(task)
    }

    /// Whether its service is left alone now, because it is down.
    pub(crate) fn rests(&self) -> bool {
        self.door.rests()
    }

    /// Asks it, unless its service is down. What comes can be read at `writes` meanwhile.
    pub(crate) async fn ask(
        &self,
        task: AiTask,
        messages: &[Message],
        writes: &watch::Sender<String>,
    ) -> Result<Completion, NoText> {
        let Ok(passage) = self.door.enter().await else {
            return Err(NoText {
                why: "The model's service is down. It is tried again by itself.".to_owned(),
                passing: Passing::Down,
                trouble: Trouble::Busy,
            });
        };
        let mut answered = self.insist(task, messages, writes).await;
        let silent = matches!(&answered, Err(no_text) if no_text.passing == Passing::Yes);
        passage.heard(if silent {
            Heard::Nothing
        } else {
            Heard::Answer
        });
        if let Err(no_text) = &mut answered
            && silent
            && self.door.is_down()
        {
            no_text.passing = Passing::Down;
        }
        answered
    }

    /// Asks it, and once more where that may help. What has begun to come is never asked for again, and can
    /// be read at `writes` as it comes.
    pub(super) async fn insist(
        &self,
        task: AiTask,
        messages: &[Message],
        writes: &watch::Sender<String>,
    ) -> Result<Completion, NoText> {
        let mut dialect = Dialect::Common;
        let mut tries = 0;
        loop {
            let sent = self.send(task, messages, dialect).await;
            let refused = match sent {
                Ok(response) if response.status().is_success() => {
                    return read(response, writes).await;
                }
                Ok(response) => Refused::of(response).await,
                Err(error) => Refused::silent(&error),
            };
            if dialect == Dialect::Common && refused.wants_newer() {
                dialect = Dialect::Newer;
                continue;
            }
            let wait = retry::wait(&refused.as_refusal(), tries, crate::work::chance());
            let more = usize::try_from(tries).unwrap_or(usize::MAX) < self.settings.retries.0;
            match wait {
                Some(wait) if more => tokio::time::sleep(wait).await,
                Some(_) => return Err(refused.no_text(Passing::Yes)),
                None => return Err(refused.no_text(refused.passing())),
            }
            tries += 1;
        }
    }

    async fn send(
        &self,
        task: AiTask,
        messages: &[Message],
        dialect: Dialect,
    ) -> Result<Response, reqwest::Error> {
        let mut request = self
            .client
            .post(&self.url)
            .json(&self.body(task, messages, dialect));
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        request.send().await
    }

    fn body(&self, task: AiTask, messages: &[Message], dialect: Dialect) -> Value {
        let mut body = json!({
            "model": self.name(task),
            "messages": messages,
            "stream": true,
            "stream_options": { "include_usage": true },
        });
        let (name, temperature) = match dialect {
            Dialect::Common => ("max_tokens", Some(self.settings.temperature.value())),
            Dialect::Newer => ("max_completion_tokens", None),
        };
        body[name] = json!(self.settings.max_tokens);
        if let Some(temperature) = temperature {
            body["temperature"] = json!(temperature);
        }
        body
    }
}

fn bearer(secret: &Secret) -> Result<HeaderValue, ModelError> {
    let mut value = b"Bearer ".to_vec();
    value.extend_from_slice(secret.reveal());
    let mut value = HeaderValue::from_bytes(&value).map_err(|_| ModelError::Key)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Reads an answer to its end, streamed or at once.
async fn read(
    mut response: Response,
    writes: &watch::Sender<String>,
) -> Result<Completion, NoText> {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let at_once = kind.contains("json");
    let mut completion = Completion::default();
    let (mut events, mut whole, mut length) = (Events::default(), Vec::new(), 0);
    loop {
        let part = match response.chunk().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) if error.is_timeout() => return Err(broken("The model's service stalled.")),
            Err(_) => return Err(broken(&Fault::Cut.words())),
        };
        length += part.len();
        if length > LARGEST {
            return Err(broken("The model's answer has no end."));
        }
        if at_once {
            whole.extend_from_slice(&part);
            continue;
        }
        let found = events.push(&part).map_err(|_| fault(&Fault::Malformed))?;
        for event in found {
            completion.take(&event).map_err(|it| fault(&it))?;
        }
        writes.send_if_modified(|told| {
            let is_more = told.len() < completion.text.len();
            told.push_str(&completion.text[told.len()..]);
            is_more
        });
    }
    if at_once {
        let text = String::from_utf8(whole).map_err(|_| fault(&Fault::Malformed))?;
        completion.take(&text).map_err(|it| fault(&it))?;
    } else if let Some(event) = events.finish().map_err(|_| fault(&Fault::Malformed))? {
        completion.take(&event).map_err(|it| fault(&it))?;
    }
    completion.finish().map_err(|it| fault(&it))
}

fn fault(fault: &Fault) -> NoText {
    let passing = match fault {
        Fault::Told(_) | Fault::Malformed | Fault::Cut => Passing::Yes,
        Fault::Length | Fault::Filtered => Passing::No,
    };
    NoText {
        why: fault.words(),
        passing,
        trouble: Trouble::Answer,
    }
}

fn broken(why: &str) -> NoText {
    NoText {
        why: why.to_owned(),
        passing: Passing::Yes,
        trouble: Trouble::Silent,
    }
}

/// An answer that is no reply.
struct Refused {
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
    async fn of(mut response: Response) -> Self {
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

    fn silent(error: &reqwest::Error) -> Self {
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

    fn wants_newer(&self) -> bool {
        let named = matches!(self.param.as_deref(), Some("max_tokens" | "temperature"));
        self.status == Some(400) && named
    }

    fn as_refusal(&self) -> Refusal<'_> {
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
    fn passing(&self) -> Passing {
        match self.status {
            Some(429 | 503) if self.code.as_deref() != Some("insufficient_quota") => Passing::Yes,
            _ => Passing::No,
        }
    }

    fn no_text(&self, passing: Passing) -> NoText {
        NoText {
            why: self.words.clone(),
            passing,
            trouble: self.trouble,
        }
    }
}
