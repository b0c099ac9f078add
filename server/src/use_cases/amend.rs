//! An agent changed or deleted a message that has gone out: where its channel lets us, the customer's
//! copy follows, and so does what the team was told in its own channel.

use crate::failure::Outcome;
use crate::use_cases::load;
use crate::work::{Change, Whose, amend, seat};
use frontdesk_connectors::registry;
use frontdesk_db::queries::{connections, jobs, lines, receipts};
use frontdesk_db::{Conn, Unit, write};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::{
    AccountId, Actor, ConversationId, DeliveryState, Message, MessageId, Refusal,
};

/// Has what was sent follow a message that says something else now.
pub(crate) fn rewritten(unit: &mut Unit<'_>, message: &Message) -> Outcome<()> {
    for (team, _) in told(unit.conn(), message)? {
        let job = amend(&team, message, (Whose::Teams, Change::Rewritten));
        jobs::enqueue(unit, &job)?;
    }
    let Some(connection) = way(unit.conn(), message)? else {
        return Ok(());
    };
    let job = amend(&connection, message, (Whose::Customers, Change::Rewritten));
    Ok(jobs::enqueue(unit, &job)?)
}

/// Has what was sent taken back with a message that is deleted now.
pub(crate) fn deleted(unit: &mut Unit<'_>, message: &Message) -> Outcome<()> {
    for (team, sent) in told(unit.conn(), message)? {
        let job = amend(&team, message, (Whose::Teams, Change::Deleted { sent }));
        jobs::enqueue(unit, &job)?;
    }
    let Some(connection) = way(unit.conn(), message)? else {
        return Ok(());
    };
    if message.delivery.state == DeliveryState::Sending {
        return Err(Refusal::Conflict("It is being sent just now. Try again in a moment.").into());
    }
    let Some(sent) = sent_as(unit.conn(), &connection, message.id)? else {
        let why = "nobody knows where it stands there";
        return tell(
            unit,
            connection.account_id,
            message.conversation_id,
            &not_deleted(Whose::Customers, why),
        );
    };
    let job = amend(
        &connection,
        message,
        (Whose::Customers, Change::Deleted { sent }),
    );
    Ok(jobs::enqueue(unit, &job)?)
}

/// The connections by which teams were told of a message, and where.
fn told(conn: &mut dyn Conn, message: &Message) -> Outcome<Vec<(Connection, String)>> {
    let mut told = Vec::new();
    for team in seat::watchers(conn, message.account_id)? {
        if let Some(place) = seat::told_as(conn, &team, message.id)? {
            told.push((team, place));
        }
    }
    Ok(told)
}

/// The connection by which a message went out, where what goes out by it can be changed.
fn way(conn: &mut dyn Conn, message: &Message) -> Outcome<Option<Connection>> {
    let state = message.delivery.state;
    let waits = matches!(state, DeliveryState::Queued | DeliveryState::Failed);
    if message.private || message.customer_id().is_some() || waits {
        return Ok(None);
    }
    let (account_id, conversation_id) = (message.account_id, message.conversation_id);
    let Some(line) = lines::of_conversation(conn, account_id, conversation_id)? else {
        return Ok(None);
    };
    let connection = connections::by_id(conn, account_id, line.connection_id)?;
    Ok(connection.filter(|it| registry::amends(it.kind)))
}

/// Under which id the provider has a message of ours.
pub(crate) fn sent_as(
    conn: &mut dyn Conn,
    connection: &Connection,
    id: MessageId,
) -> Outcome<Option<String>> {
    let names = receipts::names(conn, connection.account_id, id)?;
    let begins = format!("{}:sent:", connection.id);
    let mut sent = names.iter().filter_map(|it| it.strip_prefix(&begins));
    Ok(sent.next().map(str::to_owned))
}

/// What is told of a message that stays as it was.
pub(crate) fn not_changed(whose: Whose, why: &str) -> String {
    let place = whose.place();
    format!("A message that was changed here could not be changed {place}: {why}.")
}

/// What is told of a message that stays.
pub(crate) fn not_deleted(whose: Whose, why: &str) -> String {
    let place = whose.place();
    format!("A message that was deleted here could not be deleted {place}: {why}.")
}

/// Tells it in the conversation, if that is still there.
pub(crate) fn tell(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
    words: &str,
) -> Outcome<()> {
    let (actor, now) = (Actor::system(account_id), unit.now());
    let held = load::standing_conversation(unit.conn(), &actor, id)?;
    let written = Written::text(MessageId::random(), words);
    let decision = decide::system_line(&held, &actor, written, now)?;
    write::apply(unit, &actor, decision)?;
    Ok(())
}
