//! A conversation is forwarded to somebody else by mail. What they answer comes into a conversation of
//! their own, which is linked with this one, and is noted here for colleagues alone.

use crate::failure::Outcome;
use crate::use_cases::start::NewConversation;
use crate::use_cases::{load, mail, start, users};
use frontdesk_connectors::email::Mailbox;
use frontdesk_db::queries::messages::{MessageFilter, MessageView};
use frontdesk_db::{Conn, Unit, queries, write};
use frontdesk_domain::decide::{self, FirstMessage, Linked, NewStatus, Pair, SnoozeFor, Written};
use frontdesk_domain::{
    Actor, Conversation, ConversationId, FileId, Message, MessageId, Refusal, Source,
};

/// The newest messages that go along when all of a conversation does.
const MOST: i64 = 50;

/// To whom, what, and with which words above it.
#[derive(Debug, Clone)]
pub(crate) struct Forward {
    pub(crate) to: String,
    pub(crate) words: String,
    /// These messages; or the whole conversation.
    pub(crate) messages: Option<Vec<MessageId>>,
}

/// Forwards a conversation; says the conversation with whoever gets it.
pub(crate) fn forward(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    command: &Forward,
) -> Outcome<Conversation> {
    let from = load::conversation(unit.conn(), actor, id)?;
    let to = users::email(&command.to).map_err(|refusal| match refusal {
        Refusal::Invalid { problem, .. } => Refusal::Invalid {
            field: "to",
            problem,
        },
        other => other,
    })?;
    let views = going(unit.conn(), actor, &from, command.messages.as_deref())?;
    let names: Vec<String> = views.iter().map(name).collect();
    let said: Vec<(&Message, &str)> = views
        .iter()
        .zip(&names)
        .map(|(view, name)| (&view.message, name.as_str()))
        .collect();
    let body = decide::forwarded(&command.words, &said)?;
    let files = views.iter().filter(|it| decide::may_leave(&it.message));
    let files: Vec<FileId> = files
        .flat_map(|it| it.message.attachments.clone())
        .collect();
    let side = begin(unit, actor, &from, &to, body, files)?;
    let pair = Pair {
        one: &from,
        other: &side,
        now_is: Linked::No,
        lines: (MessageId::random(), MessageId::random()),
    };
    let now = unit.now();
    let decision = decide::link(actor, pair, Linked::AsSide, now)?;
    write::apply(unit, actor, decision)?;
    load::conversation(unit.conn(), actor, side.id)
}

/// What is forwarded, the oldest first.
fn going(
    conn: &mut dyn Conn,
    actor: &Actor,
    from: &Conversation,
    ids: Option<&[MessageId]>,
) -> Outcome<Vec<MessageView>> {
    let ids = match ids {
        Some(ids) => ids.to_vec(),
        None => {
            let said = MessageFilter {
                conversation_id: Some(from.id),
                private: Some(false),
                ..MessageFilter::default()
            };
            let found = queries::messages::list(conn, actor, &said, MOST)?;
            found.into_iter().map(|it| it.id).collect()
        }
    };
    let mut found = queries::messages::by_ids(conn, actor.account_id, &ids)?;
    let mut views = Vec::with_capacity(ids.len());
    for id in &ids {
        let view = found.remove(id).ok_or(Refusal::invalid("message_ids"))?;
        if view.message.conversation_id != from.id {
            return Err(Refusal::invalid("message_ids").into());
        }
        views.push(view);
    }
    views.sort_by_key(|it| it.message.seq);
    Ok(views)
}

/// The conversation with whoever gets it. It rests until they answer.
fn begin(
    unit: &mut Unit<'_>,
    actor: &Actor,
    from: &Conversation,
    to: &str,
    body: String,
    files: Vec<FileId>,
) -> Outcome<Conversation> {
    let mailbox = Mailbox {
        name: None,
        address: to.to_owned(),
    };
    // The customer may have the address without ever having proven it.
    if mail::is_of(unit.conn(), actor, from, &mailbox)? {
        return Err(Refusal::Invalid {
            field: "to",
            problem: "is the customer's own address",
        }
        .into());
    }
    let customer_id = mail::find_or_make(unit, actor, &mailbox)?;
    let subject = from.subject.as_deref().unwrap_or("Conversation");
    let written = Written {
        attachments: files,
        ..Written::text(MessageId::random(), body)
    };
    let new = NewConversation {
        customer_id,
        inbox_id: from.inbox_id,
        source: Source::Email,
        subject: Some(format!("Fwd: {subject}")),
        status: Some(NewStatus::Snoozed(SnoozeFor::UntilReply)),
        metadata: None,
        first: Some(FirstMessage::ByAgent(written)),
    };
    start::start(unit, actor, new)
}

fn name(view: &MessageView) -> String {
    let user = view.user.as_ref();
    let agent = user.and_then(|it| it.display_name.clone().or_else(|| it.full_name.clone()));
    let customer = view.customer.as_ref().map(|it| it.title().to_owned());
    agent.or(customer).unwrap_or_else(|| "We".to_owned())
}

/// Notes an answer in the conversations it was forwarded from.
pub(crate) fn answered(unit: &mut Unit<'_>, side: &Conversation, body: &str) -> Outcome<()> {
    let account_id = side.account_id;
    let about = queries::conversations::links::forwarded_as(unit.conn(), account_id, side.id)?;
    if about.is_empty() {
        return Ok(());
    }
    let server = Actor::system(account_id);
    let customer = load::customer(unit.conn(), &server, side.customer_id)?;
    let text = decide::answer_beside(customer.title(), side.number, body);
    for id in about {
        let held = load::standing_conversation(unit.conn(), &server, id)?;
        let written = Written::text(MessageId::random(), text.clone());
        let decision = decide::side_answer(&held, &server, written, unit.now())?;
        write::apply(unit, &server, decision)?;
    }
    Ok(())
}
