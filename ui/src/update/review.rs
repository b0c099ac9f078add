//! One draft after the other, over all inboxes: each is opened, and once it is decided or passed
//! over the next one comes by itself.

use super::{Effects, goto, list, select};
use crate::model::review::Review;
use crate::model::{Model, Pane};
use crate::msg::Level;
use frontdesk_inbox::{Command, DraftMark, OutState, Queued, Row, View};
use frontdesk_protocol::id::ConversationId;
use std::collections::HashSet;

/// Begins a sitting: over those that are selected, or over all.
pub(super) fn begin(model: &mut Model) -> Effects {
    let only = match model.pane {
        Pane::List => model.list.marked.iter().copied().collect(),
        Pane::Thread | Pane::Context => HashSet::new(),
    };
    select::clear(model);
    model.review = Some(Review {
        only,
        ..Review::default()
    });
    if model.list.view == View::Drafts {
        return goto::leave_thread(model);
    }
    goto::view(model, View::Drafts)
}

/// Passes the one over that is open.
pub(super) fn skip(model: &mut Model) -> Effects {
    let open = model.open;
    if let (Some(review), Some(id)) = (&mut model.review, open) {
        review.skipped.insert(id);
    }
    goto::leave_thread(model)
}

/// Ends the sitting.
pub(super) fn end(model: &mut Model) {
    let Some(review) = model.review.take() else {
        return;
    };
    let decided = match review.decided {
        0 if !review.only.is_empty() && review.skipped.is_empty() => {
            "None of the selected has a draft to decide".to_owned()
        }
        1 => "1 draft decided".to_owned(),
        count => format!("{count} drafts decided"),
    };
    let words = match review.skipped.len() {
        0 => format!("{decided}."),
        passed => format!("{decided}, {passed} passed over."),
    };
    model.toasts.say(Level::Plain, words, model.now);
}

/// Goes on to the next draft when the one before has been decided. Looked at after everything
/// that happens: a decision can come from a key, a box or the composer.
pub(super) fn go_on(model: &mut Model) -> Effects {
    let is_busy = !model.layers.is_empty() || model.list.is_loading || model.composer.is_some();
    if model.review.is_none() || is_busy {
        return Vec::new();
    }
    if model.list.view != View::Drafts {
        end(model);
        return Vec::new();
    }
    let mut effects = Vec::new();
    if let Some(id) = model.open {
        if !follows(model, id) {
            end(model);
            return Vec::new();
        }
        if !is_decided(model, id) {
            return Vec::new();
        }
        count(model, id);
        effects.extend(goto::leave_thread(model));
    }
    match next(model) {
        Some(place) => {
            effects.extend(list::select_at(model, place));
            effects.extend(goto::open(model));
            let open = model.open;
            if let Some(review) = &mut model.review {
                review.at = open;
            }
        }
        None => end(model),
    }
    effects
}

/// Whether the conversation that is open belongs to the sitting. One of its list that was opened
/// otherwise, to take words back, is the one that is looked at now.
fn follows(model: &mut Model, id: ConversationId) -> bool {
    let is_listed = model.list.find(id).is_some();
    let Some(review) = &mut model.review else {
        return false;
    };
    if is_listed {
        review.at = Some(id);
    }
    review.at == Some(id)
}

fn count(model: &mut Model, id: ConversationId) {
    if let Some(review) = model.review.as_mut().filter(|it| it.at == Some(id)) {
        review.decided += 1;
        review.at = None;
    }
}

/// Whether a decision about its draft is on its way.
fn is_decided(model: &Model, id: ConversationId) -> bool {
    let is_decision = |it: &&Queued| {
        let is_about = matches!(
            it.command,
            Command::ApproveDraft { .. } | Command::RejectDraft { .. }
        );
        let is_on_its_way = !matches!(it.state, OutState::Failed { .. } | OutState::Held { .. });
        it.conversation_id == id && is_about && is_on_its_way
    };
    let is_ready = |row: &Row| row.draft == DraftMark::Ready;
    let row = model.list.find(id);
    model.outbox.iter().any(|it| is_decision(&it)) || !row.is_some_and(is_ready)
}

/// The next that waits: below the cursor, or else from the top.
fn next(model: &Model) -> Option<usize> {
    let rows = &model.list.rows;
    let review = model.review.as_ref()?;
    let waits = |place: &usize| {
        let row = &rows[*place];
        let id = row.id();
        review.has(id)
            && row.draft == DraftMark::Ready
            && !review.skipped.contains(&id)
            && !is_decided(model, id)
    };
    let at = model.list.at().unwrap_or(0);
    (at..rows.len()).find(waits).or_else(|| (0..at).find(waits))
}

#[cfg(test)]
mod tests;
