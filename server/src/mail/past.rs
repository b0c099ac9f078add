//! What went before a mail in its conversation: by which mailbox it goes, and what it answers.

use crate::failure::Outcome;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::{connections, mails, messages, user_settings};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::mail::Mail;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{Conversation, Message, Source, Timestamp};

/// How far back it is looked.
const BACK: i64 = 30;

/// What went before.
pub(super) struct Past {
    /// The mailbox that mail of the conversation leaves by.
    pub(super) connection: Option<Connection>,
    /// The newest first.
    pub(super) mails: Vec<Mail>,
    pub(super) answered: Option<Before>,
    /// What who wrote the message set as their signature.
    pub(super) signature: Option<String>,
}

/// The last that the customer wrote.
pub(super) struct Before {
    pub(super) author: String,
    pub(super) written_at: Timestamp,
    pub(super) text: String,
}

impl Past {
    /// What went before a message.
    pub(super) fn of(
        conn: &mut dyn Conn,
        conversation: &Conversation,
        message: &Message,
    ) -> Outcome<Self> {
        let (account_id, id) = (conversation.account_id, conversation.id);
        let mut mails = mails::of_conversation(conn, account_id, id, BACK)?;
        mails.retain(|mail| mail.message_id != message.id);
        let latest = messages::latest(conn, id, BACK)?;
        let mut earlier = latest
            .into_iter()
            .rev()
            .filter(|it| it.message.seq < message.seq);
        Ok(Self {
            connection: mailbox(conn, conversation, &mails)?,
            answered: earlier.find(is_theirs).map(said),
            signature: signature(conn, message)?,
            mails,
        })
    }
}

/// What who wrote a message wants below their mails.
fn signature(conn: &mut dyn Conn, message: &Message) -> Result<Option<String>, DbError> {
    let Sender::User(user_id) = message.sender else {
        return Ok(None);
    };
    let chosen = user_settings::by_user(conn, message.account_id, user_id)?;
    Ok(chosen.and_then(|it| it.signature))
}

/// The mailbox by which the last mail came or went; where there was none, one of the inbox, and first
/// one that is on. Chats have no mailbox of their own, so that any will do.
fn mailbox(
    conn: &mut dyn Conn,
    conversation: &Conversation,
    mails: &[Mail],
) -> Result<Option<Connection>, DbError> {
    let all = connections::of_account(conn, conversation.account_id)?;
    let mut all: Vec<Connection> = all
        .into_iter()
        .filter(|it| it.kind == Source::Email)
        .collect();
    let last = mails.iter().find_map(|mail| mail.connection_id);
    let used = all.iter().position(|it| Some(it.id) == last);
    let of_inbox = |it: &Connection| Some(it.inbox_id) == conversation.inbox_id;
    let on = || all.iter().position(|it| of_inbox(it) && it.is_on());
    let any = || {
        let is_chat = conversation.source == Source::Chat;
        all.iter().position(|it| is_chat && it.is_on())
    };
    let found = used.or_else(on).or_else(|| all.iter().position(of_inbox));
    let found = found.or_else(any);
    Ok(found.map(|at| all.swap_remove(at)))
}

fn is_theirs(view: &MessageView) -> bool {
    view.message.customer_id().is_some() && !view.message.private
}

fn said(view: MessageView) -> Before {
    let customer = view.customer.as_ref();
    let author = customer.and_then(|it| it.name.as_deref().or(it.email.as_deref()));
    Before {
        author: author.unwrap_or("you").to_owned(),
        written_at: view.message.created_at,
        text: view.message.body.unwrap_or_default(),
    }
}
