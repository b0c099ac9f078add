//! Tags on customers, and the issues they wait for.

use super::tell;
use crate::failure::Outcome;
use crate::use_cases::{load, nouns};
use frontdesk_db::Unit;
use frontdesk_db::queries::{issues, tags};
use frontdesk_domain::issue::Issue;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{Actor, CustomerId, EventKind, IssueId, Refusal, TagId};

/// Puts a tag of the account on a customer; again is the same.
pub(crate) fn tag(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    tag_id: TagId,
) -> Outcome<()> {
    reach(unit, actor, id)?;
    let account_id = actor.account_id;
    let known = tags::by_id(unit.conn(), account_id, tag_id)?;
    known.ok_or(Refusal::missing("tag_id"))?;
    let before = tags::of_customer(unit.conn(), account_id, id)?;
    if before.iter().any(|tag| tag.id == tag_id) {
        return Ok(());
    }
    tags::attach_to_customer(unit, account_id, id, tag_id)?;
    Ok(tell(unit, actor, EventKind::CustomerUpdated, id)?)
}

/// Takes a tag off a customer; again is the same.
pub(crate) fn untag(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    tag_id: TagId,
) -> Outcome<()> {
    reach(unit, actor, id)?;
    nouns::load::<Tag>(unit.conn(), actor, tag_id)?;
    let gone = tags::detach_from_customer(unit, actor.account_id, id, tag_id)?;
    if gone > 0 {
        tell(unit, actor, EventKind::CustomerUpdated, id)?;
    }
    Ok(())
}

/// Notes that a customer waits for an issue of the account; gives the issue unless that was
/// known.
pub(crate) fn attach_issue(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    issue_id: IssueId,
) -> Outcome<Option<Issue>> {
    reach(unit, actor, id)?;
    let account_id = actor.account_id;
    let known = issues::by_id(unit.conn(), account_id, issue_id)?;
    let issue = known.ok_or(Refusal::missing("issue_id"))?;
    let before = issues::of_customer(unit.conn(), account_id, id)?;
    if before.iter().any(|issue| issue.id == issue_id) {
        return Ok(None);
    }
    issues::attach_to_customer(unit, account_id, id, issue_id)?;
    tell(unit, actor, EventKind::CustomerUpdated, id)?;
    Ok(Some(issue))
}

/// Notes that a customer no longer waits for an issue.
pub(crate) fn detach_issue(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: CustomerId,
    issue_id: IssueId,
) -> Outcome<()> {
    reach(unit, actor, id)?;
    nouns::load::<Issue>(unit.conn(), actor, issue_id)?;
    let gone = issues::detach_from_customer(unit, actor.account_id, id, issue_id)?;
    if gone > 0 {
        tell(unit, actor, EventKind::CustomerUpdated, id)?;
    }
    Ok(())
}

fn reach(unit: &mut Unit<'_>, actor: &Actor, id: CustomerId) -> Outcome<()> {
    allows(actor, Permission::WorkConversations)?;
    load::customer(unit.conn(), actor, id).map(|_| ())
}
