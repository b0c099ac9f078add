//! Who wrote: the customer a provider vouches for, or somebody new.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_connectors::channel::Message;
use frontdesk_db::Unit;
use frontdesk_db::queries::{customers, events};
use frontdesk_domain::{
    Actor, Conversation, Customer, CustomerId, EventDraft, EventKind, IdentityKind, text,
};

/// What a provider knows a writer by, the surest first.
fn identities(message: &Message) -> Vec<(IdentityKind, &str)> {
    let known = [
        (IdentityKind::Slack, &message.writer),
        (IdentityKind::Phone, &message.phone),
        (IdentityKind::Email, &message.email),
    ];
    let known = known.into_iter();
    known
        .filter_map(|(kind, value)| Some((kind, value.as_deref()?)))
        .collect()
}

/// The customer who wrote, or a new one.
pub(super) fn customer(
    unit: &mut Unit<'_>,
    actor: &Actor,
    message: &Message,
) -> Outcome<CustomerId> {
    let account_id = actor.account_id;
    let found = known(unit, actor, message)?;
    let id = match found {
        Some(id) => id,
        None => new(unit, actor, message)?,
    };
    for (kind, value) in identities(message) {
        customers::add_identity(unit, account_id, id, kind, value)?;
    }
    Ok(id)
}

fn known(unit: &mut Unit<'_>, actor: &Actor, message: &Message) -> Outcome<Option<CustomerId>> {
    for (kind, value) in identities(message) {
        let known = customers::by_identity(unit.conn(), actor.account_id, kind, value)?;
        if let Some(id) = known {
            return Ok(Some(load::standing_customer(unit.conn(), actor, id)?.id));
        }
    }
    Ok(None)
}

fn new(unit: &mut Unit<'_>, actor: &Actor, message: &Message) -> Outcome<CustomerId> {
    let (account_id, now) = (actor.account_id, unit.now());
    let mut it = Customer::new(CustomerId::random(), account_id, now);
    let called = [&message.name, &message.email, &message.phone];
    let called = called.into_iter().find_map(Option::as_deref);
    it.name = called.map(|name| text::clean_line(name).text);
    it.email.clone_from(&message.email);
    it.phone.clone_from(&message.phone);
    customers::insert(unit, &it)?;
    let event = EventDraft::about(EventKind::CustomerCreated, it.id.0);
    events::emit(unit, account_id, None, event)?;
    Ok(it.id)
}

/// The text, with the writer's name before it where somebody else writes than the conversation's own
/// customer: a channel has many people in it.
pub(super) fn signed(
    unit: &mut Unit<'_>,
    actor: &Actor,
    held: &Conversation,
    message: &Message,
) -> Outcome<Option<String>> {
    if message.writer.is_none() || known(unit, actor, message)? == Some(held.customer_id) {
        return Ok(message.text.clone());
    }
    let name = message.name.as_deref().unwrap_or("Somebody else");
    let text = message.text.as_deref().unwrap_or_default();
    Ok(Some(format!("{name} wrote:\n{text}").trim_end().to_owned()))
}
