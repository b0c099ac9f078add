//! Posts for colleagues: what goes into a channel of the team, past the delivery to customers.

use super::call;
use super::deliver::{Seen, heard};
use super::gate::Went;
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_connectors::channel::{Channel, Delivery, FileLink, Outgoing as Out};
use frontdesk_domain::MessageId;
use frontdesk_domain::connection::Connection;
use std::time::Duration;

/// What is posted.
pub(crate) struct Post<'a> {
    /// By what it is known again.
    pub(crate) id: MessageId,
    pub(crate) theirs: &'a str,
    pub(crate) text: &'a str,
    pub(crate) files: &'a [FileLink],
    pub(crate) author: Option<&'a str>,
}

/// What came of it.
pub(crate) enum Posted {
    /// It is there, under this name.
    At(String),
    Later {
        why: String,
        after: Option<Duration>,
    },
    Wait(Duration),
    Never(String),
}

fn out<'a>(app: &App, post: &Post<'a>) -> Out<'a> {
    Out {
        id: post.id,
        ours: "",
        theirs: post.theirs,
        text: post.text,
        files: post.files,
        author: post.author,
        picture: None,
        heard_at: None,
        now: app.db.now(),
        hook: "",
    }
}

/// Posts it.
pub(crate) async fn post(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    post: &Post<'_>,
) -> Done<Posted> {
    let place = match app.gates.enter(connection.id, app.db.now()) {
        Ok(place) => place,
        Err(wait) => return Ok(Posted::Wait(wait)),
    };
    let call = match channel.deliver().call(&out(app, post)) {
        Ok(call) => call,
        Err(why) => return Ok(Posted::Never(why)),
    };
    let answer = match call::make(&app.outgoing, call).await {
        Ok(answer) => answer,
        Err(error) => {
            place.went(Went::Badly, app.db.now());
            let why = error.to_string();
            return Ok(match posted(app, channel, post).await {
                Some(name) => Posted::At(name),
                None => Posted::Later { why, after: None },
            });
        }
    };
    let now = app.db.now();
    let (went, result) = match channel.deliver().read(&answer) {
        Delivery::Sent { id } => (Went::Well, Posted::At(id.unwrap_or_default())),
        Delivery::Later {
            why,
            after: Some(after),
        } => {
            let throttled = Posted::Later {
                why,
                after: Some(after),
            };
            (Went::Throttled(after), throttled)
        }
        Delivery::Later { why, after: None } => (Went::Badly, Posted::Later { why, after: None }),
        Delivery::Broken { why } => {
            heard(app, connection, Seen::Refused(&why)).await?;
            (Went::Badly, Posted::Later { why, after: None })
        }
        Delivery::Refused { why } | Delivery::Stopped { why } => (Went::Well, Posted::Never(why)),
        Delivery::Moved { .. } => (
            Went::Well,
            Posted::Never("the channel has moved".to_owned()),
        ),
    };
    place.went(went, now);
    Ok(result)
}

/// Where it has been posted, if it has.
pub(crate) async fn posted(app: &App, channel: &dyn Channel, post: &Post<'_>) -> Option<String> {
    let (trace, out) = (channel.trace()?, out(app, post));
    let answer = call::make(&app.outgoing, trace.ask(&out)).await.ok()?;
    trace.find(&out, &answer).into_iter().next()
}
