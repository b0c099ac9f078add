//! The same change to many conversations: what it is, what it does to one of them, and the runs that
//! do it to all, one after the other.

mod choose;
mod kept;
mod run;

pub(crate) use choose::{AT_ONCE, Which, choose};
pub(crate) use kept::Kept;
pub(crate) use run::{cancel, load as load_run, settled, start, take_back, told};

use crate::failure::Outcome;
use crate::use_cases::edit::Changes;
use crate::use_cases::reply::{self, Seen};
use crate::use_cases::{archive, edit, label, load};
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::{
    Actor, BulkOutcome, Conversation, ConversationId, MessageId, Refusal, TagId,
};

/// What to do with each conversation.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) changes: Changes,
    pub(crate) add_tags: Vec<TagId>,
    pub(crate) remove_tags: Vec<TagId>,
    pub(crate) archive: bool,
    pub(crate) note: Option<String>,
    /// An answer to every customer; it goes where nobody wrote since it was written.
    pub(crate) reply: Option<String>,
    pub(crate) seen: Seen,
}

/// What was made of a conversation, with the way back.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) outcome: BulkOutcome,
    pub(crate) kept: Kept,
}

/// Does it to one conversation. Words go first: whoever is refused by the guard changes nothing.
///
/// Run in a unit of its own, since a refusal may come when part of it is done.
pub(crate) fn change(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    wish: &Wish,
) -> Outcome<Made> {
    let before = load::conversation(unit.conn(), actor, id)?;
    if let Some(text) = &wish.reply {
        let written = Written::text(MessageId::random(), text);
        reply::reply(unit, actor, id, written, wish.seen)?;
    }
    if let Some(text) = &wish.note {
        let written = Written::text(MessageId::random(), text);
        reply::note(unit, actor, id, written)?;
    }
    // Tags next: the edit may take the conversation out of the actor's view.
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for tag in &wish.add_tags {
        if label::tag(unit, actor, id, *tag)? {
            added.push(*tag);
        }
    }
    for tag in &wish.remove_tags {
        if label::untag(unit, actor, id, *tag)? {
            removed.push(*tag);
        }
    }
    let mut after = edit::edit(unit, actor, id, wish.changes.clone())?;
    if wish.archive {
        let gone = Refusal::Conflict("it left your view before it was archived");
        after = archive::archive(unit, actor, id).map_err(|failure| failure.refused_as(gone))?;
    }
    let touched = after.version != before.version || !added.is_empty() || !removed.is_empty();
    Ok(Made {
        outcome: outcome(touched),
        kept: Kept::new(&before, &after, added, removed),
    })
}

/// Takes back what was made of one conversation, as far as nobody changed the same since.
pub(crate) fn put_back(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    kept: &Kept,
) -> Outcome<BulkOutcome> {
    let now = unit.now();
    let held = standing(unit, actor, id)?;
    let (was, made) = kept.standings();
    let decision = decide::put_back(&held, actor, &was, &made, now)?;
    let mut touched = !decision.is_empty();
    write::apply(unit, actor, decision)?;
    let held = standing(unit, actor, id)?;
    let tags = queries::conversations::tags(unit.conn(), id)?;
    for tag in kept.added() {
        let decision = decide::untag(&held, &tags, actor, *tag)?;
        touched |= !decision.is_empty();
        write::apply(unit, actor, decision)?;
    }
    for tag in kept.removed() {
        if queries::tags::by_id(unit.conn(), actor.account_id, *tag)?.is_some() {
            let decision = decide::tag(&held, &tags, actor, *tag)?;
            touched |= !decision.is_empty();
            write::apply(unit, actor, decision)?;
        }
    }
    Ok(outcome(touched))
}

/// Whether the actor may see it is asked by the decision, which knows where it goes back to.
fn standing(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId) -> Outcome<Conversation> {
    let found = queries::conversations::by_id(unit.conn(), actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

fn outcome(touched: bool) -> BulkOutcome {
    if touched {
        BulkOutcome::Done
    } else {
        BulkOutcome::Skipped
    }
}
