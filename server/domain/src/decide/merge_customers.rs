//! Two customers turn out to be one person.

use crate::change::{AuditEntry, Merge, Merged};
use crate::policy::{self, Permission};
use crate::{
    Actor, Change, ConversationId, Customer, CustomerId, Decision, EventDraft, EventKind, MergeId,
    Refusal, Timestamp,
};

/// Whom to merge into whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeCustomers<'a> {
    pub id: MergeId,
    /// The one that goes away.
    pub from: &'a Customer,
    /// The conversations of the one that goes away.
    pub from_conversations: &'a [ConversationId],
    /// The one that stays.
    pub into: &'a Customer,
    pub consent: Consent,
}

/// Whether whoever asks for a merge knows that proofs are in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Merge where nobody has proven who they are.
    Ordinary,
    /// Merge also one whose identity a signature has proven.
    AcrossProof,
}

/// Moves all that belongs to one customer to another, who gets the fields that were empty.
///
/// # Errors
/// [`Refusal::Conflict`] where one was merged before or where a proven identity is merged
/// without saying so, [`Refusal::Invalid`] for a customer and itself.
pub fn merge_customers(
    actor: &Actor,
    command: &MergeCustomers<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (from, into) = (command.from, command.into);
    reach(actor, from)?;
    reach(actor, into)?;
    if from.id == into.id {
        return Err(Refusal::invalid("into_id"));
    }
    if from.merged_into.is_some() || into.merged_into.is_some() {
        return Err(Refusal::Conflict("the customer was merged into another"));
    }
    if command.consent == Consent::Ordinary && (from.verified || into.verified) {
        return Err(Refusal::Conflict(
            "a customer with a proven identity is merged only on purpose",
        ));
    }
    Ok(carry_out(actor, command, now))
}

fn carry_out(actor: &Actor, command: &MergeCustomers<'_>, now: Timestamp) -> Decision {
    let (from, into) = (command.from, command.into);
    let gone = Customer {
        merged_into: Some(into.id),
        ..from.clone()
    };
    let decision = Decision::nothing()
        .change(Change::RecordMerge(Box::new(Merge {
            id: command.id,
            what: Merged::Customers {
                from: Box::new(from.clone()),
                into: Box::new(into.clone()),
            },
            undone_at: None,
            created_at: now,
        })))
        .change(write(into, joined(from, into), now))
        .change(Change::MoveCustomer {
            merge_id: command.id,
            from: from.id,
            to: into.id,
        })
        .change(write(from, gone, now))
        .change(audit(actor, "customers.merged", from.id, into.id));
    tell(decision, into.id, command.from_conversations, from.id)
}

/// The actor may merge, and the customer exists for it.
pub(super) fn reach(actor: &Actor, customer: &Customer) -> Result<(), Refusal> {
    if customer.account_id != actor.account_id {
        return Err(Refusal::NotFound);
    }
    policy::allows(actor, Permission::Merge)
}

/// The customer who stays, as the merge makes them. A proof is of one person and is not handed
/// on.
pub(super) fn joined(from: &Customer, into: &Customer) -> Customer {
    fn or<T: Clone>(into: &Option<T>, from: &Option<T>) -> Option<T> {
        into.clone().or_else(|| from.clone())
    }
    Customer {
        name: or(&into.name, &from.name),
        email: or(&into.email, &from.email),
        phone: or(&into.phone, &from.phone),
        external_id: or(&into.external_id, &from.external_id),
        profile_photo_url: or(&into.profile_photo_url, &from.profile_photo_url),
        company_id: or(&into.company_id, &from.company_id),
        time_zone: or(&into.time_zone, &from.time_zone),
        metadata: or(&into.metadata, &from.metadata),
        first_seen: into.first_seen.min(from.first_seen),
        last_seen_at: into.last_seen_at.max(from.last_seen_at),
        ..into.clone()
    }
}

/// The write of a customer, with the row's own counters moved on.
pub(super) fn write(before: &Customer, mut after: Customer, now: Timestamp) -> Change {
    after.version = before.version + 1;
    after.updated_at = now;
    Change::UpdateCustomer {
        before: Box::new(before.clone()),
        after: Box::new(after),
    }
}

/// Tells of both customers and of the conversations that went from one to the other: first of
/// the one who has them now.
pub(super) fn tell(
    decision: Decision,
    owner: CustomerId,
    moved: &[ConversationId],
    former: CustomerId,
) -> Decision {
    let about = |id: CustomerId| EventDraft::about(EventKind::CustomerUpdated, id.0);
    let decision = decision.event(about(owner));
    let decision = moved.iter().fold(decision, |decision, id| {
        decision.event(EventDraft::conversation(
            EventKind::ConversationUpdated,
            *id,
        ))
    });
    decision.event(about(former))
}

/// The entry of the audit log for a merge or its undoing.
pub(super) fn audit(actor: &Actor, action: &str, from: CustomerId, into: CustomerId) -> Change {
    Change::Audit(Box::new(AuditEntry {
        user_id: actor.user_id(),
        action: action.to_owned(),
        subject: format!("customer:{into}"),
        detail: Some(format!("customer:{from}")),
        ..AuditEntry::default()
    }))
}
