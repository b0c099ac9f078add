//! Addresses of ours that name no connection, for apps that have one address for all of theirs. Whose it
//! is, is said in what comes; that it is theirs, by its signature alone.

use super::hooks::{self, words};
use crate::app::App;
use crate::failure::Failure;
use crate::http::ApiError;
use crate::lines;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use frontdesk_connectors::channel::{Admitted, Asked, Rejected, Request, Wish};
use frontdesk_connectors::{slack, twilio};
use frontdesk_db::queries::{connections, conversations, drafts};
use frontdesk_domain::Source;
use frontdesk_domain::connection::Connection;

/// `POST /api/twilio/webhook`. A number that nobody has here is answered as if all were well.
pub(crate) async fn twilio(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let form = String::from_utf8_lossy(&body).into_owned();
    let there = of_kinds(&app, &[Source::Sms, Source::Whatsapp]).await?;
    let is_theirs = |it: &Connection| twilio::is_of_account(&form, &it.settings.0);
    let there: Vec<Connection> = there.into_iter().filter(is_theirs).collect();
    let mut is_genuine = there.is_empty();
    let (url, headers) = (address(&app, &uri), words(&headers));
    let request = Request {
        url: &url,
        headers: &headers,
        body: &body,
        now: app.db.now(),
    };
    for connection in there {
        let Ok(channel) = lines::open(&app, &connection).await? else {
            continue;
        };
        let Some(way) = channel.receive() else {
            continue;
        };
        match way.receive(&request) {
            // It is Twilio's, and about a number that is not this connection's.
            Ok(heard) if heard.is_empty() => is_genuine = true,
            Ok(heard) => {
                hooks::take(&app, &connection, channel.as_ref(), heard).await?;
                return Ok(StatusCode::OK.into_response());
            }
            Err(Rejected::Forged) => {}
            Err(Rejected::Unreadable) => return Err(ApiError::BadRequest),
        }
    }
    match is_genuine {
        true => Ok(StatusCode::OK.into_response()),
        false => Err(hooks::forged()),
    }
}

/// `POST /api/slack/webhook` and `POST /api/slack/actions`: all that an app is told of any workspace.
pub(crate) async fn slack(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let text = String::from_utf8_lossy(&body).into_owned();
    let there = of_kinds(&app, &[Source::Slack]).await?;
    let is_theirs = |it: &Connection| slack::is_of_workspace(&text, &it.settings.0);
    let (url, headers) = (address(&app, &uri), words(&headers));
    let request = Request {
        url: &url,
        headers: &headers,
        body: &body,
        now: app.db.now(),
    };
    let mut theirs: Vec<Connection> = there.into_iter().filter(is_theirs).collect();
    theirs.sort_by_key(|it| !slack::is_typed_in_seat(&text, &it.settings.0));
    // Several connections, of one desk or of several, may be of one workspace: each that can prove it hears.
    let mut answered = None;
    let mut nobodys = None;
    for connection in theirs {
        let Ok(channel) = lines::open(&app, &connection).await? else {
            continue;
        };
        let Some(way) = channel.admit() else {
            continue;
        };
        match way.admit(&request) {
            // A command is of no desk by itself: the first that can prove it answers, and no other.
            Ok(Admitted::Asked(asked)) if is_command(&asked) && answered.is_some() => {}
            Ok(Admitted::Asked(asked)) if !concerns(&app, &connection, &asked).await? => {
                nobodys.get_or_insert((connection, asked));
            }
            Ok(admitted) => answered = Some(hooks::admit(&app, &connection, admitted).await?),
            Err(Rejected::Forged) => {}
            Err(Rejected::Unreadable) => return Err(ApiError::BadRequest),
        }
    }
    match (answered, nobodys) {
        (Some(answer), _) => Ok(answer),
        // Whoever presses a button of something that is gone hears that it is.
        (None, Some((connection, asked))) => {
            hooks::admit(&app, &connection, Admitted::Asked(asked)).await
        }
        (None, None) => Err(hooks::forged()),
    }
}

fn is_command(asked: &Asked) -> bool {
    matches!(asked.wish, Wish::Command(_))
}

/// Whether what is asked for is a matter of this desk: a button belongs to the one that showed it.
async fn concerns(app: &App, connection: &Connection, asked: &Asked) -> Result<bool, ApiError> {
    let (account_id, wish) = (connection.account_id, asked.wish.clone());
    let known = app.db.read(move |conn| {
        Ok::<_, Failure>(match wish {
            Wish::Take(id) | Wish::Close(id) | Wish::Reopen(id) => {
                conversations::by_id(conn, account_id, id)?.is_some()
            }
            Wish::Approve(id, _) | Wish::Reject(id, _) => {
                drafts::by_id(conn, account_id, id)?.is_some()
            }
            Wish::Command(_) => true,
        })
    });
    Ok(known.await?)
}

fn address(app: &App, uri: &axum::http::Uri) -> String {
    let asked = uri.path_and_query().map_or("", |it| it.as_str());
    format!("{}{asked}", app.links.public_url)
}

/// The connections of these kinds that are used, whoever's they are.
async fn of_kinds(app: &App, kinds: &'static [Source]) -> Result<Vec<Connection>, ApiError> {
    let read = app.db.read(move |conn| {
        let mut found = Vec::new();
        for kind in kinds {
            found.extend(connections::of_kind(conn, *kind)?);
        }
        Ok::<_, Failure>(found)
    });
    let found: Vec<Connection> = read.await?;
    Ok(found.into_iter().filter(Connection::is_on).collect())
}
