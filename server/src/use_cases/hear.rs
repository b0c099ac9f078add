//! Something came in by a line: a customer wrote, or something became of a message of ours. What comes
//! twice is kept once.

mod changed;
mod late;
mod reacted;
mod seat;
mod writer;

pub(crate) use late::{came_late, is_settled, never_came};
pub(crate) use seat::{WRITTEN_THERE, colleague};

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::lines::{Fetched, fetch};
use crate::use_cases::start::NewConversation;
use crate::use_cases::{connections, load, receive, start};
use frontdesk_connectors::channel::{Channel, Consent, Heard, Message, Receipt};
use frontdesk_db::queries::messages::outgoing;
use frontdesk_db::queries::receipts::Receipt as Came;
use frontdesk_db::queries::{connections as rows, events, lines, messages, receipts};
use frontdesk_db::{Unit, write};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::decide::{self, FirstMessage, Written};
use frontdesk_domain::line::{Line, moves_on};
use frontdesk_domain::{Actor, Conversation, EventDraft, EventKind, MessageId};

const STOPPED: &str =
    "The customer wants to hear no more. Nothing goes out until they write START.";
const STARTED: &str = "The customer can be written to again.";
const HELP: &str = "The customer asks with HELP who writes to them. Networks expect an answer that says so, and that \
    STOP ends it. Twilio gives its own where it manages opt-outs; otherwise give one here.";

/// Takes in what a connection told: its files first, so that a message is whole when it is seen.
pub(crate) async fn take(
    app: &App,
    connection: &Connection,
    channel: &dyn Channel,
    heard: Heard,
) -> Outcome<()> {
    let connection = connection.clone();
    let account_id = connection.account_id;
    let fetched = match written(&heard) {
        // What is only changed, or comes again, brings no new files.
        Some(message)
            if !message.files.is_empty() && !is_known(app, &connection, message).await? =>
        {
            fetch(app, channel, account_id, &message.files).await
        }
        _ => Fetched::default(),
    };
    app.db
        .write(account_id, move |unit| {
            told(unit, &connection, &heard, &fetched)
        })
        .await
}

/// What somebody wrote whose files count.
fn written(heard: &Heard) -> Option<&Message> {
    match heard {
        Heard::Message(message)
        | Heard::Edited(message)
        | Heard::Reply(message)
        | Heard::Note(message) => Some(message),
        Heard::Deleted { .. }
        | Heard::Reacted(_)
        | Heard::Aside(_)
        | Heard::Cut { .. }
        | Heard::Receipt(_)
        | Heard::Moved { .. }
        | Heard::Reach { .. } => None,
    }
}

/// Whether a message has come before.
async fn is_known(app: &App, connection: &Connection, message: &Message) -> Outcome<bool> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = came_as(connection, &message.id);
    let known = app.db.read(move |conn| {
        let known = receipts::by_external_id(conn, account_id, inbox_id, &name)?;
        Ok::<_, Failure>(known.is_some())
    });
    known.await
}

fn told(
    unit: &mut Unit<'_>,
    connection: &Connection,
    heard: &Heard,
    fetched: &Fetched,
) -> Outcome<()> {
    match heard {
        Heard::Receipt(receipt) => became(unit, connection, receipt),
        Heard::Reach { theirs, consent } => wishes(unit, connection, theirs, *consent),
        Heard::Moved { from, to } => {
            let (account_id, id) = (connection.account_id, connection.id);
            Ok(lines::moved(unit, account_id, id, from, to)?)
        }
        Heard::Message(message) => wrote(unit, connection, message, fetched),
        Heard::Edited(message) => changed::edited(unit, connection, message, fetched),
        Heard::Deleted { id } => changed::deleted(unit, connection, id),
        Heard::Reacted(reaction) => reacted::reacted(unit, connection, reaction),
        Heard::Aside(message) => aside(unit, connection, message),
        Heard::Reply(message) => {
            seat::wrote(unit, connection, message, (seat::Kind::Reply, fetched))
        }
        Heard::Note(message) => seat::wrote(unit, connection, message, (seat::Kind::Note, fetched)),
        Heard::Cut { why } => {
            let (account_id, id, now) = (connection.account_id, connection.id, unit.now());
            Ok(connections::heard(unit, account_id, id, |it| {
                it.refused(why, now)
            })?)
        }
    }
}

/// What makes a message one among the receipts.
fn came_as(connection: &Connection, id: &str) -> String {
    format!("{}:{id}", connection.id)
}

/// A customer wrote.
fn wrote(
    unit: &mut Unit<'_>,
    connection: &Connection,
    message: &Message,
    fetched: &Fetched,
) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let name = came_as(connection, &message.id);
    if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
        return Ok(());
    }
    let written = Written {
        body: message.text.clone(),
        source: Some(connection.kind),
        attachments: fetched.files.iter().map(|file| file.id).collect(),
        sent_at: message.sent_at,
        ..Written::text(MessageId::random(), "")
    };
    let message_id = written.id;
    rows::came(unit, account_id, connection.id)?;
    let held = keep(unit, connection, message, written)?;
    receipts::set_message(unit, account_id, inbox_id, &name, message_id)?;
    for missing in &fetched.missing {
        late::missed(unit, connection, &held, message_id, missing)?;
    }
    match message.consent {
        Some(Consent::Help) => say(unit, &held, HELP),
        Some(consent) => wishes(unit, connection, &message.theirs, consent),
        None => Ok(()),
    }
}

