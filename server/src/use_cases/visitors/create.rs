//! A visitor becomes a customer.

use super::fields::put;
use super::{Claim, Door, Proof, Said};
use crate::failure::Outcome;
use frontdesk_db::Unit;
use frontdesk_db::queries::{customers, events};
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, Customer, CustomerId, EventDraft, EventKind, Timestamp};

/// Makes a customer, or finds the one whom the signature proves the visitor to be.
pub(crate) fn create(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    door: &Door,
    claim: Claim,
    said: Said,
) -> Outcome<Customer> {
    let proof = door.check(unit.conn(), &claim)?;
    let now = unit.now();
    if let Some(mut known) = proof.known(unit.conn(), account_id)? {
        said.put(&mut known, now);
        return keep(unit, known, claim, &proof);
    }
    fresh(unit, account_id, claim, said, &proof)
}

/// Stores a new customer.
pub(super) fn fresh(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    claim: Claim,
    said: Said,
    proof: &Proof,
) -> Outcome<Customer> {
    let now = unit.now();
    let mut customer = Customer::new(CustomerId::random(), account_id, now);
    customer.first_seen = said.first_seen.map_or(now, |at| at.min(now));
    said.put(&mut customer, now);
    claimed(&mut customer, claim, proof);
    customers::insert(unit, &customer)?;
    proof.remember(unit, &customer)?;
    told(unit, &customer, EventKind::CustomerCreated)?;
    Ok(customer)
}

/// Stores a customer whose fields have changed, with what was claimed and proven.
pub(super) fn keep(
    unit: &mut Unit<'_>,
    mut customer: Customer,
    claim: Claim,
    proof: &Proof,
) -> Outcome<Customer> {
    claimed(&mut customer, claim, proof);
    touched(&mut customer, unit.now());
    customers::update(unit, &customer)?;
    proof.remember(unit, &customer)?;
    told(unit, &customer, EventKind::CustomerUpdated)?;
    Ok(customer)
}

fn claimed(customer: &mut Customer, claim: Claim, proof: &Proof) {
    put(&mut customer.email, claim.email);
    // A proven customer keeps the id by which the site knows it; a page that leaves it out does
    // not mean to take it away.
    match (claim.external_id, customer.verified) {
        (Field::Clear, true) => {}
        (field, _) => put(&mut customer.external_id, field),
    }
    customer.verified |= *proof != Proof::Nothing;
}

fn touched(customer: &mut Customer, now: Timestamp) {
    customer.version += 1;
    customer.updated_at = now;
}

fn told(unit: &mut Unit<'_>, customer: &Customer, kind: EventKind) -> Outcome<()> {
    let draft = EventDraft::about(kind, customer.id.0);
    events::emit(unit, customer.account_id, None, draft)?;
    Ok(())
}
