//! Somebody put a sign to a message, theirs or ours: that is a line of the thread, once for each sign.

use super::{came_as, say};
use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_connectors::channel::Reaction;
use frontdesk_db::Unit;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{messages, receipts};
use frontdesk_domain::Actor;
use frontdesk_domain::connection::Connection;

/// How much of the message is repeated, in letters.
const HEAD: usize = 60;

/// Notes it. A message that nobody here knows has no thread.
pub(super) fn reacted(unit: &mut Unit<'_>, connection: &Connection, it: &Reaction) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let mut found = None;
    for name in [
        came_as(connection, &it.id),
        came_as(connection, &format!("sent:{}", it.id)),
    ] {
        if let Some(Came::Known(Some(id))) =
            receipts::by_external_id(unit.conn(), account_id, inbox_id, &name)?
        {
            found = messages::by_id(unit.conn(), account_id, id)?;
        }
    }
    let Some(view) = found else {
        return Ok(());
    };
    let name = came_as(
        connection,
        &format!("reacted:{}:{}:{}", it.id, it.who, it.sign),
    );
    if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
        return Ok(());
    }
    let actor = Actor::system(account_id);
    let held = load::standing_conversation(unit.conn(), &actor, view.message.conversation_id)?;
    let who = it.name.as_deref().unwrap_or("Somebody");
    let body = view.message.body.unwrap_or_default();
    let head: String = body
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(HEAD)
        .collect();
    say(unit, &held, &format!("{who} put :{}: to: {head}", it.sign))
}
