//! What agents do with customers: change them, label them, delete them.

mod change;
mod labels;

pub(crate) use change::{CustomerFields, Welcome, change};
pub(crate) use labels::{attach_issue, detach_issue, tag, untag};

use crate::failure::Outcome;
use crate::use_cases::{load, privacy, record};
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, CustomerId, EventDraft, EventKind, Refusal};

/// Deletes a customer with all conversations. Whoever does not see one of them must not delete
/// it with the customer.
pub(crate) fn remove(unit: &mut Unit<'_>, actor: &Actor, id: CustomerId) -> Outcome<()> {
    allows(actor, Permission::DeleteForGood)?;
    load::customer(unit.conn(), actor, id)?;
    let account_id = actor.account_id;
    let held = queries::conversations::of_customer(unit.conn(), account_id, id, i64::MAX)?;
    if !held.iter().all(|it| actor.sees(it)) {
        return Err(Refusal::Forbidden.into());
    }
    privacy::refuse_held(unit, actor, id)?;
    queries::customers::delete(unit, account_id, id)?;
    for gone in held {
        let draft = EventDraft::gone(&gone);
        queries::events::emit(unit, account_id, actor.user_id(), draft)?;
    }
    tell(unit, actor, EventKind::CustomerDeleted, id)?;
    Ok(record::audited(
        unit,
        actor,
        "customer.deleted",
        format!("customer:{id}"),
        None,
    )?)
}

fn tell(
    unit: &mut Unit<'_>,
    actor: &Actor,
    what: EventKind,
    id: CustomerId,
) -> Result<(), DbError> {
    let draft = EventDraft::about(what, id.0);
    queries::events::emit(unit, actor.account_id, actor.user_id(), draft).map(|_| ())
}
