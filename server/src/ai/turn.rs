//! Whose turn it is in a conversation: gathers what the decision asks for.

use super::look::{self, Wanted};
use crate::failure::Outcome;
use crate::use_cases::ai as cases;
use frontdesk_ai::person;
use frontdesk_connectors::email::Details;
use frontdesk_db::Conn;
use frontdesk_db::queries::{ai_modes, ai_replies, conversations, drafts, lines, mails};
use frontdesk_domain::ai::{self, Make};
use frontdesk_domain::auto::{self, AutoReplies, Turn, Waiting, Wish, Writer};
use frontdesk_domain::{
    AccountId, AiMode, Conversation, ConversationId, Message, Status, Timestamp,
};

/// What is to be done.
pub(super) enum Next {
    /// Nothing here: drafts are made as everywhere.
    Leave,
    /// To tell the customer that a person takes over.
    PassOn(AutoReplies),
    Answer(AutoReplies, Box<Wanted>),
}

/// Within so many seconds what was said to a customer is counted.
const LATELY: i64 = 24 * 60 * 60;

/// Looks at a conversation: whether the program answers in it, and to what.
pub(super) fn look(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
    now: Timestamp,
) -> Outcome<Next> {
    let Some(held) = conversations::by_id(conn, account_id, id)? else {
        return Ok(Next::Leave);
    };
    let mode = ai_modes::of_conversation(conn, account_id, id)?;
    let stands = held.status == Status::Open && held.merged_into.is_none();
    let (Some(inbox_id), AiMode::Auto, true) = (held.inbox_id, mode, stands) else {
        return Ok(Next::Leave);
    };
    let thread = cases::thread(conn, id)?;
    let Some(newest) = ai::newest(&thread).filter(|it| it.customer_id().is_some()) else {
        return Ok(Next::Leave);
    };
    let seq = newest.seq;
    let there = drafts::of_conversation(conn, account_id, id)?;
    if there.iter().any(|it| it.based_on_seq >= seq) {
        return Ok(Next::Leave);
    }
    let settings = ai_replies::of_inbox(conn, account_id, inbox_id)?;
    let (newest, since) = (newest.clone(), now.plus_seconds(-LATELY));
    let wanted = Wanted {
        conversation: held,
        thread,
        make: Make { into: None, seq },
        wish: look::Wish::default(),
    };
    let held = &wanted.conversation;
    let waiting = Waiting {
        wish: wish(conn, held, &newest, &wanted.question())?,
        writer: writer(conn, &newest)?,
        said: ai_replies::said(conn, id)?,
        lately: ai_replies::lately(conn, account_id, held.customer_id, since)?,
    };
    Ok(match auto::turn(&settings, held, &waiting) {
        Turn::Person => Next::Leave,
        Turn::PassOn(_) => Next::PassOn(settings),
        Turn::Program => Next::Answer(settings, Box::new(wanted)),
    })
}

/// What the customer wants of the other side.
fn wish(
    conn: &mut dyn Conn,
    held: &Conversation,
    newest: &Message,
    question: &str,
) -> Outcome<Wish> {
    let line = lines::of_conversation(conn, held.account_id, held.id)?;
    let has_stopped = line.is_some_and(|it| it.stopped_at.is_some());
    if has_stopped || person::opens_a_line(newest.body.as_deref().unwrap_or_default()) {
        return Ok(Wish::Nothing);
    }
    Ok(if person::is_asked_for(question) {
        Wish::Person
    } else {
        Wish::Answer
    })
}

/// Who wrote the newest message.
fn writer(conn: &mut dyn Conn, newest: &Message) -> Outcome<Writer> {
    if look::is_automatic(newest) {
        return Ok(Writer::Program);
    }
    let mail = mails::of_message(conn, newest.account_id, newest.id)?;
    let details = mail.and_then(|it| serde_json::from_str::<Details>(&it.details.0).ok());
    Ok(match details {
        Some(details) if details.stranger => Writer::Stranger,
        _ => Writer::Customer,
    })
}
