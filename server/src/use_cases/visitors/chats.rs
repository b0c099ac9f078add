//! The threads a visitor's page goes on with, without what only the company may read.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::Conn;
use frontdesk_db::queries::list::{self, ConversationView};
use frontdesk_db::queries::{conversations, customers, messages};
use frontdesk_domain::{AccountId, Actor, Conversation, CustomerId, InboxId, Status};

/// How many threads a page gets.
const MOST: i64 = 3;

/// How many messages of a thread a page gets: the newest.
const MESSAGES: i64 = 500;

/// The customer's open chats, the newest first. A customer that the account does not have has
/// none.
pub(crate) fn chats(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
    inbox_id: Option<InboxId>,
) -> Outcome<Vec<ConversationView>> {
    let known = customers::by_id(conn, account_id, id)?;
    if known.is_none() {
        return Ok(Vec::new());
    }
    let actor = Actor::customer(account_id, id);
    let customer = load::standing_customer(conn, &actor, id)?;
    let held = conversations::open_chats(conn, account_id, customer.id, inbox_id, MOST)?;
    open_to(conn, account_id, held)
}

/// Conversations as people outside the company may read them: without notes, private messages,
/// tags and mentions. What the company holds for spam is closed to them.
pub(crate) fn open_to(
    conn: &mut dyn Conn,
    account_id: AccountId,
    held: Vec<Conversation>,
) -> Outcome<Vec<ConversationView>> {
    let mut views = list::expand(conn, account_id, held)?;
    for view in &mut views {
        view.messages = messages::latest(conn, view.conversation.id, MESSAGES)?;
        view.messages.retain(|it| !it.message.private);
        view.tags.clear();
        view.mentions.clear();
        if view.conversation.status == Status::Spam {
            view.conversation.status = Status::Closed;
        }
    }
    Ok(views)
}
