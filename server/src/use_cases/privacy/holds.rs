//! Legal holds: what they keep is not deleted, by nobody and by no rule.

use crate::failure::Outcome;
use crate::use_cases::record;
use frontdesk_db::Unit;
use frontdesk_db::queries::{conversations, customers, retention as rows};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::privacy::{Held, LegalHold};
use frontdesk_domain::{Actor, ConversationId, LegalHoldId, Refusal};

/// Why something stays.
pub(super) const HELD: &str = "A legal hold keeps it; release the hold first.";

/// The longest reason.
const LONGEST_REASON: usize = 500;

/// Puts a hold on a customer or a conversation.
///
/// # Errors
/// When the actor may not, there is no reason, or nothing to hold.
pub(crate) fn hold(
    unit: &mut Unit<'_>,
    actor: &Actor,
    held: Held,
    reason: &str,
) -> Outcome<LegalHold> {
    allows(actor, Permission::ManagePrivacy)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::Invalid {
            field: "reason",
            problem: "must say why, in at most 500 letters",
        }
        .into());
    }
    let account_id = actor.account_id;
    let is_there = match held {
        Held::Customer(id) => customers::by_id(unit.conn(), account_id, id)?.is_some(),
        Held::Conversation(id) => conversations::by_id(unit.conn(), account_id, id)?.is_some(),
    };
    if !is_there {
        return Err(Refusal::NotFound.into());
    }
    let hold = LegalHold {
        id: LegalHoldId::random(),
        account_id,
        held,
        reason: reason.to_owned(),
        user_id: actor.user_id(),
        created_at: unit.now(),
    };
    rows::insert_hold(unit, &hold)?;
    record::audited(unit, actor, "hold.placed", subject(held), None)?;
    Ok(hold)
}

/// Lifts a hold.
///
/// # Errors
/// When the actor may not, or there is no such hold.
pub(crate) fn release(unit: &mut Unit<'_>, actor: &Actor, id: LegalHoldId) -> Outcome<()> {
    allows(actor, Permission::ManagePrivacy)?;
    let holds = rows::holds(unit.conn(), actor.account_id)?;
    let hold = holds.into_iter().find(|hold| hold.id == id);
    let hold = hold.ok_or(Refusal::NotFound)?;
    rows::delete_hold(unit, actor.account_id, id)?;
    record::audited(unit, actor, "hold.released", subject(hold.held), None)?;
    Ok(())
}

fn subject(held: Held) -> String {
    match held {
        Held::Customer(id) => format!("customer:{id}"),
        Held::Conversation(id) => format!("conversation:{id}"),
    }
}

/// Refuses where a legal hold keeps a conversation.
pub(crate) fn refuse_held_conversation(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
) -> Outcome<()> {
    if rows::is_conversation_held(unit.conn(), actor.account_id, id)? {
        return Err(Refusal::Conflict(HELD).into());
    }
    Ok(())
}
