//! Posts for colleagues: what goes into a channel of the team, past the delivery to customers.

use super::call;
use super::gate::Went;
use super::seen::{Seen, heard};
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_connectors::channel::{
    Answer, Button, Call, Channel, Delivery, FileLink, Outgoing as Out, Pace, Told, Words,
};
use frontdesk_domain::MessageId;
use frontdesk_domain::connection::Connection;
use std::time::Duration;

/// What is posted.
pub(crate) struct Post<'a> {
    /// By what it is known again.
    pub(crate) id: MessageId,
    pub(crate) theirs: &'a str,
    pub(crate) title: Option<&'a str>,
    pub(crate) text: &'a str,
    pub(crate) words: Words,
    pub(crate) files: &'a [FileLink],
    pub(crate) author: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) buttons: &'a [Button],
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
        templates: &[],
    }
}

fn told<'a>(app: &App, post: &Post<'a>) -> Told<'a> {
    Told {
        outgoing: out(app, post),
        title: post.title,
        words: post.words,
        state: post.state,
        buttons: post.buttons,
    }
}

const NO_SEAT: &str = "the connection has no channel of the team any more";

/// Posts it.
pub(crate) async fn post(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    post: &Post<'_>,
) -> Done<Posted> {
    let call = match channel.seat().map(|seat| seat.tell(&told(app, post))) {
        Some(Ok(call)) => call,
        Some(Err(why)) => return Ok(Posted::Never(why)),
        None => return Ok(Posted::Never(NO_SEAT.to_owned())),
    };
    let pace = channel.deliver().pace(post.theirs);
    let read = |answer: &Answer| channel.deliver().read(answer);
    match said(app, connection, (call, pace), read).await? {
        // The answer was lost, and perhaps only that.
        Said::Nothing(why) => Ok(match posted(app, channel, post).await {
            Some(name) => Posted::At(name),
            None => Posted::Later { why, after: None },
        }),
        Said::So(posted) => Ok(posted),
    }
}

/// Makes what stands at a place into this. That can be done again and again.
pub(crate) async fn retell(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    place: &str,
    post: &Post<'_>,
) -> Done<Posted> {
    let Some(seat) = channel.seat() else {
        return Ok(Posted::Never(NO_SEAT.to_owned()));
    };
    let call = seat.retell(place, &told(app, post));
    let pace = Some(seat.retell_pace());
    let read = |answer: &Answer| channel.deliver().read(answer);
    repeatable(app, connection, (call, pace), read).await
}

/// Makes a call that may be made again and again.
pub(super) async fn repeatable(
    app: &App,
    connection: &Connection,
    (call, pace): (Call, Option<Pace>),
    read: impl FnOnce(&Answer) -> Delivery,
) -> Done<Posted> {
    Ok(match said(app, connection, (call, pace), read).await? {
        Said::Nothing(why) => Posted::Later { why, after: None },
        Said::So(posted) => posted,
    })
}

/// What came of a call.
enum Said {
    So(Posted),
    /// No answer was heard.
    Nothing(String),
}

async fn said(
    app: &App,
    connection: &Connection,
    (call, pace): (Call, Option<Pace>),
    read: impl FnOnce(&Answer) -> Delivery,
) -> Done<Said> {
    let entered = app
        .gates
        .enter_paced(connection.id, pace.as_ref(), app.db.now());
    let place = match entered {
        Ok(place) => place,
        Err(wait) => return Ok(Said::So(Posted::Wait(wait))),
    };
    let answer = match call::make(&app.outgoing, call).await {
        Ok(answer) => answer,
        Err(error) => {
            place.went(Went::Badly, app.db.now());
            return Ok(Said::Nothing(error.to_string()));
        }
    };
    let now = app.db.now();
    let (went, result) = match read(&answer) {
        // What may be there is looked for, as after an answer that was lost.
        Delivery::Doubtful { why } => {
            place.went(Went::Badly, now);
            return Ok(Said::Nothing(why));
        }
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
    Ok(Said::So(result))
}

/// Where it has been posted, if it has.
pub(crate) async fn posted(app: &App, channel: &dyn Channel, post: &Post<'_>) -> Option<String> {
    let (trace, out) = (channel.trace()?, out(app, post));
    let answer = call::make(&app.outgoing, trace.ask(&out)).await.ok()?;
    trace.find(&out, &answer)?.into_iter().next()
}
