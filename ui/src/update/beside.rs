//! Holding conversations beside each other, and going from one to the next.

use super::{Effects, goto, thread};
use crate::model::beside::{Holding, Tie};
use crate::model::thread::Scroll;
use crate::model::{Model, Pane};
use crate::msg::Level;
use frontdesk_protocol::id::ConversationId;

/// Whether conversations stand beside each other now.
pub(super) fn is_on(model: &Model) -> bool {
    model.focus_beside().is_some()
}

/// Holds what is selected. With the second one they stand beside each other, and no story is in
/// front of them any more.
pub(super) fn pin(model: &mut Model) -> Effects {
    model.story = None;
    let targets = model.targets();
    let mut full = false;
    let mut added = Vec::new();
    for id in &targets {
        match model.beside.hold(*id) {
            Holding::Held => added.push(*id),
            Holding::Already => {}
            Holding::Full => full = true,
        }
    }
    if full {
        let words = "Four conversations are held. Take one out first.";
        model.toasts.say(Level::Plain, words, model.now);
    }
    let held = model.beside.held().len();
    let last = added.last().or(targets.last()).copied();
    match (last, held) {
        (Some(id), 2..) if model.beside.place(id).is_some() => {
            model.list.marked.clear();
            model.list.everything = None;
            model.list.range_from = None;
            open(model, id)
        }
        (Some(_), 1) if added.is_empty() => {
            model.beside.let_go(&targets);
            say(model, "It is not held any more.")
        }
        (Some(_), 1) => say(model, "Held. The next one you hold stands beside it."),
        _ => Vec::new(),
    }
}

fn say(model: &mut Model, words: &str) -> Effects {
    model.toasts.say(Level::Plain, words, model.now);
    Vec::new()
}

/// Takes the one with the focus out. A single one that is left is open like any other.
pub(super) fn unpin(model: &mut Model) -> Effects {
    let Some(focus) = model.focus_beside() else {
        return Vec::new();
    };
    let held = model.beside.held();
    let gone = held[focus].id;
    let next = held.get(focus + 1).or(held.get(focus.wrapping_sub(1)));
    let Some(next) = next.map(|held| held.id) else {
        return Vec::new();
    };
    let effects = go(model, next);
    model.beside.let_go(&[gone]);
    if model.beside.held().len() == 1 {
        model.beside.let_go(&[next]);
    }
    effects
}

/// Gives the focus to the one so many further.
pub(super) fn step(model: &mut Model, by: isize) -> Effects {
    let Some(focus) = model.focus_beside() else {
        return Vec::new();
    };
    let count = model.beside.held().len();
    let by = by.rem_euclid(isize::try_from(count).unwrap_or(1));
    let next = (focus + usize::try_from(by).unwrap_or(0)) % count;
    let id = model.beside.held()[next].id;
    go(model, id)
}

/// Gives the focus to one that is held.
pub(super) fn go(model: &mut Model, id: ConversationId) -> Effects {
    if let Some(focus) = model.focus_beside() {
        model.beside.held_mut()[focus].scroll = model.threads.scroll;
    }
    let there = model.beside.place(id);
    let scroll = there.map_or(Scroll::End, |at| model.beside.held()[at].scroll);
    let effects = open(model, id);
    model.threads.scroll = scroll;
    effects
}

fn open(model: &mut Model, id: ConversationId) -> Effects {
    model.open = Some(id);
    model.pane = Pane::Thread;
    thread::opened(model)
}

/// Tab goes through them while they stand beside each other, and through the panes otherwise.
pub(super) fn pane(model: &mut Model, by: isize) -> Effects {
    if is_on(model) {
        step(model, by)
    } else {
        goto::pane(model, by)
    }
}

/// Gives the one with the focus more of the room, or less.
pub(super) fn widen(model: &mut Model, by: isize) -> Effects {
    if let Some(focus) = model.focus_beside() {
        let by = i16::try_from(by).unwrap_or(0);
        model.beside.widen(focus, by);
    }
    Vec::new()
}

/// Gives every one the same.
pub(super) fn make_equal(model: &mut Model) -> Effects {
    model.beside.make_equal();
    Vec::new()
}

/// Lets the others follow by time, or not.
pub(super) fn tie(model: &mut Model) -> Effects {
    model.beside.tie = match model.beside.tie {
        Tie::Loose => Tie::ByTime,
        Tie::ByTime => Tie::Loose,
    };
    follow(model);
    let words = match model.beside.tie {
        Tie::ByTime => "They scroll together now, by time.",
        Tie::Loose => "Each scrolls for itself again.",
    };
    say(model, words)
}

/// Brings the others to where the one with the focus is: to what was written until then. Numbers
/// of messages count through the whole account, so one means the same moment in all of them.
pub(super) fn follow(model: &mut Model) {
    let Some(focus) = model.focus_beside() else {
        return;
    };
    if model.beside.tie == Tie::Loose {
        return;
    }
    let scroll = match model.threads.scroll {
        Scroll::End => Scroll::End,
        Scroll::At { message, .. } => Scroll::At { message, line: 0 },
    };
    for (place, held) in model.beside.held_mut().iter_mut().enumerate() {
        if place != focus {
            held.scroll = scroll;
        }
    }
}

#[cfg(test)]
mod tests;
