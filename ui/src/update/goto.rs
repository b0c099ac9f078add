//! Going somewhere: views, panes, into a conversation and out again.

use super::{Effects, context, list, thread};
use crate::effect::{Effect, From};
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::settings::{Density, Shown};
use crate::model::{Model, Pane};
use crate::unsent;
use crate::view::layout::{self, Shape};
use frontdesk_inbox::View;

/// Shows a view, with the cursor where it was when the view was left.
pub(super) fn view(model: &mut Model, view: View) -> Effects {
    if let Some(selected) = model.list.selected {
        model.list.left_at.insert(model.list.view, selected);
    }
    let mut effects = leave_thread(model);
    let list = &mut model.list;
    if list.view != view {
        list.rows.clear();
        list.marked.clear();
        list.everything = None;
        list.range_from = None;
        list.narrowed = None;
        list.top = 0;
    }
    list.view = view;
    super::kept::order(model, view);
    let list = &mut model.list;
    list.selected = list.left_at.get(&view).copied();
    effects.extend(reload(model));
    effects
}

/// Shows the view `by` tabs further.
pub(super) fn next_view(model: &mut Model, by: isize) -> Effects {
    let tabs = model.tabs();
    let count = isize::try_from(tabs.len()).unwrap_or(1).max(1);
    let now = tabs.iter().position(|it| *it == model.list.view);
    let now = isize::try_from(now.unwrap_or(0)).unwrap_or(0);
    let next = usize::try_from((now + by).rem_euclid(count)).unwrap_or(0);
    view(model, tabs.get(next).copied().unwrap_or_default())
}

/// Asks for the view again, around the cursor.
pub(super) fn reload(model: &mut Model) -> Effects {
    let from = model.list.selected.map_or(From::Top, From::Around);
    vec![list::load(model, from)]
}

/// Asks for the beginning of the view, where what came in stands.
pub(super) fn reload_at_top(model: &mut Model) -> Effects {
    model.list.selected = None;
    vec![list::load(model, From::Top)]
}

/// The beginning of the list or the thread.
pub(super) fn top(model: &mut Model) -> Effects {
    match model.pane {
        Pane::List if model.list.has_before || !model.list.fresh.is_empty() => reload_at_top(model),
        Pane::List => list::select_at(model, 0),
        Pane::Thread => thread::to_start(model),
        Pane::Context => context::scroll(model, isize::MIN),
    }
}

/// The end of the list or the thread.
pub(super) fn bottom(model: &mut Model) -> Effects {
    match model.pane {
        Pane::List if model.list.has_after => vec![list::load(model, From::Bottom)],
        Pane::List => list::step(model, isize::MAX),
        Pane::Thread => thread::to_end(model),
        Pane::Context => context::scroll(model, isize::MAX),
    }
}

/// Another conversation, while the reader stays where readers are.
pub(super) fn neighbour(model: &mut Model, by: isize) -> Effects {
    let mut effects = list::step(model, by);
    if model.open.is_some() {
        model.open = model.list.selected;
        effects.extend(thread::show(model));
    }
    effects
}

/// Opens the conversation under the cursor.
pub(super) fn open(model: &mut Model) -> Effects {
    if model.list.selected.is_none() {
        return Vec::new();
    }
    model.open = model.list.selected;
    model.pane = Pane::Thread;
    thread::opened(model)
}

/// One step out: of a box, of a prefix, of a selection, of a thread, of a narrowed view, and at
/// last out of the program.
pub(super) fn back(model: &mut Model) -> Effects {
    if let Some(composer) = model.composer.as_mut().filter(|it| it.has_focus()) {
        composer.focus = crate::model::composer::Writing::Kept;
        return super::compose::keep(model);
    }
    super::review::end(model);
    if model.open.is_some() || model.pane != Pane::List {
        let mut effects = leave_thread(model);
        effects.extend(list::select_at(model, model.list.at().unwrap_or(0)));
        return effects;
    }
    if model.list.everything.is_some()
        || !model.list.marked.is_empty()
        || model.list.range_from.is_some()
    {
        return super::select::clear(model);
    }
    if model.list.narrowed.take().is_some() {
        return reload(model);
    }
    if model.list.view != View::Inbox {
        return view(model, View::Inbox);
    }
    model.toasts.say(
        crate::msg::Level::Plain,
        "This is the inbox. Ctrl-C leaves the program.",
        model.now,
    );
    Vec::new()
}

/// A text that was begun is put aside until the conversation is opened again.
pub(super) fn leave_thread(model: &mut Model) -> Effects {
    model.open = None;
    model.pane = Pane::List;
    super::compose::put_aside(model)
}

/// The next pane in the order of the screen.
pub(super) fn pane(model: &mut Model, by: isize) -> Effects {
    let layout = layout::of(model);
    let mut panes = vec![Pane::List];
    if model.list.selected.is_some() && layout.shape != Shape::TooSmall {
        panes.push(Pane::Thread);
    }
    if layout.context.width > 0 {
        panes.push(Pane::Context);
    }
    let count = isize::try_from(panes.len()).unwrap_or(1);
    let now = panes.iter().position(|it| *it == model.pane).unwrap_or(0);
    let next = (isize::try_from(now).unwrap_or(0) + by).rem_euclid(count);
    model.pane = panes[usize::try_from(next).unwrap_or(0)];
    if model.pane == Pane::List {
        return leave_thread(model);
    }
    model.open = model.list.selected;
    thread::opened(model)
}

pub(super) fn toggle_preview(model: &mut Model) -> Effects {
    model.settings.preview = model.settings.preview.flipped();
    list::keep_in_sight(model);
    thread::show(model)
}

pub(super) fn toggle_context(model: &mut Model) -> Effects {
    model.settings.context = model.settings.context.flipped();
    if model.pane == Pane::Context && model.settings.context == Shown::No {
        model.pane = Pane::Thread;
    }
    Vec::new()
}

pub(super) fn toggle_density(model: &mut Model) -> Effects {
    model.settings.density = match model.settings.density {
        Density::Compact => Density::Comfortable,
        Density::Comfortable => Density::Compact,
    };
    list::keep_in_sight(model);
    Vec::new()
}

/// Leaves the program; asks first where something has not been sent.
pub(super) fn quit(model: &mut Model) -> Effects {
    let warnings = unsent::when_leaving(model);
    if warnings.is_empty() {
        return vec![Effect::Quit];
    }
    model.layers.push(Layer::Confirm(Confirm {
        question: "Quit now?".to_owned(),
        warnings,
        yes: "quit",
        then: Then::Quit,
    }));
    Vec::new()
}
