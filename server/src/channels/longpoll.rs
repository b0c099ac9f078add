//! The transport for clients without WebSockets. Every answer is HTTP 200; what became of the
//! poll is the `status` in its body.

mod body;
mod sessions;

pub(super) use sessions::Polls;

use super::Channels;
use super::handshake::{Query, address, identify};
use super::session::{Session, Step};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use body::Line;
use serde_json::{Value, json};
use sessions::{PREFIX, Poll};
use std::net::IpAddr;
use std::sync::Arc;

const TOKEN_HEADER: &str = "x-phoenix-longpoll-token";

/// The poll statuses, as phoenix.js knows them.
#[derive(Debug, Clone, Copy)]
enum PollStatus {
    Ok = 200,
    NoContent = 204,
    Forbidden = 403,
    /// Opened, for a GET; gone, for a POST.
    Gone = 410,
    /// The client tries again later.
    Unavailable = 500,
}

/// `/socket/longpoll`, all methods.
pub(super) async fn serve(State(channels): State<Arc<Channels>>, request: Request) -> Response {
    let body = match *request.method() {
        Method::GET => {
            let (query, address) = (Query::of(&request), address(&request));
            get(
                &channels,
                &query,
                request.headers().get(TOKEN_HEADER).cloned(),
                address,
            )
            .await
        }
        Method::POST => post(&channels, request).await,
        Method::OPTIONS => return preflight(request.headers()),
        _ => return StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    let mut response = Json(body).into_response();
    let any = HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

async fn get(
    channels: &Arc<Channels>,
    query: &Query,
    header: Option<HeaderValue>,
    address: Option<IpAddr>,
) -> Value {
    if let Some((token, poll)) = find(channels, query, header.as_ref()) {
        poll.heard(channels);
        let messages = poll.messages(channels.settings.poll_wait).await;
        poll.heard(channels);
        let status = if messages.is_empty() {
            PollStatus::NoContent
        } else {
            PollStatus::Ok
        };
        return json!({ "status": status as u16, "token": token, "messages": messages });
    }
    open(channels, query, address).await
}

async fn open(channels: &Arc<Channels>, query: &Query, address: Option<IpAddr>) -> Value {
    if channels.is_closing() || channels.polls.is_full() {
        return only(PollStatus::Unavailable);
    }
    let Some(serializer) = query.serializer() else {
        return only(PollStatus::Forbidden);
    };
    // A poll token that has ended is not a session token: the one before it counts.
    let token = query.last_where("token", |token| !token.starts_with(PREFIX));
    let Ok(identity) = identify(channels, address, token.map(str::to_owned)).await else {
        return only(PollStatus::Forbidden);
    };
    let patience = channels.settings.poll_idle_seconds;
    let sink = channels.registry.open(serializer, identity, patience);
    let session = Session::new(Arc::clone(channels), Arc::clone(&sink));
    match channels.polls.add(session, sink) {
        Some(token) => {
            json!({ "status": PollStatus::Gone as u16, "token": token, "messages": [] })
        }
        None => only(PollStatus::Unavailable),
    }
}

async fn post(channels: &Arc<Channels>, request: Request) -> Value {
    let query = Query::of(&request);
    let Some((token, poll)) = find(channels, &query, request.headers().get(TOKEN_HEADER)) else {
        return only(PollStatus::Gone);
    };
    poll.heard(channels);
    // The turn is taken before the body is read: what waits for its turn stays in the network.
    let mut session = poll.turn().await;
    let Some(frames) = body::read(request).await else {
        return only(PollStatus::Unavailable);
    };
    for line in frames.lines() {
        let step = match line {
            Line::Text(text) => session.text(text),
            Line::Binary(bytes) => session.binary(&bytes),
            Line::Malformed => {
                channels.polls.remove(&token);
                return only(PollStatus::Gone);
            }
        };
        match step {
            Ok(Step::Done) => {}
            Ok(Step::Wait(work)) => {
                let done = work.await;
                session.resume(done);
            }
            Err(error) => {
                tracing::debug!(%error, "a long-polling client sent something else than frames");
                channels.polls.remove(&token);
                return only(PollStatus::Gone);
            }
        }
    }
    only(PollStatus::Ok)
}

fn find(
    channels: &Channels,
    query: &Query,
    header: Option<&HeaderValue>,
) -> Option<(String, Arc<Poll>)> {
    let from_header = header.and_then(|value| value.to_str().ok());
    let token = from_header.or_else(|| query.last("token"))?;
    Some((token.to_owned(), channels.polls.find(token)?))
}

fn only(status: PollStatus) -> Value {
    json!({ "status": status as u16 })
}

fn preflight(request: &HeaderMap) -> Response {
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    let methods = HeaderValue::from_static("get, post, options");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    if let Some(wanted) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}
