//! Drafts: proposed by a program, decided by a person. Nothing stale and nothing unseen leaves.

use crate::failure::Outcome;
use crate::use_cases::{load, reply};
use frontdesk_ai::edit;
use frontdesk_db::queries::messages::{self, MessageView};
use frontdesk_db::{Unit, queries};
use frontdesk_domain::decide::Written;
use frontdesk_domain::draft::Draft;
use frontdesk_domain::json::Json;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{
    Actor, ConversationId, DraftId, DraftState, EventDraft, EventKind, EventSeq, FileId, MessageId,
    Refusal, UserId,
};

/// What a program proposes.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) conversation_id: ConversationId,
    pub(crate) body: String,
    /// The newest event the program took into account; what is new since makes the draft stale.
    pub(crate) based_on_seq: Option<EventSeq>,
    pub(crate) origin: String,
    pub(crate) sources: Option<Json>,
}

/// Whether to send what has become stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Approval {
    Fresh,
    Forced,
}

/// Whether a text that is for the company only may go to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// Only what is public.
    Public,
    /// An agent has seen that it is internal, and said yes.
    Internal,
}

/// Keeps a proposal, ready to be decided.
pub(crate) fn propose(unit: &mut Unit<'_>, actor: &Actor, new: Proposal) -> Outcome<Draft> {
    policy::allows(actor, Permission::WorkConversations)?;
    let held = load::conversation(unit.conn(), actor, new.conversation_id)?;
    let seq = new.based_on_seq.unwrap_or(held.last_message_seq);
    let draft = Draft {
        state: DraftState::Ready,
        made: Some(new.body.clone()),
        body: Some(new.body),
        origin: new.origin,
        sources: new.sources,
        ..Draft::to_make(actor.account_id, held.id, seq, unit.now())
    };
    queries::drafts::insert(unit, &draft)?;
    told(unit, actor, &draft)?;
    Ok(draft)
}

/// Changes the text of a draft that nobody has decided about.
pub(crate) fn edit(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: DraftId,
    version: i64,
    body: String,
) -> Outcome<Draft> {
    let mut draft = undecided(unit, actor, id, version)?;
    draft.body = Some(body);
    draft.state = DraftState::Edited;
    save(unit, actor, draft)
}

/// Throws a draft away, and says why.
pub(crate) fn reject(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: DraftId,
    version: i64,
    reason: Option<String>,
) -> Outcome<Draft> {
    let mut draft = undecided(unit, actor, id, version)?;
    draft.state = DraftState::Rejected;
    draft.reason = reason;
    draft.decided_by = actor.user_id();
    save(unit, actor, draft)
}

/// Sends a draft as the approver's reply, unless something was written that it does not know.
pub(crate) fn approve(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: DraftId,
    version: i64,
    approval: Approval,
    quoting: Quoting,
    files: Vec<FileId>,
) -> Outcome<(Draft, MessageView)> {
    let mut draft = undecided(unit, actor, id, version)?;
    if quoting == Quoting::Public && rests_on_internal(&draft) {
        let why = "The draft rests on a text that is for the company only. Approve it with internal_ok to send it.";
        return Err(Refusal::Conflict(why).into());
    }
    // A draft is nobody's own words, so anything said since makes it stale, the approver's too.
    let newer = messages::newer(
        unit.conn(),
        draft.conversation_id,
        draft.based_on_seq,
        UserId(0),
    )?;
    if approval == Approval::Fresh && !newer.is_empty() {
        let held = load::conversation(unit.conn(), actor, draft.conversation_id)?;
        return Err(Refusal::Stale {
            newest: held.last_message_seq,
            newer,
        }
        .into());
    }
    let written = Written {
        attachments: files,
        ..Written::text(MessageId::random(), draft.body.clone().unwrap_or_default())
    };
    let seen = match approval {
        Approval::Fresh => reply::Seen::Unknown,
        Approval::Forced => reply::Seen::ForcedAt(draft.based_on_seq),
    };
    let message_id = reply::reply(unit, actor, draft.conversation_id, written, seen)?;
    let view = load::message(unit.conn(), actor, message_id)?;
    draft.state = DraftState::Approved;
    draft.decided_by = actor.user_id();
    draft.message_id = Some(view.message.id);
    compare(&mut draft);
    Ok((save(unit, actor, draft)?, view))
}

/// Notes how much of what was made is sent.
fn compare(draft: &mut Draft) {
    let (Some(made), Some(sent)) = (&draft.made, &draft.body) else {
        return;
    };
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    draft.kept = Some(count(edit::kept(made, sent)));
    let mean = usize::midpoint(edit::length(made), edit::length(sent));
    draft.compared = Some(count(mean));
}

/// Whether one of the draft's sources is for the company only.
fn rests_on_internal(draft: &Draft) -> bool {
    let sources = draft.sources.as_ref();
    let sources: serde_json::Value = sources
        .and_then(|it| serde_json::from_str(&it.0).ok())
        .unwrap_or_default();
    let mut each = sources.as_array().into_iter().flatten();
    each.any(|it| it["internal"] == true)
}

/// A draft that can still be decided about, in the version the caller knows.
fn undecided(unit: &mut Unit<'_>, actor: &Actor, id: DraftId, version: i64) -> Outcome<Draft> {
    policy::allows(actor, Permission::WorkConversations)?;
    let found = queries::drafts::by_id(unit.conn(), actor.account_id, id)?;
    let draft = found.ok_or(Refusal::NotFound)?;
    load::conversation(unit.conn(), actor, draft.conversation_id)?;
    match draft.state {
        DraftState::Ready | DraftState::Edited | DraftState::Stale => {}
        DraftState::Approved | DraftState::Rejected => {
            return Err(Refusal::AlreadyDone {
                by: draft.decided_by,
            }
            .into());
        }
        DraftState::Generating | DraftState::Failed => {
            return Err(Refusal::Conflict("There is no text to decide about.").into());
        }
    }
    if draft.version != version {
        return Err(Refusal::Conflict("The draft was changed meanwhile. Read it again.").into());
    }
    Ok(draft)
}

/// Keeps a changed draft, unless somebody changed it meanwhile.
pub(crate) fn save(unit: &mut Unit<'_>, actor: &Actor, mut draft: Draft) -> Outcome<Draft> {
    draft.updated_at = unit.now();
    if !queries::drafts::update(unit, &draft)? {
        return Err(Refusal::Conflict("The draft was changed meanwhile. Read it again.").into());
    }
    draft.version += 1;
    told(unit, actor, &draft)?;
    Ok(draft)
}

/// Tells everybody of a draft.
pub(crate) fn told(unit: &mut Unit<'_>, actor: &Actor, draft: &Draft) -> Outcome<()> {
    let event = EventDraft::within(EventKind::DraftUpdated, draft.conversation_id, draft.id.0);
    queries::events::emit(unit, actor.account_id, actor.user_id(), event)?;
    Ok(())
}
