//! What is there, as far as the actor may know. Whatever the actor may not see does not exist.

use crate::failure::Outcome;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::{Conn, queries};
use frontdesk_domain::account::{Inbox, User};
use frontdesk_domain::{
    Actor, Conversation, ConversationId, Customer, CustomerId, InboxId, MessageId, Refusal, UserId,
};

/// More merges in a row than any desk makes.
const LONGEST_CHAIN: usize = 32;

/// A conversation the actor may see.
pub(crate) fn conversation(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<Conversation> {
    let found = queries::conversations::by_id(conn, actor.account_id, id)?;
    Ok(found.filter(|it| actor.sees(it)).ok_or(Refusal::NotFound)?)
}

/// The conversation in which something for this one is to be kept: the one it was merged into.
pub(crate) fn standing_conversation(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<Conversation> {
    let mut it = conversation(conn, actor, id)?;
    for _ in 0..LONGEST_CHAIN {
        let Some(next) = it.merged_into else {
            return Ok(it);
        };
        let found = queries::conversations::by_id(conn, actor.account_id, next)?;
        it = found.ok_or(Refusal::NotFound)?;
    }
    Ok(it)
}

/// A message of a conversation the actor may see, with the people and files it names.
pub(crate) fn message(conn: &mut dyn Conn, actor: &Actor, id: MessageId) -> Outcome<MessageView> {
    let found = queries::messages::by_id(conn, actor.account_id, id)?;
    let view = found.ok_or(Refusal::NotFound)?;
    conversation(conn, actor, view.message.conversation_id)?;
    Ok(view)
}

/// A customer of the actor's account.
pub(crate) fn customer(conn: &mut dyn Conn, actor: &Actor, id: CustomerId) -> Outcome<Customer> {
    let found = queries::customers::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// The customer who stands for this one: the one merged into, where there was a merge.
pub(crate) fn standing_customer(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: CustomerId,
) -> Outcome<Customer> {
    let mut it = customer(conn, actor, id)?;
    for _ in 0..LONGEST_CHAIN {
        let Some(next) = it.merged_into else {
            return Ok(it);
        };
        it = customer(conn, actor, next)?;
    }
    Ok(it)
}

/// The inbox that was named, or the account's primary one.
pub(crate) fn inbox(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: Option<InboxId>,
) -> Outcome<Option<Inbox>> {
    let Some(id) = id else {
        return Ok(queries::inboxes::primary(conn, actor.account_id)?);
    };
    let found = queries::inboxes::by_id(conn, actor.account_id, id)?;
    Ok(Some(found.ok_or(Refusal::missing("inbox_id"))?))
}

/// A user of the actor's account, named in a field.
pub(crate) fn user(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: UserId,
    field: &'static str,
) -> Outcome<User> {
    let found = queries::users::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::missing(field))?)
}
