//! Looks up what a mail points at; `email::thread` decides what counts.

use super::{surroundings, token};
use crate::failure::{Failure, Outcome};
use crate::use_cases::load;
use crate::use_cases::mail::keep::Arrival;
use frontdesk_connectors::email::thread::{self, Author, Found, Held, Place};
use frontdesk_db::queries::mails;
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::{Actor, ConversationId, Refusal, Status};

/// How many Message-IDs are looked up: the nearest ones of a long thread.
const MOST_IDS: usize = 20;

/// Where a mail goes.
pub(super) fn of(unit: &mut Unit<'_>, arrival: &Arrival, author: Author) -> Outcome<Place> {
    let now = unit.now();
    let conn = unit.conn();
    let found = Found {
        by_token: by_token(conn, arrival)?,
        by_reference: by_reference(conn, arrival)?,
        by_subject: by_subject(conn, arrival)?,
    };
    let days = surroundings::reopen_days(&arrival.came.connection);
    Ok(thread::place(&found, author, days, now))
}

fn by_token(conn: &mut dyn Conn, arrival: &Arrival) -> Outcome<Option<Held>> {
    let mail = &arrival.mail;
    let written = mail.to.iter().chain(&mail.cc).map(|it| it.address.as_str());
    let delivered = arrival.came.recipients.iter().chain(&mail.delivered_to);
    let addresses = delivered.map(String::as_str).chain(written);
    let id = token::conversation(&arrival.vault, arrival.account_id(), addresses);
    held(conn, arrival, id)
}

fn by_reference(conn: &mut dyn Conn, arrival: &Arrival) -> Outcome<Option<Held>> {
    for mail_id in arrival.mail.answers.iter().take(MOST_IDS) {
        let id = mails::conversation(conn, arrival.account_id(), mail_id)?;
        if let Some(held) = held(conn, arrival, id)? {
            return Ok(Some(held));
        }
    }
    Ok(None)
}

/// Only what says that it answers something is looked for by its subject: people begin anew under
/// the same words.
fn by_subject(conn: &mut dyn Conn, arrival: &Arrival) -> Outcome<Option<Held>> {
    let about = thread::topic(&arrival.mail.subject);
    let answers = about.is_answer || !arrival.mail.answers.is_empty();
    if !answers || about.text.is_empty() {
        return Ok(None);
    }
    let (account_id, inbox_id) = (arrival.account_id(), arrival.came.connection.inbox_id);
    let theirs = &arrival.writer.address;
    let id = mails::of_topic(conn, account_id, inbox_id, theirs, &about.text)?;
    held(conn, arrival, id)
}

/// The conversation, or the one it was merged into; one that was deleted holds nothing.
fn held(
    conn: &mut dyn Conn,
    arrival: &Arrival,
    id: Option<ConversationId>,
) -> Outcome<Option<Held>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let actor = Actor::system(arrival.account_id());
    match load::standing_conversation(conn, &actor, id) {
        Ok(it) => Ok(Some(Held {
            id: it.id,
            closed_at: it.closed_at.filter(|_| it.status == Status::Closed),
            active_at: it.sorted_at(),
        })),
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        Err(failure) => Err(failure),
    }
}
