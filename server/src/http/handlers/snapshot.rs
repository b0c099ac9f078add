//! `GET /api/v1/snapshot`: all a new client needs, as lines of JSON, the most wanted first. It
//! is read and sent page by page, so that neither side holds more than one page.

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::http::handlers::conversations::full;
use crate::http::wire;
use crate::http::{Agent, ApiError, Query};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use frontdesk_db::queries::snapshot::{self, SnapshotCursor};
use frontdesk_domain::{Actor, Timestamp};
use futures_util::stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::io::Write;

/// What a stream of lines is called.
pub(crate) const LINES: &str = "application/x-ndjson";

/// What of the desk is wanted.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SnapshotQuery {
    /// Leaves out what was closed before it, except where the caller is mentioned. An ISO 8601 time.
    closed_since: Option<String>,
}

impl SnapshotQuery {
    fn closed_since(&self) -> Result<Option<Timestamp>, ApiError> {
        let read = |text: &String| {
            let time = Timestamp::parse(text);
            time.ok_or_else(|| ApiError::invalid("closed_since", "is no ISO 8601 time"))
        };
        self.closed_since.as_ref().map(read).transpose()
    }
}

/// The first line is `start`, with the number from which events go on; then a line for every
/// conversation; the last is `end`. Without an `end` it was cut and is to be asked for again.
pub(crate) async fn stream(
    State(app): State<App>,
    agent: Agent,
    Query(query): Query<SnapshotQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let closed_since = query.closed_since()?;
    let actor = agent.actor();
    let begin = begin(&app, &actor).await?;
    let gzip = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| text.contains("gzip"));
    let out = if gzip {
        Lines::Packed(Box::new(GzEncoder::new(Vec::new(), Compression::fast())))
    } else {
        Lines::Plain(Vec::new())
    };
    let sender = Sender {
        app,
        actor,
        out,
        at: Some(begin.1),
        closed_since,
        first: Some(begin.0),
    };
    let body = Body::from_stream(stream::try_unfold(Some(sender), |sender| async {
        match sender {
            None => Ok::<_, Failure>(None),
            Some(sender) => sender.step().await.map(Some),
        }
    }));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(LINES));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

/// The first line and where the conversations begin.
async fn begin(app: &App, actor: &Actor) -> Outcome<(String, SnapshotCursor)> {
    let (now, actor) = (app.db.now(), actor.clone());
    let start = app
        .db
        .read(move |conn| Ok::<_, Failure>(snapshot::start(conn, &actor, now)?))
        .await?;
    let line = json!({
        "type": "start",
        "seq": start.seq,
        "account": wire::account(&start.account, now),
        "users": start.users.iter().map(wire::user).collect::<Vec<_>>(),
        "teams": start.teams.iter().map(|team| json!({ "id": team.id, "name": team.name })).collect::<Vec<_>>(),
        "inboxes": start.inboxes.iter().map(wire::inbox).collect::<Vec<_>>(),
        "tags": start.tags.iter().map(wire::tag).collect::<Vec<_>>(),
        "canned_responses": start
            .canned_responses
            .iter()
            .map(|it| json!({ "id": it.id, "name": it.name, "content": it.content }))
            .collect::<Vec<_>>(),
    });
    Ok((line.to_string(), start.at))
}

/// Lines on their way out, compressed or not.
enum Lines {
    Plain(Vec<u8>),
    Packed(Box<GzEncoder<Vec<u8>>>),
}

impl Lines {
    fn line(&mut self, line: &str) {
        // Writing into memory does not fail.
        let written = match self {
            Self::Plain(bytes) => bytes
                .write_all(line.as_bytes())
                .and_then(|()| bytes.write_all(b"\n")),
            Self::Packed(packer) => packer
                .write_all(line.as_bytes())
                .and_then(|()| packer.write_all(b"\n")),
        };
        debug_assert!(written.is_ok(), "memory takes what is written");
    }

    /// What is ready to be sent.
    fn take(&mut self) -> Bytes {
        match self {
            Self::Plain(bytes) => std::mem::take(bytes).into(),
            Self::Packed(packer) => std::mem::take(packer.get_mut()).into(),
        }
    }

    fn finish(self) -> Bytes {
        match self {
            Self::Plain(bytes) => bytes.into(),
            Self::Packed(packer) => packer.finish().unwrap_or_default().into(),
        }
    }
}

/// How far the snapshot has come.
struct Sender {
    app: App,
    actor: Actor,
    out: Lines,
    first: Option<String>,
    at: Option<SnapshotCursor>,
    closed_since: Option<Timestamp>,
}

impl Sender {
    /// Reads the next page and gives what can be sent of it.
    async fn step(mut self) -> Outcome<(Bytes, Option<Self>)> {
        if let Some(first) = self.first.take() {
            self.out.line(&first);
        }
        let Some(at) = self.at else {
            self.out.line("{\"type\":\"end\"}");
            return Ok((self.out.finish(), None));
        };
        let (actor, closed_since) = (self.actor.clone(), self.closed_since);
        let page = self
            .app
            .db
            .read(move |conn| Ok::<_, Failure>(snapshot::page(conn, &actor, at, closed_since)?))
            .await?;
        for view in &page.conversations {
            let line = Line {
                kind: "conversation",
                conversation: full(view, &self.app.links),
            };
            if let Ok(text) = serde_json::to_string(&line) {
                self.out.line(&text);
            }
        }
        self.at = page.next;
        Ok((self.out.take(), Some(self)))
    }
}

/// A line for one conversation.
#[derive(Serialize)]
struct Line {
    #[serde(rename = "type")]
    kind: &'static str,
    conversation: frontdesk_protocol::entity::ConversationFull,
}
