//! Selecting conversations, so that one key acts on all of them.

use super::{Effects, bulk, list};
use crate::model::Model;
use frontdesk_inbox::Row;

/// Selects the row under the cursor or lets it go, and moves on, so many times.
pub(super) fn toggle(model: &mut Model, times: isize) -> Effects {
    model.list.everything = None;
    let mut effects = Vec::new();
    for _ in 0..times.max(1) {
        let Some(id) = model.list.selected else {
            break;
        };
        if !model.list.marked.remove(&id) {
            model.list.marked.insert(id);
        }
        model.list.range_from = None;
        effects = list::step(model, 1);
        if model.list.selected == Some(id) {
            break;
        }
    }
    effects
}

/// Begins a range, or selects from where one began up to here.
pub(super) fn range(model: &mut Model) -> Effects {
    let list = &mut model.list;
    list.everything = None;
    let Some(here) = list.at() else {
        return Vec::new();
    };
    let from = list
        .range_from
        .take()
        .and_then(|id| list.rows.iter().position(|row| row.id() == id));
    match from {
        Some(from) => {
            let range = from.min(here)..=from.max(here);
            list.marked.extend(list.rows[range].iter().map(Row::id));
        }
        None => list.range_from = list.selected,
    }
    Vec::new()
}

/// Selects everything that is loaded of the view; asked again, all of it, also what is not loaded; and
/// then nothing.
pub(super) fn all(model: &mut Model) -> Effects {
    let loaded: std::collections::BTreeSet<_> = model.list.rows.iter().map(Row::id).collect();
    let was_everything = model.list.everything.is_some();
    if model.list.marked != loaded {
        model.list.marked = loaded;
        return Vec::new();
    }
    match bulk::query(model).filter(|_| !was_everything) {
        Some(query) => model.list.everything = Some(query),
        None => return clear(model),
    }
    Vec::new()
}

/// Selects nothing.
pub(super) fn clear(model: &mut Model) -> Effects {
    model.list.marked.clear();
    model.list.everything = None;
    model.list.range_from = None;
    Vec::new()
}
