//! Changes of messages that were sent, where the provider has them.

use super::post::{Posted, repeatable};
use super::{brought, upload};
use crate::app::App;
use crate::failure::Outcome as Done;
use frontdesk_connectors::channel::{Amendment, Answer, Channel, FileLink, Outgoing as Out};
use frontdesk_db::queries::messages::MessageView;
use frontdesk_domain::connection::Connection;

const CANNOT: &str = "the channel changes nothing that was sent";

/// Makes what was sent under an id say what the message says now.
pub(crate) async fn rewrite(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    id: &str,
    view: &MessageView,
) -> Done<Posted> {
    let Some(way) = channel.amend() else {
        return Ok(Posted::Never(CANNOT.to_owned()));
    };
    // What went as a file stays with its message; only what went as a link stands in the text.
    let there = brought::known(app, connection, view.message.id).await?;
    let links = upload::file_links(&app.links, view);
    let files = links.into_iter().zip(&view.attachments);
    let files = files.filter(|(_, file)| !there.contains_key(&file.id));
    let files: Vec<FileLink> = files.map(|(link, _)| link).collect();
    let out = Out {
        id: view.message.id,
        ours: "",
        theirs: id,
        text: view.message.body.as_deref().unwrap_or_default(),
        files: &files,
        author: None,
        picture: None,
        heard_at: None,
        now: app.db.now(),
        hook: "",
        templates: &[],
    };
    let call = match way.rewrite(id, &out) {
        Ok(call) => call,
        Err(why) => return Ok(Posted::Never(why)),
    };
    let pace = Some(way.amend_pace(Amendment::Rewrite));
    let read = |answer: &Answer| channel.deliver().read(answer);
    repeatable(app, connection, (call, pace), read).await
}

/// Takes back what was sent under an id.
pub(crate) async fn take_back(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    id: &str,
) -> Done<Posted> {
    let Some(way) = channel.amend() else {
        return Ok(Posted::Never(CANNOT.to_owned()));
    };
    let (call, pace) = (way.take_back(id), Some(way.amend_pace(Amendment::TakeBack)));
    repeatable(app, connection, (call, pace), |answer| {
        way.read_taken_back(answer)
    })
    .await
}
