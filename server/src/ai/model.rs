//! Asks a model: an OpenAI-compatible service that whoever runs the server chose. The answer streams, so
//! that a service that stalls is told from one that takes its time.

use super::door::Door;
use super::refused::Refused;
use super::trouble::Trouble;
use crate::config::{self, Config, Count, ModelKeyError};
use crate::outgoing::{ClientError, operator_client};
use crate::vault::Secret;
use frontdesk_ai::breaker::Heard;
use frontdesk_ai::completion::{Completion, Fault};
use frontdesk_ai::prompt::Message;
use frontdesk_ai::retry;
use frontdesk_ai::sse::Events;
use frontdesk_db::Clock;
use frontdesk_domain::AiTask;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::watch;

/// The most of an answer that is read.
const LARGEST: usize = 1024 * 1024;

/// A model that can be asked.
#[derive(Debug)]
pub(crate) struct Model {
    client: Client,
    /// Where its paths begin.
    service: String,
    authorization: Option<HeaderValue>,
    pub(super) settings: config::Ai,
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
pub(super) enum Dialect {
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
            service: service.to_owned(),
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
        self.through(self.insist(task, messages, writes)).await
    }

    /// Asks, unless the service is down, and learns from what comes whether it is.
    pub(super) async fn through<T>(
        &self,
        asking: impl Future<Output = Result<T, NoText>>,
    ) -> Result<T, NoText> {
        let Ok(passage) = self.door.enter().await else {
            return Err(NoText {
                why: "The model's service is down. It is tried again by itself.".to_owned(),
                passing: Passing::Down,
                trouble: Trouble::Busy,
            });
        };
        let mut answered = asking.await;
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
        let question = |dialect| self.body(task, messages, dialect);
        let response = self.call("chat/completions", &question, self.settings.retries);
        read(response.await?, writes).await
    }

    /// The beginning of an answer. The service is asked this many times more where that may help.
    pub(super) async fn call(
        &self,
        path: &str,
        question: &(dyn Fn(Dialect) -> Value + Sync),
        retries: Count,
    ) -> Result<Response, NoText> {
        let mut dialect = Dialect::Common;
        let mut tries = 0;
        loop {
            let refused = match self.send(path, &question(dialect)).await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => Refused::of(response).await,
                Err(error) => Refused::silent(&error),
            };
            if dialect == Dialect::Common && refused.wants_newer() {
                dialect = Dialect::Newer;
                continue;
            }
            let wait = retry::wait(&refused.as_refusal(), tries, crate::work::chance());
            let more = usize::try_from(tries).unwrap_or(usize::MAX) < retries.0;
            match wait {
                Some(wait) if more => tokio::time::sleep(wait).await,
                Some(_) => return Err(refused.no_text(Passing::Yes)),
                None => return Err(refused.no_text(refused.passing())),
            }
            tries += 1;
        }
    }

    async fn send(&self, path: &str, question: &Value) -> Result<Response, reqwest::Error> {
        let url = format!("{}/{path}", self.service);
        let mut request = self.client.post(url).json(question);
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

pub(super) fn fault(fault: &Fault) -> NoText {
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
