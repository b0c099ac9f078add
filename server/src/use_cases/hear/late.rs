//! A file that could not be fetched when its message came: it is tried again, and comes late or never.

use super::{came_as, changed, say};
use crate::failure::Outcome;
use crate::files::name;
use crate::lines::{Missed, Missing};
use crate::use_cases::load;
use crate::work::fetch_late;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{events, jobs, messages, receipts};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::file::File;
use frontdesk_domain::{Actor, Conversation, EventDraft, EventKind, MessageId};
use std::time::Duration;

/// How long a provider that stumbled is left alone at least.
const SOON: Duration = Duration::from_secs(5);

/// Says that a file is not here, and has it tried again where that may help.
pub(super) fn missed(
    unit: &mut Unit<'_>,
    connection: &Connection,
    held: &Conversation,
    message_id: MessageId,
    missing: &Missing,
) -> Outcome<()> {
    let called = name::clean(&missing.remote.filename);
    match &missing.missed {
        Missed::Lasting { why } => say(unit, held, &lost(&called, why)),
        Missed::Passing { why, after } => {
            let job = fetch_late(connection, message_id, missing);
            let wait = after.unwrap_or_default().max(SOON);
            jobs::enqueue(unit, &job.after(wait))?;
            let words = format!(
                "The file {called} of this message could not be fetched yet: {why}. It is tried again."
            );
            say(unit, held, &words)
        }
    }
}

fn lost(called: &str, why: &str) -> String {
    format!("The file {called} of this message could not be fetched: {why}.")
}

/// What notes that it was settled what became of a file.
fn settled_as(connection: &Connection, message_id: MessageId, position: usize) -> String {
    came_as(connection, &format!("file:{message_id}:{position}"))
}

/// Whether it is settled what became of a file, or nobody waits for it any more.
pub(crate) fn is_settled(
    conn: &mut dyn Conn,
    connection: &Connection,
    message_id: MessageId,
    position: usize,
) -> Outcome<bool> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = settled_as(connection, message_id, position);
    if receipts::by_external_id(conn, account_id, inbox_id, &name)?.is_some() {
        return Ok(true);
    }
    let view = messages::by_id(conn, account_id, message_id)?;
    Ok(view.filter(|it| !changed::is_taken_back(it)).is_none())
}

/// Puts a file that came late to its message, once.
pub(crate) fn came_late(
    unit: &mut Unit<'_>,
    connection: &Connection,
    (message_id, position): (MessageId, usize),
    file: &File,
) -> Outcome<()> {
    let Some((view, held)) = waiting(unit, connection, message_id, position)? else {
        return Ok(());
    };
    let account_id = connection.account_id;
    messages::add_file(unit, &view.message, file.id)?;
    let event = EventDraft::within(EventKind::MessageUpdated, held.id, message_id.0);
    events::emit(unit, account_id, None, event)?;
    let words = format!("The file {} is with its message now.", file.filename);
    say(unit, &held, &words)
}

/// Says that a file will not come, once.
pub(crate) fn never_came(
    unit: &mut Unit<'_>,
    connection: &Connection,
    (message_id, position): (MessageId, usize),
    filename: &str,
    why: &str,
) -> Outcome<()> {
    let Some((_, held)) = waiting(unit, connection, message_id, position)? else {
        return Ok(());
    };
    say(unit, &held, &lost(&name::clean(filename), why))
}

/// The message that waits for a file, and its conversation. From now on it waits no more.
fn waiting(
    unit: &mut Unit<'_>,
    connection: &Connection,
    message_id: MessageId,
    position: usize,
) -> Outcome<Option<(MessageView, Conversation)>> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = settled_as(connection, message_id, position);
    if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
        return Ok(None);
    }
    let view = messages::by_id(unit.conn(), account_id, message_id)?;
    let Some(view) = view.filter(|it| !changed::is_taken_back(it)) else {
        return Ok(None);
    };
    let actor = Actor::system(account_id);
    let held = load::standing_conversation(unit.conn(), &actor, view.message.conversation_id)?;
    Ok(Some((view, held)))
}
