//! What was done, the latest first, to take back also what is further back: what was done since
//! the program was started, and below it what was done before.

use super::{Effects, picker, triage, undo};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::history::{Deed, Part};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::time_until;
use frontdesk_inbox::DeedId;

/// What stands above what was done before the program was started.
const BEFORE: &str = "Before";

/// All that is remembered here; the store is asked what else there is.
pub(super) fn open(model: &mut Model) -> Effects {
    let picker = Picker::new(Purpose::UndoLog, "What you did", items(model));
    let mut effects = picker::push(model, picker);
    effects.push(Effect::LoadDeeds);
    effects
}

/// The store has said what can be taken back.
pub(super) fn told(model: &mut Model, deeds: Vec<Deed>) -> Effects {
    model.history.tell_earlier(deeds);
    let items = items(model);
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::UndoLog) {
        front.refill(items);
    }
    Vec::new()
}

/// What the store has to note by now.
pub(super) fn note(model: &mut Model) -> Effects {
    let entries = model.history.take_untold();
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Effect::Log(entries)]
}

fn items(model: &Model) -> Vec<Item> {
    let history = &model.history;
    let done = history.done().iter().rev().map(|deed| item(model, deed));
    let earlier = history.earlier().iter().rev();
    let earlier = earlier.map(|deed| item(model, deed).under(BEFORE));
    done.chain(earlier).collect()
}

fn item(model: &Model, deed: &Deed) -> Item {
    let when = time_until::moment(deed.at, model.now, &model.zone);
    Item {
        unavailable: (!deed.can_be_undone()).then_some("it cannot be taken back".into()),
        ..Item::new(&label(deed), Choice::TakeBack(deed.id)).with_detail(&when)
    }
}

/// `12 conversations done`, `Dana Whitfield: marked priority`.
fn label(deed: &Deed) -> String {
    let words = deed.title.trim_start_matches("1 conversation ");
    match customer(deed) {
        Some(customer) => format!("{customer}: {words}"),
        None => deed.title.clone(),
    }
}

/// Whose conversation it was, where it was a single one.
fn customer(deed: &Deed) -> Option<&str> {
    let first = deed.parts.first()?;
    let is_the_one = |part: &Part| part.conversation_id == first.conversation_id;
    let is_single = deed.parts.iter().all(is_the_one);
    is_single.then_some(first.row.customer.as_str())
}

/// Takes one of them back, where nothing was done to its conversations since.
pub(super) fn take_back(model: &mut Model, id: DeedId) -> Effects {
    let Some(deed) = model.history.find(id).cloned() else {
        return Vec::new();
    };
    if deed.run.is_some() {
        return undo::take_back(model, &deed);
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
