//! Where a team was told of a message, so that what it was told follows what becomes of the message.

use super::whose;
use crate::app::App;
use crate::failure::Outcome;
use crate::lines::{self, Post, Posted};
use crate::work::{Change, Whose, amend};
use frontdesk_connectors::channel::Channel;
use frontdesk_db::queries::messages::{self, MessageView};
use frontdesk_db::queries::{jobs, receipts};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{Message, MessageId};

/// What a team is told of a message.
pub(super) fn words(view: &MessageView) -> &str {
    let body = view.message.body.as_deref();
    body.filter(|it| !it.is_empty()).unwrap_or("(no words)")
}

/// Where a team was told of a message.
pub(crate) fn told_as(
    conn: &mut dyn Conn,
    connection: &Connection,
    id: MessageId,
) -> Outcome<Option<String>> {
    let names = receipts::names(conn, connection.account_id, id)?;
    let begins = begins(connection);
    let mut told = names.iter().filter_map(|it| it.strip_prefix(&begins));
    Ok(told.next().map(str::to_owned))
}

/// Keeps where a team was told of a message, as it was then. What became of it meanwhile follows.
pub(super) fn keep(
    unit: &mut Unit<'_>,
    connection: &Connection,
    told: &Message,
    place: String,
) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let now = messages::by_id(unit.conn(), account_id, told.id)?;
    let name = format!("{}{place}", begins(connection));
    receipts::record(unit, account_id, inbox_id, &name)?;
    receipts::set_message(unit, account_id, inbox_id, &name, told.id)?;
    let change = match now {
        None => Change::Deleted { sent: place },
        Some(now) if now.message.body != told.body => Change::Rewritten,
        Some(_) => return Ok(()),
    };
    let job = amend(connection, told, (Whose::Teams, change));
    Ok(jobs::enqueue(unit, &job)?)
}

/// Tells the team of a message again, as it is now, in place of what it was told.
pub(in crate::work) async fn retell(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    place: &str,
    view: &MessageView,
) -> Outcome<Posted> {
    let files = lines::file_links(&app.links, view);
    let post = Post {
        id: view.message.id,
        theirs: place,
        title: None,
        text: words(view),
        words: whose(view),
        files: &files,
        author: None,
        state: None,
        buttons: &[],
    };
    lines::retell(app, connection, channel, place, &post).await
}

fn begins(connection: &Connection) -> String {
    format!("{}:told:", connection.id)
}
