//! An agent writes in the team's own channel: in the thread of a conversation, to its customer or as a
//! note. What is not sent is told there, because every line of a conversation is.

use super::{came_as, say};
use crate::failure::{Failure, Outcome};
use crate::files::name;
use crate::http::member;
use crate::lines::Fetched;
use crate::use_cases::load;
use crate::use_cases::reply::{self, Seen};
use frontdesk_connectors::channel::Message;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::seats::{self, Seat};
use frontdesk_db::queries::{receipts, users};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::account::User;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::decide::Written;
use frontdesk_domain::json::Json;
use frontdesk_domain::{Actor, MessageId, Refusal};

/// What marks a message that was written there, so that it is not told there again.
pub(crate) const WRITTEN_THERE: &str = r#"{"via":"slack"}"#;

/// What an agent writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Reply,
    Note,
}

/// Takes it as the agent's own.
pub(super) fn wrote(
    unit: &mut Unit<'_>,
    connection: &Connection,
    message: &Message,
    (kind, fetched): (Kind, &Fetched),
) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let found = seats::at(unit.conn(), account_id, connection.id, &message.theirs)?;
    let Some(seat) = found else {
        return Ok(());
    };
    let came = came_as(connection, &message.id);
    if receipts::record(unit, account_id, inbox_id, &came)? != Came::New {
        return Ok(());
    }
    let why = match (agent(unit, connection, message)?, fetched.missing.first()) {
        // Words that go out without their file may mean something else.
        (Some(_), Some(missing)) => {
            let called = name::clean(&missing.remote.filename);
            let why = missing.missed.why();
            format!("its file {called} could not be fetched: {why}")
        }
        (Some(user), None) => match take(unit, &user, &seat, message, (kind, fetched)) {
            Ok(id) => {
                receipts::set_message(unit, account_id, inbox_id, &came, id)?;
                return Ok(());
            }
            Err(Failure::Refused(refusal)) => words(&refusal).to_owned(),
            Err(failure) => return Err(failure),
        },
        (None, _) => "nobody here has their address".to_owned(),
    };
    let who = message.name.as_deref().unwrap_or("Somebody");
    let text = message.text.as_deref().unwrap_or_default();
    let held = load::standing_conversation(
        unit.conn(),
        &Actor::system(account_id),
        seat.conversation_id,
    )?;
    say(
        unit,
        &held,
        &format!("What {who} wrote in Slack was not sent: {why}.\n{text}"),
    )
}

/// The agent whose address Slack has confirmed.
fn agent(unit: &mut Unit<'_>, connection: &Connection, message: &Message) -> Outcome<Option<User>> {
    match &message.email {
        Some(email) => colleague(unit.conn(), connection, email),
        None => Ok(None),
    }
}

/// The user with an address, if they work in the account of this connection.
pub(crate) fn colleague(
    conn: &mut dyn Conn,
    connection: &Connection,
    email: &str,
) -> Outcome<Option<User>> {
    let found = users::by_email(conn, email)?.map(|(user, _)| user);
    Ok(found.filter(|it| it.account_id == connection.account_id && it.is_active()))
}

fn take(
    unit: &mut Unit<'_>,
    user: &User,
    seat: &Seat,
    message: &Message,
    (kind, fetched): (Kind, &Fetched),
) -> Outcome<MessageId> {
    let actor = member(unit.conn(), user)?;
    let written = Written {
        metadata: Some(Json(WRITTEN_THERE.to_owned())),
        attachments: fetched.files.iter().map(|file| file.id).collect(),
        ..Written::text(
            MessageId::random(),
            message.text.clone().unwrap_or_default(),
        )
    };
    match kind {
        Kind::Note => reply::note(unit, &actor, seat.conversation_id, written),
        // Who answers there has seen what was told there, and nothing newer.
        Kind::Reply => {
            let seen = Seen::UpTo(seat.told_seq);
            reply::reply(unit, &actor, seat.conversation_id, written, seen)
        }
    }
}

fn words(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Stale { .. } => {
            "something newer had been written, which is told above or in a moment"
        }
        Refusal::NotFound | Refusal::Forbidden => "they may not answer this conversation",
        Refusal::Conflict(_) => "the conversation takes no answers any more",
        Refusal::AlreadyDone { .. } | Refusal::Invalid { .. } => "it cannot be sent as it is",
    }
}
