//! AI drafts: approving, editing, going to the next one. Rejecting asks for a reason first, and
//! is where the other questions are.

use super::{Effects, assist, compose, goto, list, picker, review, send, thread, writing};
use crate::model::Model;
use crate::model::composer::{Composer, Writing};
use crate::model::layer::{Confirm, Layer, Then};
use crate::msg::{Level, Origin, Typed, WrittenKind};
use crate::sources;
use crate::view::thread::stale;
use frontdesk_inbox::{Command, DraftMark, Guard, Quoting};
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::{ConversationId, DraftId};
use frontdesk_protocol::kind::DraftState;

/// Approves the draft as it stands, and sends it after the hold. Where it rests on a text for the
/// company only, the agent is asked first.
pub(super) fn approve(model: &mut Model) -> Effects {
    let Some((id, draft)) = current(model) else {
        return Vec::new();
    };
    if let Some(why) = reason_against(model, id, &draft) {
        model.toasts.say(Level::Bad, why, model.now);
        return Vec::new();
    }
    let warnings = sources::warnings(&draft, model.glyphs);
    if warnings.is_empty() {
        return approved(model, id, &draft, Quoting::Public);
    }
    model.layers.push(Layer::Confirm(Confirm {
        question: "Send this draft?".to_owned(),
        warnings,
        yes: "send",
        then: Then::Approve(id, draft.id, draft.version),
    }));
    Vec::new()
}

/// The agent knows that the draft rests on a text for the company only. It must still be the one
/// that was asked about, and nothing may have been said since.
pub(super) fn confirmed(
    model: &mut Model,
    id: ConversationId,
    draft: DraftId,
    version: i64,
) -> Effects {
    let there = model.threads.get(id).and_then(|it| it.draft.clone());
    let Some(there) = there.filter(|it| it.id == draft && it.version == version) else {
        let words = "The draft was changed meanwhile. Look at it again.";
        model.toasts.say(Level::Bad, words, model.now);
        return Vec::new();
    };
    if let Some(why) = reason_against(model, id, &there) {
        model.toasts.say(Level::Bad, why, model.now);
        return Vec::new();
    }
    approved(model, id, &there, Quoting::Internal)
}

fn approved(model: &mut Model, id: ConversationId, draft: &Draft, quoting: Quoting) -> Effects {
    let command = Command::ApproveDraft {
        draft: draft.id,
        version: draft.version,
        edited: None,
        // The draft took everything up to here into account, and nothing was said since.
        guard: Guard::Seen(draft.based_on_seq),
        quoting,
    };
    send::to_customer(model, id, command, Vec::new())
}

/// Why the draft cannot go out as it is, and what to do instead.
fn reason_against(model: &Model, id: ConversationId, draft: &Draft) -> Option<String> {
    let thread = model.threads.get(id)?;
    let edit = crate::view::thread::key(model, crate::action::Action::EditDraft);
    let edit = edit.map_or_else(String::new, |key| format!(" {key} edits it."));
    if let Some(why) = stale(thread, draft) {
        return Some(format!("The draft is stale: {why}.{edit}"));
    }
    match draft.state {
        DraftState::Ready | DraftState::Edited => None,
        DraftState::Generating => Some("The draft is still being written.".to_owned()),
        _ => Some("There is no draft to approve here.".to_owned()),
    }
}

/// The draft of the current conversation. Where its thread is not here yet, it is fetched first:
/// nothing is approved that is not on the screen.
fn current(model: &mut Model) -> Option<(ConversationId, Draft)> {
    if model.targets().len() > 1 {
        let words = "Drafts are decided one by one, and several conversations are selected.";
        model.toasts.say(Level::Plain, words, model.now);
        return None;
    }
    let id = model.current()?;
    let Some(thread) = model.threads.get(id) else {
        let words = "The conversation is being fetched. Press the key again to approve.";
        model.toasts.say(Level::Plain, words, model.now);
        return None;
    };
    let draft = thread.draft.clone();
    if draft.is_none() {
        let words = "There is no draft here.";
        model.toasts.say(Level::Plain, words, model.now);
    }
    draft.map(|draft| (id, draft))
}

/// Takes the draft into the composer, to be changed and sent as the agent's own.
pub(super) fn edit(model: &mut Model) -> Effects {
    if let Some(id) = model.current().filter(|id| writing::goes_on(model, *id)) {
        return if is_begun(model, id) {
            begun_first(model)
        } else {
            writing::edit(model, id)
        };
    }
    let Some((id, draft)) = current(model) else {
        return Vec::new();
    };
    let Some(body) = draft.body.as_deref().filter(|it| !it.trim().is_empty()) else {
        let words = "There is no draft to edit here.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    };
    if is_begun(model, id) {
        return begun_first(model);
    }
    let mut effects = compose::enter(model, id);
    let typed = Typed {
        conversation_id: id,
        kind: WrittenKind::Reply,
        text: crate::text_safe::block(body).into_owned(),
        seen: None,
        origin: Origin::Draft {
            id: draft.id,
            version: draft.version,
        },
        files: Vec::new(),
    };
    let mut composer = Composer::new(&typed, compose::seen(model, id));
    composer.focus = Writing::Now;
    model.composer = Some(composer);
    effects.extend(thread::to_end(model));
    effects
}

/// Asks why the draft is not used. One that is still being written is stopped.
pub(super) fn reject(model: &mut Model) -> Effects {
    let is_written = model
        .current()
        .is_some_and(|id| writing::goes_on(model, id));
    if is_written {
        return assist::stop(model);
    }
    picker::reject_draft(model)
}

/// Whether the agent has begun a reply there.
fn is_begun(model: &Model, id: ConversationId) -> bool {
    let is_writing = |it: &&Composer| it.conversation_id == id && !it.is_blank();
    model.composer.as_ref().filter(is_writing).is_some()
        || model.aside.get(id, WrittenKind::Reply).is_some()
}

fn begun_first(model: &mut Model) -> Effects {
    let words = "You have begun a text here. Send it or throw it away first.";
    model.toasts.say(Level::Bad, words, model.now);
    compose::reply(model)
}

/// Goes to the next conversation in the list whose draft is ready.
pub(super) fn next(model: &mut Model) -> Effects {
    if model.review.is_some() {
        return review::skip(model);
    }
    let rows = &model.list.rows;
    let at = model.list.at().unwrap_or(0);
    let is_ready = |place: &usize| rows[*place].draft == DraftMark::Ready;
    let below = (at + 1..rows.len()).find(is_ready);
    let place = below.or_else(|| (0..at.min(rows.len())).find(is_ready));
    let Some(place) = place else {
        let words = "No other draft is ready in this view.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    };
    let was_open = model.open.take().is_some();
    let mut effects = list::select_at(model, place);
    if was_open {
        effects.extend(goto::open(model));
    }
    effects
}

#[cfg(test)]
mod tests;
