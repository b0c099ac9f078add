//! Fetches what a message only names, into the file store.

use super::call;
use crate::app::App;
use crate::files::{FileError, kind, name};
use crate::outgoing::{Answer as Answered, OutgoingError};
use crate::use_cases::uploads;
use frontdesk_connectors::channel::{Answer, Call, Channel, Fetch, Remote};
use frontdesk_domain::file::File;
use frontdesk_domain::{AccountId, FileId};
use reqwest::header::CONTENT_TYPE;

/// The files of a message: those that are here now, and what is to be said of the others.
#[derive(Debug, Default)]
pub(crate) struct Fetched {
    pub(crate) files: Vec<File>,
    pub(crate) missing: Vec<String>,
}

/// Fetches all that is named.
pub(crate) async fn fetch(
    app: &App,
    channel: &dyn Channel,
    account_id: AccountId,
    named: &[Remote],
) -> Fetched {
    let mut fetched = Fetched::default();
    for remote in named {
        match one(app, channel, account_id, remote).await {
            Ok(file) => fetched.files.push(file),
            Err(why) => {
                let called = name::clean(&remote.filename);
                let line =
                    format!("The file {called} of this message could not be fetched: {why}.");
                fetched.missing.push(line);
            }
        }
    }
    fetched
}

async fn one(
    app: &App,
    channel: &dyn Channel,
    account_id: AccountId,
    remote: &Remote,
) -> Result<File, String> {
    let way = channel.fetch().ok_or("this channel fetches none")?;
    let words = |error: OutgoingError| error.to_string();
    let first = way.first(&remote.place)?;
    let largest = app.config.limits.upload.bytes();
    let call = async |call| {
        call::send(&app.outgoing, call, largest)
            .await
            .map_err(words)
    };
    let mut answer = call(first).await?;
    if let Some(second) = second(way, &mut answer).await? {
        answer = call(second).await?;
    }
    if !answer.status().is_success() {
        return Err(format!(
            "the provider answered {}",
            answer.status().as_u16()
        ));
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let is_page = remote
        .content_type
        .as_deref()
        .is_some_and(|it| it.starts_with("text/html"));
    if let Some(why) = way.refuses(kind).filter(|_| !is_page) {
        return Err(why.to_owned());
    }
    keep(app, account_id, remote, answer).await
}

/// The second call, where the first answer only says where the file is.
async fn second(way: &dyn Fetch, answer: &mut Answered) -> Result<Option<Call>, String> {
    let said_nothing = Answer {
        status: answer.status().as_u16(),
        retry_after: None,
        body: Vec::new(),
    };
    if way.second(&said_nothing).is_none() {
        return Ok(None);
    }
    let mut body = Vec::new();
    while let Some(part) = answer.part().await.map_err(|error| error.to_string())? {
        body.extend_from_slice(&part);
        if body.len() > LONGEST_DIRECTIONS {
            return Err("the provider's answer is too long".to_owned());
        }
    }
    let said = Answer {
        body,
        ..said_nothing
    };
    way.second(&said).transpose()
}

/// The most that a provider says about where a file is.
const LONGEST_DIRECTIONS: usize = 64 * 1024;

async fn keep(
    app: &App,
    account_id: AccountId,
    remote: &Remote,
    mut answer: Answered,
) -> Result<File, String> {
    let limit = app.config.limits.upload.bytes() as u64;
    let unwritten = |error: FileError| {
        tracing::error!(%error, "a received file could not be written");
        "it could not be written here".to_owned()
    };
    let mut incoming = app.files.begin().await.map_err(unwritten)?;
    while let Some(part) = answer.part().await.map_err(|error| error.to_string())? {
        if incoming.size() + part.len() as u64 > limit {
            return Err("it is larger than this server keeps".to_owned());
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
    kept.map_err(|failure| failure.to_string())
}
