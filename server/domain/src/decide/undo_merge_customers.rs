//! One person turns out to be two customers.

use super::merge_customers::{audit, joined, reach, tell, write};
use super::three_way::settle;
use crate::change::{Merge, Merged};
use crate::{Actor, Change, ConversationId, Customer, Decision, MergeId, Refusal, Timestamp};

/// A merge of customers and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoMergeCustomers<'a> {
    pub merge: &'a Merge,
    /// The one that went away, as they are now.
    pub from: &'a Customer,
    /// The one that stayed, as they are now.
    pub into: &'a Customer,
    /// The conversations that the merge moved.
    pub moved: &'a [ConversationId],
    /// Merges of conversations, not undone, that joined a moved conversation with one that was
    /// not moved. They hold messages of both people.
    pub joined_since: &'a [MergeId],
}

/// Gives back what a merge moved. Fields that were filled by it are emptied again unless somebody
/// changed them since.
///
/// # Errors
/// [`Refusal::AlreadyDone`] for a merge that was undone, [`Refusal::Conflict`] when a later merge
/// stands in the way, [`Refusal::NotFound`] for what is no merge of these customers.
pub fn undo_merge_customers(
    actor: &Actor,
    command: &UndoMergeCustomers<'_>,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let (from, into) = (command.from, command.into);
    reach(actor, from)?;
    reach(actor, into)?;
    let Merged::Customers {
        from: from_was,
        into: into_was,
    } = &command.merge.what
    else {
        return Err(Refusal::NotFound);
    };
    if from_was.id != from.id || into_was.id != into.id {
        return Err(Refusal::NotFound);
    }
    if command.merge.undone_at.is_some() {
        return Err(Refusal::AlreadyDone { by: None });
    }
    if into.merged_into.is_some() || from.merged_into != Some(into.id) {
        return Err(Refusal::Conflict("a later merge must be undone first"));
    }
    if !command.joined_since.is_empty() {
        return Err(Refusal::Conflict(
            "conversations of both customers were merged since",
        ));
    }
    let left = let_go(into, from_was, into_was);
    let restored = Customer {
        merged_into: None,
        ..from.clone()
    };
    let decision = Decision::nothing()
        .change(write(from, restored, now))
        .change(Change::MoveCustomerBack {
            merge_id: command.merge.id,
            from: into.id,
            to: from.id,
        })
        .change(write(into, left, now))
        .change(Change::CloseMerge {
            id: command.merge.id,
            at: now,
        })
        .change(audit(actor, "customers.merge_undone", from.id, into.id));
    Ok(tell(decision, from.id, command.moved, into.id))
}

/// The customer who stayed.
fn let_go(is: &Customer, from_was: &Customer, was: &Customer) -> Customer {
    let made = joined(from_was, was);
    Customer {
        name: settle(&is.name, &made.name, &was.name),
        email: settle(&is.email, &made.email, &was.email),
        phone: settle(&is.phone, &made.phone, &was.phone),
        external_id: settle(&is.external_id, &made.external_id, &was.external_id),
        profile_photo_url: settle(
            &is.profile_photo_url,
            &made.profile_photo_url,
            &was.profile_photo_url,
        ),
        company_id: settle(&is.company_id, &made.company_id, &was.company_id),
        time_zone: settle(&is.time_zone, &made.time_zone, &was.time_zone),
        metadata: settle(&is.metadata, &made.metadata, &was.metadata),
        first_seen: settle(&is.first_seen, &made.first_seen, &was.first_seen),
        last_seen_at: settle(&is.last_seen_at, &made.last_seen_at, &was.last_seen_at),
        ..is.clone()
    }
}
