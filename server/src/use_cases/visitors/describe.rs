//! A page tells more about the customer its visitor is.

use super::create::{fresh, keep};
use super::{Claim, Door, Proof, Said};
use crate::failure::{Failure, Outcome};
use crate::use_cases::load;
use frontdesk_db::Unit;
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, Actor, Customer, CustomerId, Refusal};

/// Changes the customer with this id, and says who the visitor is now: a signature may prove
/// them to be somebody else than the page thought.
pub(crate) fn describe(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    door: &Door,
    id: CustomerId,
    claim: Claim,
    said: Said,
) -> Outcome<Customer> {
    let actor = Actor::customer(account_id, id);
    let customer = load::standing_customer(unit.conn(), &actor, id)?;
    let claim = if claim.is_signed() {
        claim
    } else {
        unsigned(claim, &customer, id)?
    };
    match door.check(unit.conn(), &claim)? {
        Proof::Nothing => change(unit, customer, claim, said, &Proof::Nothing),
        proof => match proof.known(unit.conn(), account_id)? {
            Some(known) => change(unit, known, claim, said, &proof),
            None if customer.verified => fresh(unit, account_id, claim, said, &proof),
            None => change(unit, customer, claim, said, &proof),
        },
    }
}

fn change(
    unit: &mut Unit<'_>,
    mut customer: Customer,
    claim: Claim,
    said: Said,
    proof: &Proof,
) -> Outcome<Customer> {
    said.put(&mut customer, unit.now());
    keep(unit, customer, claim, proof)
}

/// What an unsigned claim may still change. Pages repeat on every load what they know, which is
/// no claim. Who was merged into another customer speaks for that one, but cannot rename them.
fn unsigned(claim: Claim, customer: &Customer, id: CustomerId) -> Outcome<Claim> {
    let claim = Claim {
        external_id: news(claim.external_id, customer.external_id.as_ref()),
        email: news(claim.email, customer.email.as_ref()),
        signature: None,
    };
    let names = matches!(claim.external_id, Field::Set(_)) || matches!(claim.email, Field::Set(_));
    if customer.verified && names {
        return Err(Failure::Unsigned);
    }
    if customer.verified || customer.id != id {
        return Ok(Claim::default());
    }
    Ok(claim)
}

fn news(field: Field<String>, kept: Option<&String>) -> Field<String> {
    match field {
        Field::Set(text) if Some(&text) == kept => Field::Keep,
        other => other,
    }
}

/// The account of the customer with this id.
pub(crate) fn account_of(conn: &mut dyn frontdesk_db::Conn, id: CustomerId) -> Outcome<AccountId> {
    let found = frontdesk_db::queries::customers::anywhere(conn, id)?;
    Ok(found.ok_or(Refusal::NotFound)?.account_id)
}
