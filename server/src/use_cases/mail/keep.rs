//! A mail becomes a message, in one unit: receipt, customer, conversation, message and what it was as a
//! mail, or nothing of it.

use super::files::Kept;
use super::{Came, Ingested, customer, place};
use crate::failure::{Failure, Outcome};
use crate::use_cases::start::NewConversation;
use crate::use_cases::{load, receive, start};
use crate::vault::Vault;
use frontdesk_connectors::email::thread::{Author, Place, topic};
use frontdesk_connectors::email::{Details, Inbound, Mailbox, split};
use frontdesk_db::queries::receipts::{self, Receipt};
use frontdesk_db::{DbError, Unit, queries, write};
use frontdesk_domain::decide::{self, FirstMessage, Written};
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::{
    AccountId, Actor, Conversation, ConversationId, MailDirection, MessageId, Source, Timestamp,
};
use serde_json::json;

/// A mail with everything that is needed to store it.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) came: Came,
    pub(super) mail: Inbound,
    pub(super) writer: Mailbox,
    /// What makes it one among the receipts.
    pub(super) name: String,
    pub(super) files: Vec<Kept>,
    pub(super) vault: Vault,
}

impl Arrival {
    pub(super) fn account_id(&self) -> AccountId {
        self.came.connection.account_id
    }

    fn author(&self) -> Author {
        if self.mail.signs.is_empty() {
            Author::Person
        } else {
            Author::Program
        }
    }
}

/// Stores it, unless it came before.
pub(super) fn store(unit: &mut Unit<'_>, arrival: &Arrival) -> Outcome<Ingested> {
    let (account_id, inbox_id) = (arrival.account_id(), arrival.came.connection.inbox_id);
    if receipts::record(unit, account_id, inbox_id, &arrival.name)? != Receipt::New {
        return Ok(Ingested::Known);
    }
    let actor = Actor::system(account_id);
    let mut details = Details::of(&arrival.mail);
    details.thread.clone_from(&arrival.came.thread);
    details.inline = arrival
        .files
        .iter()
        .filter_map(|file| Some((file.content_id.clone()?, file.id)))
        .collect();
    let parts = split(&arrival.mail.body.text);
    let message_id = MessageId::random();
    let held = match place::of(unit, arrival, arrival.author())? {
        Place::Into { id, .. } => {
            let held = load::standing_conversation(unit.conn(), &actor, id)?;
            details.stranger = !customer::is_of(unit.conn(), &actor, &held, &arrival.writer)?;
            let written = written(arrival, message_id, parts.written, &details);
            add(unit, &actor, &held, arrival, written)?;
            if details.stranger {
                say(unit, &actor, held.id, &from_elsewhere(&arrival.writer))?;
            }
            held
        }
        Place::New { after } => {
            let written = written(arrival, message_id, parts.written, &details);
            let held = begin(unit, &actor, arrival, written)?;
            if let Some(after) = after {
                let before = load::conversation(unit.conn(), &actor, after)?;
                let words = format!("This goes on from conversation #{}.", before.number);
                say(unit, &actor, held.id, &words)?;
            }
            held
        }
    };
    receipts::set_message(unit, account_id, inbox_id, &arrival.name, message_id)?;
    let mail = as_mail(arrival, message_id, &details, unit.now())?;
    let rest = format!("{}{}", parts.signature, parts.quoted);
    let body = MailBody {
        html: arrival.mail.body.html.clone(),
        rest: (!rest.trim().is_empty()).then(|| storable(&rest)),
    };
    queries::mails::insert(unit, &mail, &body)?;
    queries::connections::came(unit, account_id, arrival.came.connection.id)?;
    Ok(Ingested::Stored {
        conversation_id: held.id,
        message_id,
    })
}

/// Adds it to a conversation. A program's mail is shown and opens nothing.
fn add(
    unit: &mut Unit<'_>,
    actor: &Actor,
    held: &Conversation,
    arrival: &Arrival,
    written: Written,
) -> Outcome<()> {
    match arrival.author() {
        Author::Person => {
            receive::receive(unit, actor, held.id, held.customer_id, written)?;
        }
        Author::Program => {
            let (from, now) = (held.customer_id, unit.now());
            let decision = decide::receive_from_program(held, actor, from, written, now)?;
            write::apply(unit, actor, decision)?;
        }
    }
    Ok(())
}

fn begin(
    unit: &mut Unit<'_>,
    actor: &Actor,
    arrival: &Arrival,
    written: Written,
) -> Outcome<Conversation> {
    let subject = &arrival.mail.subject;
    let new = NewConversation {
        customer_id: customer::find_or_make(unit, actor, &arrival.writer)?,
        inbox_id: Some(arrival.came.connection.inbox_id),
        source: Source::Email,
        subject: (!subject.is_empty()).then(|| subject.clone()),
        status: None,
        metadata: None,
        first: Some(FirstMessage::ByCustomer(written)),
    };
    start::start(unit, actor, new)
}

fn written(arrival: &Arrival, id: MessageId, text: &str, details: &Details) -> Written {
    let text = text.trim_end();
    let addresses = |all: &[Mailbox]| -> Vec<String> {
        all.iter().map(|mailbox| mailbox.address.clone()).collect()
    };
    let told = json!({ "email": {
        "from": arrival.writer.address,
        "to": addresses(&details.to),
        "cc": addresses(&details.cc),
        "subject": details.subject,
        "automatic": !details.signs.is_empty(),
    } });
    Written {
        body: (!text.is_empty()).then(|| text.to_owned()),
        source: Some(Source::Email),
        attachments: arrival.files.iter().map(|file| file.id).collect(),
        metadata: Some(Json(told.to_string())),
        sent_at: arrival.mail.sent_at.map(Timestamp::from_seconds),
        ..Written::text(id, "")
    }
}

fn as_mail(
    arrival: &Arrival,
    message_id: MessageId,
    details: &Details,
    now: Timestamp,
) -> Outcome<Mail> {
    let details = serde_json::to_string(details).map_err(|_| {
        Failure::Db(DbError::Column {
            index: 7,
            wanted: "details of a mail",
        })
    })?;
    Ok(Mail {
        message_id,
        account_id: arrival.account_id(),
        connection_id: Some(arrival.came.connection.id),
        direction: MailDirection::In,
        mail_id: arrival.mail.message_id.clone(),
        theirs: arrival.writer.address.clone(),
        topic: topic(&arrival.mail.subject).text,
        details: Json(details),
        created_at: now,
    })
}

fn from_elsewhere(writer: &Mailbox) -> String {
    let address = &writer.address;
    match &writer.name {
        Some(name) => format!("This came from {name} ({address}), who is not the customer here."),
        None => format!("This came from {address}, who is not the customer here."),
    }
}

/// A line of the server's own in a thread.
fn say(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId, words: &str) -> Outcome<()> {
    let now = unit.now();
    let newest = load::conversation(unit.conn(), actor, id)?;
    let written = Written::text(MessageId::random(), words);
    let decision = decide::system_line(&newest, actor, written, now)?;
    write::apply(unit, actor, decision)?;
    Ok(())
}

/// Text that both databases take: PostgreSQL has no place for a zero.
fn storable(text: &str) -> String {
    text.replace('\0', "")
}
