//! What was done, the latest first, to take back also what is further back.

use super::{Effects, bulk, picker, triage, undo};
use crate::model::Model;
use crate::model::history::{Deed, Part};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::time_until;

/// All that is remembered.
pub(super) fn open(model: &mut Model) -> Effects {
    let done = model.history.done.iter().enumerate().rev();
    let items = done.map(|(at, deed)| {
        let when = time_until::moment(deed.at, model.now, &model.zone);
        Item {
            unavailable: (!deed.can_be_undone()).then_some("it cannot be taken back"),
            ..Item::new(&deed.title, Choice::TakeBack(at)).with_detail(&when)
        }
    });
    let picker = Picker::new(Purpose::UndoLog, "What you did", items.collect());
    picker::push(model, picker)
}

/// Takes one of them back, where nothing was done to its conversations since.
pub(super) fn take_back(model: &mut Model, at: usize) -> Effects {
    let Some(deed) = model.history.done.get(at).cloned() else {
        return Vec::new();
    };
    if let Some(run) = deed.run {
        model.history.done.remove(at);
        model.history.done.push(deed);
        return bulk::take_back(model, run);
    }
    let all = deed.parts.len();
    let (parts, rest): (Vec<Part>, Vec<Part>) = deed
        .parts
        .iter()
        .cloned()
        .partition(|part| is_as_it_was_left(model, part));
    if parts.is_empty() {
        let words = "All of it was changed since, and stays as it is.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let taken = Deed { parts, ..deed };
    let effects = undo::take_back(model, &taken);
    if !rest.is_empty() {
        let words = format!(
            "Undone: {}. {} of {all} were changed since and stay.",
            taken.title,
            rest.len()
        );
        model.toasts.say(Level::Good, words, model.now);
    }
    effects
}

/// Whether nobody changed the same again. What is not known here is for the server to say.
fn is_as_it_was_left(model: &Model, part: &Part) -> bool {
    triage::known(model, part.conversation_id).is_none_or(|row| row.is_as_left_by(&part.command))
}

#[cfg(test)]
mod tests;
