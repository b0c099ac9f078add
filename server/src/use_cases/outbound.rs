//! An agent writes to a customer first: the conversation begins, with the line by which it reaches them.

use crate::failure::Outcome;
use crate::use_cases::load;
use crate::use_cases::start::{NewConversation, start};
use frontdesk_db::queries::{connections, lines};
use frontdesk_db::{Conn, DbError, Unit};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::line::Line;
use frontdesk_domain::{Actor, Conversation, InboxId, Refusal, Source};
use serde_json::Value;

/// The fewest and the most digits of a number with its country.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Starts a conversation in the name of an agent. Where its channel has numbers, the customer's is
/// noted, so that the first message finds its way out and an answer its way in.
pub(crate) fn begin(
    unit: &mut Unit<'_>,
    actor: &Actor,
    new: NewConversation,
) -> Outcome<Conversation> {
    let Some(way) = way(unit.conn(), actor, &new)? else {
        let inbox_id = mailbox(unit.conn(), actor, &new)?.or(new.inbox_id);
        return start(unit, actor, NewConversation { inbox_id, ..new });
    };
    let account_id = actor.account_id;
    let known = lines::find(
        unit.conn(),
        account_id,
        way.connection.id,
        &way.ours,
        &way.theirs,
    )?;
    if known.is_some() {
        let why = "the customer has a conversation by this number already; answer there";
        return Err(Refusal::Conflict(why).into());
    }
    let new = NewConversation {
        inbox_id: Some(way.connection.inbox_id),
        ..new
    };
    let made = start(unit, actor, new)?;
    let line = Line {
        conversation_id: made.id,
        account_id,
        connection_id: way.connection.id,
        ours: way.ours,
        theirs: way.theirs,
        heard_at: None,
        stopped_at: None,
    };
    lines::insert(unit, &line)?;
    Ok(made)
}

/// The inbox whose mailbox a mail leaves by, where none was named.
fn mailbox(
    conn: &mut dyn Conn,
    actor: &Actor,
    new: &NewConversation,
) -> Result<Option<InboxId>, DbError> {
    if new.source != Source::Email || new.inbox_id.is_some() {
        return Ok(None);
    }
    let found = connected(conn, actor, Source::Email, None)?;
    Ok(found.map(|connection| connection.inbox_id))
}

/// From which of our numbers to which of theirs.
struct Way {
    connection: Connection,
    ours: String,
    theirs: String,
}

/// The way out, where the channel has numbers and one of ours is connected.
fn way(conn: &mut dyn Conn, actor: &Actor, new: &NewConversation) -> Outcome<Option<Way>> {
    if !matches!(new.source, Source::Sms | Source::Whatsapp) {
        return Ok(None);
    }
    let Some(connection) = connected(conn, actor, new.source, new.inbox_id)? else {
        return Ok(None);
    };
    let Some(ours) = own_number(&connection) else {
        return Ok(None);
    };
    let customer = load::standing_customer(conn, actor, new.customer_id)
        .map_err(|failure| failure.refused_as(Refusal::missing("customer_id")))?;
    let theirs = customer.phone.as_deref().and_then(number);
    let theirs = theirs.ok_or(Refusal::Conflict(
        "the customer has no number with its country, such as +358 40 123 4567",
    ))?;
    Ok(Some(Way {
        connection,
        ours,
        theirs,
    }))
}

fn connected(
    conn: &mut dyn Conn,
    actor: &Actor,
    source: Source,
    inbox_id: Option<InboxId>,
) -> Result<Option<Connection>, DbError> {
    let all = connections::of_account(conn, actor.account_id)?;
    let fits = |it: &Connection| {
        it.kind == source && it.is_on() && inbox_id.is_none_or(|id| id == it.inbox_id)
    };
    Ok(all.into_iter().find(fits))
}

/// The first of the connection's own numbers.
fn own_number(connection: &Connection) -> Option<String> {
    let settings: Value = serde_json::from_str(&connection.settings.0).ok()?;
    let first = settings.get("numbers")?.get(0)?;
    first.as_str().map(str::to_owned)
}

/// A number as providers write it, from how people do.
fn number(written: &str) -> Option<String> {
    let (plus, rest) = written.trim().split_at_checked(1)?;
    let between = |letter: char| letter.is_whitespace() || "()-./".contains(letter);
    let digits: String = rest.chars().filter(|letter| !between(*letter)).collect();
    let is_number = digits.bytes().all(|it| it.is_ascii_digit()) && DIGITS.contains(&digits.len());
    (plus == "+" && is_number).then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let read = |text: &str| number(text);
        assert_eq!(
            read(" +358 40 (123)-4567 ").as_deref(),
            Some("+358401234567")
        );
        assert_eq!(read("+15551234567").as_deref(), Some("+15551234567"));
        for wrong in [
            "",
            "+",
            "040 123 4567",
            "+12",
            "+1 555 ABC",
            "+1234567890123456",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
