//! Somebody put a sign to a message, theirs or ours, or took it away: that is one line of the thread for
//! each sign, which says how it stands.

use super::{came_as, changed};
use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_connectors::channel::{Reaction, Stands};
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{messages, receipts};
use frontdesk_db::{Unit, write};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::{Actor, MessageId};

/// How much of the message is repeated, in letters.
const HEAD: usize = 60;

/// Notes it. A message that nobody here knows has no thread.
pub(super) fn reacted(unit: &mut Unit<'_>, connection: &Connection, it: &Reaction) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let mut found = None;
    for id in [it.id.clone(), format!("sent:{}", it.id)] {
        found = found.or(named(unit, connection, &came_as(connection, &id))?);
    }
    let Some(meant) = found else {
        return Ok(());
    };
    let name = came_as(
        connection,
        &format!("reacted:{}:{}:{}", it.id, it.who, it.sign),
    );
    let words = words(it, meant.message.body.as_deref().unwrap_or_default());
    if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
        return match named(unit, connection, &name)? {
            Some(line) if changed::is_newer(&line, Some(&it.version)) => {
                changed::says_now(unit, line, Some(&words), Some(&it.version))
            }
            _ => Ok(()),
        };
    }
    let (actor, now) = (Actor::system(account_id), unit.now());
    let written = Written {
        metadata: Some(changed::version(&it.version)),
        ..Written::text(MessageId::random(), words)
    };
    let id = written.id;
    let held = load::standing_conversation(unit.conn(), &actor, meant.message.conversation_id)?;
    let decision = decide::system_line(&held, &actor, written, now)?;
    write::apply(unit, &actor, decision)?;
    Ok(receipts::set_message(
        unit, account_id, inbox_id, &name, id,
    )?)
}

/// The message that is known by a name.
fn named(unit: &mut Unit<'_>, connection: &Connection, name: &str) -> Outcome<Option<MessageView>> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let known = receipts::by_external_id(unit.conn(), account_id, inbox_id, name)?;
    let Some(Came::Known(Some(id))) = known else {
        return Ok(None);
    };
    Ok(messages::by_id(unit.conn(), account_id, id)?)
}

fn words(it: &Reaction, body: &str) -> String {
    let who = it.name.as_deref().unwrap_or("Somebody");
    let head: String = body
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(HEAD)
        .collect();
    match it.stands {
        Stands::Put => format!("{who} put :{}: to: {head}", it.sign),
        Stands::TakenAway => format!("{who} took :{}: away from: {head}", it.sign),
    }
}
