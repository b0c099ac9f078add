//! Fetches what a message only names, into the file store.

use super::call;
use crate::app::App;
use crate::failure::Failure;
use crate::files::{FileError, kind, name};
use crate::outgoing::{Answer as Answered, OutgoingError};
use crate::use_cases::uploads;
use frontdesk_connectors::channel::{Answer, Call, Channel, Fetch, Remote};
use frontdesk_domain::file::File;
use frontdesk_domain::{AccountId, FileId};
use futures_util::FutureExt;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use std::time::Duration;
use tokio::select;
use tokio::time::sleep;

/// The files of a message: those that are here now, and those that are not.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub(crate) files: Vec<File>,
    pub(crate) missing: Vec<Missing>,
}

/// A file that is not here.
#[derive(Debug)]
pub(crate) struct Missing {
    /// Which of the message's files it is.
    pub(crate) position: usize,
    pub(crate) remote: Remote,
    pub(crate) missed: Missed,
}

/// Why a file is not here, in words for agents, and whether that may pass.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    Lasting {
        why: String,
    },
    Passing {
        why: String,
        /// When to ask again, where the provider said so.
        after: Option<Duration>,
    },
}

impl Missed {
    /// Why, in words for agents.
    pub(crate) fn why(&self) -> &str {
        match self {
            Self::Lasting { why } | Self::Passing { why, .. } => why,
        }
    }

    fn lasting(why: impl Into<String>) -> Self {
        Self::Lasting { why: why.into() }
    }

    fn passing(why: impl Into<String>) -> Self {
        Self::Passing {
            why: why.into(),
            after: None,
        }
    }
}

impl From<OutgoingError> for Missed {
    fn from(error: OutgoingError) -> Self {
        match error {
            OutgoingError::Refused(_) | OutgoingError::TooLarge { .. } => {
                Self::lasting(error.to_string())
            }
            OutgoingError::TimedOut | OutgoingError::Unreachable | OutgoingError::Broken => {
                Self::passing(error.to_string())
            }
        }
    }
}

/// How long a message waits for its files before it is shown without them. Twilio gives up on who does
/// not answer in 15 seconds, and does not send again.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// Fetches all that is named and comes soon.
pub(crate) async fn fetch(
    app: &App,
    channel: &dyn Channel,
    account_id: AccountId,
    named: &[Remote],
) -> Fetched {
    let mut fetched = Fetched::default();
    let patience = sleep(app.config.outgoing.timeout.min(LONGEST_WAIT)).shared();
    for (position, remote) in named.iter().enumerate() {
        let result = select! {
            biased;
            result = fetch_one(app, channel, account_id, remote) => result,
            () = patience.clone() => Err(Missed::passing("it takes long to come")),
        };
        match result {
            Ok(file) => fetched.files.push(file),
            Err(missed) => fetched.missing.push(Missing {
                position,
                remote: remote.clone(),
                missed,
            }),
        }
    }
    fetched
}

/// Fetches one.
pub(crate) async fn fetch_one(
    app: &App,
    channel: &dyn Channel,
    account_id: AccountId,
    remote: &Remote,
) -> Result<File, Missed> {
    let way = channel
        .fetch()
        .ok_or_else(|| Missed::lasting("this channel fetches none"))?;
    let largest = app.config.limits.upload.bytes();
    let call = async |call| call::send(&app.outgoing, call, largest).await;
    let mut answer = call(way.first(&remote.place).map_err(Missed::lasting)?).await?;
    if let Some(second) = second(way, &mut answer).await? {
        answer = call(second).await?;
    }
    if !answer.status().is_success() {
        let why = format!("the provider answered {}", answer.status().as_u16());
        return Err(missed(&answer, why));
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let is_page = remote
        .content_type
        .as_deref()
        .is_some_and(|it| it.starts_with("text/html"));
    // Who is not let in may be tomorrow: a token is renewed, or an admin allows more.
    if let Some(why) = way.refuses(kind).filter(|_| !is_page) {
        return Err(Missed::passing(why));
    }
    keep(app, account_id, remote, answer).await
}

/// What an answer that brings no file means.
fn missed(answer: &Answered, why: String) -> Missed {
    match answer.status().as_u16() {
        401 | 403 | 408 | 425 | 429 | 500.. => {
            let asked = answer.headers().get(RETRY_AFTER);
            let seconds = asked.and_then(|it| it.to_str().ok()?.trim().parse().ok());
            Missed::Passing {
                why,
                after: seconds.map(Duration::from_secs),
            }
        }
        _ => Missed::Lasting { why },
    }
}

/// The second call, where the first answer only says where the file is.
async fn second(way: &dyn Fetch, answer: &mut Answered) -> Result<Option<Call>, Missed> {
    let said_nothing = Answer {
        status: answer.status().as_u16(),
        retry_after: None,
        body: Vec::new(),
    };
    if way.second(&said_nothing).is_none() {
        return Ok(None);
    }
    let mut body = Vec::new();
    while let Some(part) = answer.part().await? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_DIRECTIONS {
            return Err(Missed::lasting("the provider's answer is too long"));
        }
    }
    let said = Answer {
        body,
        ..said_nothing
    };
    let asked = way.second(&said).transpose();
    asked.map_err(|why| missed(answer, why))
}

/// The most that a provider says about where a file is.
const LONGEST_DIRECTIONS: usize = 64 * 1024;

async fn keep(
    app: &App,
    account_id: AccountId,
    remote: &Remote,
    mut answer: Answered,
) -> Result<File, Missed> {
    let limit = app.config.limits.upload.bytes() as u64;
    let unwritten = |error: FileError| {
        tracing::error!(%error, "a received file could not be written");
        Missed::passing("it could not be written here")
    };
    let mut incoming = app.files.begin().await.map_err(unwritten)?;
    while let Some(part) = answer.part().await? {
        if incoming.size() + part.len() as u64 > limit {
            return Err(Missed::lasting("it is larger than this server keeps"));
        }
        incoming.write(&part).await.map_err(unwritten)?;
    }
    let known = File {
        id: FileId::random(),
        account_id,
        filename: name::clean(&remote.filename),
        content_type: kind::kind_of(incoming.head(), remote.content_type.as_deref()),
        size: i64::try_from(incoming.size()).unwrap_or(i64::MAX),
        user_id: None,
        customer_id: None,
        created_at: app.db.now(),
    };
    let kept = uploads::keep(app, incoming, &known).await;
    kept.map_err(|failure| match failure {
        Failure::Refused(refusal) => Missed::lasting(refusal.to_string()),
        failure => Missed::passing(failure.to_string()),
    })
}