/// Stores a message in its line's conversation, or in a new one. Says which.
fn keep(
    unit: &mut Unit<'_>,
    connection: &Connection,
    message: &Message,
    written: Written,
) -> Outcome<Conversation> {
    let (account_id, now) = (connection.account_id, unit.now());
    let actor = Actor::system(account_id);
    let (ours, theirs) = (message.ours.as_str(), message.theirs.as_str());
    let found = lines::find(unit.conn(), account_id, connection.id, ours, theirs)?;
    if let Some(line) = found {
        lines::heard(unit, &line, now)?;
        let held = load::standing_conversation(unit.conn(), &actor, line.conversation_id)?;
        let written = Written {
            body: writer::signed(unit, &actor, &held, message)?,
            ..written
        };
        receive::receive(unit, &actor, held.id, held.customer_id, written)?;
        return Ok(held);
    }
    let new = NewConversation {
        customer_id: writer::customer(unit, &actor, message)?,
        inbox_id: Some(connection.inbox_id),
        source: connection.kind,
        subject: message.subject.clone(),
        status: None,
        metadata: None,
        first: Some(FirstMessage::ByCustomer(written)),
    };
    let made = start::start(unit, &actor, new)?;
    let line = Line {
        conversation_id: made.id,
        account_id,
        connection_id: connection.id,
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
        heard_at: Some(now),
        stopped_at: None,
    };
    lines::insert(unit, &line)?;
    Ok(made)
}

/// A customer wants to hear no more, or to hear again. It is shown in the thread once.
fn wishes(
    unit: &mut Unit<'_>,
    connection: &Connection,
    theirs: &str,
    consent: Consent,
) -> Outcome<()> {
    let (account_id, id) = (connection.account_id, connection.id);
    let actor = Actor::system(account_id);
    let (at, words) = match consent {
        Consent::Stop => (Some(unit.now()), STOPPED),
        Consent::Start => (None, STARTED),
        // Nothing is wished yet. It is told where it was asked.
        Consent::Help => return Ok(()),
    };
    let held = lines::of_address(unit.conn(), account_id, id, theirs)?;
    let changed = held
        .iter()
        .filter(|line| line.stopped_at.is_some() != at.is_some());
    for line in changed {
        let held = load::standing_conversation(unit.conn(), &actor, line.conversation_id)?;
        say(unit, &held, words)?;
    }
    Ok(lines::set_stopped(unit, account_id, id, theirs, at)?)
}

/// A colleague wrote to the customer there. It is shown to who answers here.
fn aside(unit: &mut Unit<'_>, connection: &Connection, message: &Message) -> Outcome<()> {
    let (account_id, inbox_id) = (connection.account_id, connection.inbox_id);
    let (ours, theirs) = (message.ours.as_str(), message.theirs.as_str());
    let found = lines::find(unit.conn(), account_id, connection.id, ours, theirs)?;
    let Some(line) = found else {
        return Ok(());
    };
    let name = came_as(connection, &message.id);
    if receipts::record(unit, account_id, inbox_id, &name)? != Came::New {
        return Ok(());
    }
    let actor = Actor::system(account_id);
    let held = load::standing_conversation(unit.conn(), &actor, line.conversation_id)?;
    let who = message.name.as_deref().unwrap_or("A colleague");
    let text = message.text.as_deref().unwrap_or("(a file)");
    say(unit, &held, &format!("{who} answered there:\n{text}"))
}

/// A line of the server's own in a thread.
fn say(unit: &mut Unit<'_>, held: &Conversation, words: &str) -> Outcome<()> {
    let actor = Actor::system(held.account_id);
    let now = unit.now();
    let written = Written::text(MessageId::random(), words);
    let newest = load::conversation(unit.conn(), &actor, held.id)?;
    let decision = decide::system_line(&newest, &actor, written, now)?;
    write::apply(unit, &actor, decision)?;
    Ok(())
}

/// Something became of a message of ours. It must have gone out by this connection.
fn became(unit: &mut Unit<'_>, connection: &Connection, receipt: &Receipt) -> Outcome<()> {
    let account_id = connection.account_id;
    let Some(view) = messages::by_id(unit.conn(), account_id, receipt.message_id)? else {
        return Ok(());
    };
    let (id, conversation_id) = (view.message.id, view.message.conversation_id);
    let line = lines::of_conversation(unit.conn(), account_id, conversation_id)?;
    let Some(line) = line.filter(|line| line.connection_id == connection.id) else {
        return Ok(());
    };
    let is_ours = view.message.user_id().is_some() || view.message.customer_id().is_none();
    if is_ours && moves_on(view.message.delivery.state, receipt.state) {
        outgoing::set(unit, account_id, id, receipt.state, receipt.reason.as_ref())?;
        let event = EventDraft::within(EventKind::MessageUpdated, conversation_id, id.0);
        events::emit(unit, account_id, None, event)?;
    }
    match receipt.consent {
        Some(consent) => wishes(unit, connection, &line.theirs, consent),
        None => Ok(()),
    }
}
