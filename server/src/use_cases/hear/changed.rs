//! A customer changed or took back what they wrote, where their provider lets them.

use super::{came_as, say, wrote};
use crate::failure::Outcome;
use crate::lines::Fetched;
use crate::use_cases::load;
use frontdesk_connectors::channel::Message;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{events, messages, receipts, retention};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::json::Json;
use frontdesk_domain::{Actor, EventDraft, EventKind, text};
use serde_json::json;

const TAKEN_BACK: &str = "(The customer has deleted this message.)";
const HELD: &str = "The customer has deleted a message. It stays here, because of a legal hold.";

/// A message is another now. One that never came is taken as it is; its first version then comes too
/// late.
pub(super) fn edited(
    unit: &mut Unit<'_>,
    connection: &Connection,
    message: &Message,
    fetched: &Fetched,
) -> Outcome<()> {
    let Some(came) = came(unit.conn(), connection, &message.id)? else {
        return wrote(unit, connection, message, fetched);
    };
    let Some(view) = view(unit, connection, came)? else {
        return Ok(());
    };
    if view.message.customer_id().is_none() || !is_newer(&view, message.version.as_deref()) {
        return Ok(());
    }
    says_now(
        unit,
        view,
        message.text.as_deref(),
        message.version.as_deref(),
    )
}

/// A message says this now.
pub(super) fn says_now(
    unit: &mut Unit<'_>,
    mut view: MessageView,
    text: Option<&str>,
    version: Option<&str>,
) -> Outcome<()> {
    let body = text.map(text::clean_body);
    let (body, original) = body.map_or((None, None), |it| (Some(it.text), it.original));
    (view.message.body, view.message.original) = (body, original);
    if let Some(it) = version {
        view.message.metadata = Some(self::version(it));
    }
    rewritten(unit, view)
}

/// What a message carries that says which of its versions it is.
pub(super) fn version(it: &str) -> Json {
    Json(json!({ "edited": it }).to_string())
}

/// A message was taken back. One that never came is not wanted any more when it comes.
pub(super) fn deleted(unit: &mut Unit<'_>, connection: &Connection, id: &str) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let Some(came) = came(unit.conn(), connection, id)? else {
        receipts::record(unit, account_id, inbox_id, &came_as(connection, id))?;
        return Ok(());
    };
    let Some(mut view) = view(unit, connection, came)? else {
        return Ok(());
    };
    let (message_id, conversation_id) = (view.message.id, view.message.conversation_id);
    if view.message.customer_id().is_none() || is_taken_back(&view) {
        return Ok(());
    }
    if retention::is_conversation_held(unit.conn(), account_id, conversation_id)? {
        let held = load::conversation(unit.conn(), &Actor::system(account_id), conversation_id)?;
        return say(unit, &held, HELD);
    }
    messages::strip_files(unit, account_id, message_id)?;
    (view.message.body, view.message.original) = (Some(TAKEN_BACK.to_owned()), None);
    rewritten(unit, view)
}

fn came(conn: &mut dyn Conn, connection: &Connection, id: &str) -> Outcome<Option<Came>> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = came_as(connection, id);
    Ok(receipts::by_external_id(conn, account_id, inbox_id, &name)?)
}

fn view(unit: &mut Unit<'_>, connection: &Connection, came: Came) -> Outcome<Option<MessageView>> {
    let (Came::Known(Some(id)), account_id) = (came, connection.account_id) else {
        return Ok(None);
    };
    Ok(messages::by_id(unit.conn(), account_id, id)?)
}

/// Whether the customer has deleted it.
pub(super) fn is_taken_back(view: &MessageView) -> bool {
    view.message.body.as_deref() == Some(TAKEN_BACK)
}

/// Whether this version comes behind what is kept: changes may come in any order.
pub(super) fn is_newer(view: &MessageView, version: Option<&str>) -> bool {
    if is_taken_back(view) {
        return false;
    }
    let kept = view.message.metadata.as_ref();
    let kept = kept.and_then(|it| serde_json::from_str::<serde_json::Value>(&it.0).ok());
    let kept = kept.as_ref().and_then(|it| it["edited"].as_str());
    kept.is_none_or(|kept| version.is_some_and(|version| version > kept))
}

fn rewritten(unit: &mut Unit<'_>, mut view: MessageView) -> Outcome<()> {
    let message = &mut view.message;
    message.updated_at = unit.now();
    messages::update(unit, message)?;
    let event = EventDraft::within(
        EventKind::MessageUpdated,
        message.conversation_id,
        message.id.0,
    );
    Ok(events::emit(unit, message.account_id, None, event).map(|_| ())?)
}
