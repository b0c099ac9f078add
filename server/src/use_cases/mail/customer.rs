//! Whose mail it is.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_connectors::email::Mailbox;
use frontdesk_db::queries::{customers, events};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::{
    Actor, Conversation, Customer, CustomerId, EventDraft, EventKind, IdentityKind,
};

/// The customer who is known by this address, or a new one.
pub(crate) fn find_or_make(
    unit: &mut Unit<'_>,
    actor: &Actor,
    writer: &Mailbox,
) -> Outcome<CustomerId> {
    let (account_id, now) = (actor.account_id, unit.now());
    if let Some(known) = by_address(unit.conn(), actor, writer)? {
        return Ok(known);
    }
    let mut it = Customer::new(CustomerId::random(), account_id, now);
    it.name.clone_from(&writer.name);
    it.email = Some(writer.address.clone());
    customers::insert(unit, &it)?;
    let kind = IdentityKind::Email;
    customers::add_identity(unit, account_id, it.id, kind, &writer.address)?;
    let event = EventDraft::about(EventKind::CustomerCreated, it.id.0);
    events::emit(unit, account_id, None, event)?;
    Ok(it.id)
}

/// Whether an address is that of a conversation's customer.
pub(crate) fn is_of(
    conn: &mut dyn Conn,
    actor: &Actor,
    held: &Conversation,
    writer: &Mailbox,
) -> Outcome<bool> {
    let customer = load::customer(conn, actor, held.customer_id)?;
    let email = customer.email.map(|email| email.to_lowercase());
    if email.as_deref() == Some(&writer.address) {
        return Ok(true);
    }
    let known = by_address(conn, actor, writer)?;
    Ok(known == Some(held.customer_id))
}

fn by_address(conn: &mut dyn Conn, actor: &Actor, writer: &Mailbox) -> Outcome<Option<CustomerId>> {
    let kind = IdentityKind::Email;
    let known = customers::by_identity(conn, actor.account_id, kind, &writer.address)?;
    match known {
        Some(id) => Ok(Some(load::standing_customer(conn, actor, id)?.id)),
        None => Ok(None),
    }
}
