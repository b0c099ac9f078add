//! Keeps what was made, with its line in the ledger, unless somebody wrote meanwhile.

use super::look::Wanted;
use super::{Left, Made};
use crate::failure::Outcome;
use crate::use_cases::{ai as cases, draft};
use frontdesk_db::Unit;
use frontdesk_db::queries::{ai_runs, conversations, drafts};
use frontdesk_domain::ai::{self, Run};
use frontdesk_domain::draft::Draft;
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    Actor, AiOutcome, AiRunId, DraftId, DraftState, EventSeq, Refusal, Timestamp,
};
use frontdesk_protocol::entity::DraftSource;

/// A try: what was made, when, and how long it took.
pub(super) struct Tried {
    pub(super) made: Made,
    pub(super) began_at: Timestamp,
    pub(super) took_ms: i64,
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
            draft.sources = Some(json(sources)?);
            (AiOutcome::Ready, None)
        }
        Made::Nothing { why } => {
            draft.state = DraftState::Failed;
            draft.reason = Some(why.clone());
            (AiOutcome::Nothing, Some(why.clone()))
        }
    };
    let id = write(unit, wanted, draft)?;
    ai_runs::insert(unit, &line(wanted, tried, id, outcome))?;
    Ok(Left::Nothing)
}

/// The draft that gets the text: the one that was asked for, unless it is gone or decided, or a new
/// one.
fn place(unit: &mut Unit<'_>, wanted: &Wanted) -> Outcome<Option<Draft>> {
    let (held, now) = (&wanted.conversation, unit.now());
    if let Some(id) = wanted.make.into {
        let found = drafts::by_id(unit.conn(), held.account_id, id)?;
        let waits = found.filter(|it| it.state == DraftState::Generating);
        return Ok(waits.map(|it| Draft {
            based_on_seq: wanted.make.seq,
            ..it
        }));
    }
    Ok(Some(Draft {
        id: DraftId::random(),
        account_id: held.account_id,
        conversation_id: held.id,
        state: DraftState::Generating,
        body: None,
        based_on_seq: wanted.make.seq,
        origin: ai::BUILT_IN.to_owned(),
        sources: None,
        reason: None,
        decided_by: None,
        message_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }))
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

fn line(
    wanted: &Wanted,
    tried: &Tried,
    draft_id: Option<DraftId>,
    (outcome, reason): (AiOutcome, Option<String>),
) -> Run {
    let held = &wanted.conversation;
    let sources = match &tried.made {
        Made::Text { sources, .. } => Some(ids(sources)),
        Made::Nothing { .. } => None,
    };
    Run {
        id: AiRunId::random(),
        account_id: held.account_id,
        inbox_id: held.inbox_id,
        conversation_id: held.id,
        draft_id,
        model: ai::BUILT_IN.to_owned(),
        prompt_hash: None,
        sources,
        tokens_in: 0,
        tokens_out: 0,
        cost: 0,
        outcome,
        reason,
        began_at: tried.began_at,
        took_ms: tried.took_ms,
    }
}

fn json(sources: &[DraftSource]) -> Outcome<Json> {
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
