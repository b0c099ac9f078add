//! Keeps what was made, with its line in the ledger, unless somebody wrote meanwhile.

use super::look::Wanted;
use super::model::{NoText, Passing};
use super::{Left, Made};
use crate::failure::Outcome;
use crate::use_cases::{ai as cases, draft};
use frontdesk_db::Unit;
use frontdesk_db::queries::{ai_runs, conversations, drafts};
use frontdesk_domain::ai::{self, Run};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    Actor, AiOutcome, AiRunId, AiTask, DraftId, DraftState, EventSeq, Refusal, Timestamp,
};
use frontdesk_protocol::entity::DraftSource;

/// A try: what was made, by what, when, and how long it took.
pub(super) struct Tried {
    pub(super) made: Made,
    pub(super) model: String,
    pub(super) prompt_hash: Option<String>,
    pub(super) tokens_in: i64,
    pub(super) tokens_out: i64,
    /// In millionths of the currency of the prices.
    pub(super) cost: i64,
    pub(super) began_at: Timestamp,
    pub(super) took_ms: i64,
}

impl Tried {
    /// Whether nobody was asked because the model's service is down.
    pub(super) fn waits(&self) -> bool {
        matches!(
            &self.made,
            Made::Failed(NoText {
                passing: Passing::Down,
                ..
            })
        )
    }

    /// A try for which nobody was asked.
    pub(super) fn alone(model: &str, made: Made) -> Self {
        Self {
            made,
            model: model.to_owned(),
            prompt_hash: None,
            tokens_in: 0,
            tokens_out: 0,
            cost: 0,
            began_at: Timestamp(0),
            took_ms: 0,
        }
    }
}

/// Keeps what came of a try.
pub(super) fn keep(unit: &mut Unit<'_>, wanted: &Wanted, tried: &Tried) -> Outcome<Left> {
    let held = &wanted.conversation;
    if conversations::by_id(unit.conn(), held.account_id, held.id)?.is_none() {
        return Ok(Left::Nothing);
    }
    let thread = cases::thread(unit.conn(), held.id)?;
    let newest = ai::newest(&thread).map_or(EventSeq(0), |it| it.seq);
    if newest > wanted.make.seq {
        let reason = Some("Somebody wrote meanwhile.".to_owned());
        let run = line(wanted, tried, None, (AiOutcome::Outdated, reason));
        ai_runs::insert(unit, &run)?;
        return Ok(Left::Again);
    }
    let Some(mut draft) = place(unit, wanted)? else {
        return Ok(Left::Nothing);
    };
    let outcome = match &tried.made {
        Made::Text { body, sources } => {
            draft.state = DraftState::Ready;
            draft.body = Some(body.clone());
            draft.made = Some(body.clone());
            draft.sources = Some(json(sources)?);
            (AiOutcome::Ready, None)
        }
        Made::Nothing { why } => {
            draft.state = DraftState::Failed;
            draft.reason = Some(why.clone());
            (AiOutcome::Nothing, Some(why.clone()))
        }
        Made::Failed(NoText { why, .. }) => {
            draft.state = DraftState::Failed;
            draft.reason = Some(why.clone());
            (AiOutcome::Failed, Some(why.clone()))
        }
    };
    draft.origin.clone_from(&tried.model);
    let is_ready = draft.state == DraftState::Ready;
    let id = write(unit, wanted, draft)?;
    if let (true, Some(id)) = (is_ready, wanted.make.into.and(id)) {
        replace(unit, wanted, id)?;
    }
    ai_runs::insert(unit, &line(wanted, tried, id, outcome))?;
    Ok(left(wanted, &tried.made))
}

/// Whoever asked for a draft has heard why there is none; what nobody asked for is tried again.
fn left(wanted: &Wanted, made: &Made) -> Left {
    match made {
        Made::Failed(NoText {
            why,
            passing: Passing::Yes,
            ..
        }) if wanted.make.into.is_none() => Left::Later { why: why.clone() },
        Made::Text { .. } | Made::Nothing { .. } | Made::Failed(_) => Left::Nothing,
    }
}

/// The draft that gets the text: the one that was asked for, unless it is gone or decided, or a new
/// one.
fn place(unit: &mut Unit<'_>, wanted: &Wanted) -> Outcome<Option<Draft>> {
    let held = &wanted.conversation;
    if let Some(id) = wanted.make.into {
        let found = drafts::by_id(unit.conn(), held.account_id, id)?;
        let waits = found.filter(|it| it.state == DraftState::Generating);
        return Ok(waits.map(|it| Draft {
            based_on_seq: wanted.make.seq,
            ..it
        }));
    }
    let (account_id, id) = (held.account_id, held.id);
    let to_make = Draft::to_make(account_id, id, wanted.make.seq, unit.now());
    Ok(Some(to_make))
}

/// Writes the draft. What nobody asked for and has no text is not kept: the ledger says why.
fn write(unit: &mut Unit<'_>, wanted: &Wanted, draft: Draft) -> Outcome<Option<DraftId>> {
    let (id, actor) = (draft.id, Actor::system(draft.account_id));
    if wanted.make.into.is_some() {
        draft::save(unit, &actor, draft)?;
    } else if draft.state == DraftState::Ready {
        drafts::insert(unit, &draft)?;
        draft::told(unit, &actor, &draft)?;
    } else {
        return Ok(None);
    }
    Ok(Some(id))
}

/// A draft that was asked for takes the place of those that stood there.
fn replace(unit: &mut Unit<'_>, wanted: &Wanted, by: DraftId) -> Outcome<()> {
    let held = &wanted.conversation;
    let actor = Actor::system(held.account_id);
    for mut there in drafts::of_conversation(unit.conn(), held.account_id, held.id)? {
        let waits = there.is_open() || there.state == DraftState::Stale;
        if waits && there.id != by {
            there.state = DraftState::Rejected;
            there.reason = Some("Another one was asked for.".to_owned());
            draft::save(unit, &actor, there)?;
        }
    }
    Ok(())
}

/// A line of the ledger.
pub(super) fn line(
    wanted: &Wanted,
    tried: &Tried,
    draft_id: Option<DraftId>,
    (outcome, reason): (AiOutcome, Option<String>),
) -> Run {
    let held = &wanted.conversation;
    let sources = match &tried.made {
        Made::Text { sources, .. } => Some(ids(sources)),
        Made::Nothing { .. } | Made::Failed(_) => None,
    };
    Run {
        id: AiRunId::random(),
        account_id: held.account_id,
        inbox_id: held.inbox_id,
        conversation_id: Some(held.id),
        draft_id,
        task: AiTask::Draft,
        model: tried.model.clone(),
        prompt_hash: tried.prompt_hash.clone(),
        sources,
        tokens_in: tried.tokens_in,
        tokens_out: tried.tokens_out,
        cost: tried.cost,
        outcome,
        reason,
        began_at: tried.began_at,
        took_ms: tried.took_ms,
    }
}

pub(super) fn json(sources: &[DraftSource]) -> Outcome<Json> {
    let text = serde_json::to_string(sources).map_err(|_| Refusal::invalid("sources"))?;
    Ok(Json(text))
}

/// The sources without their words: the ledger outlives conversations that are erased.
fn ids(sources: &[DraftSource]) -> Json {
    let ids: Vec<serde_json::Value> = sources
        .iter()
        .map(|it| serde_json::json!({ "n": it.n, "kind": it.kind, "id": it.id }))
        .collect();
    Json(serde_json::Value::Array(ids).to_string())
}
