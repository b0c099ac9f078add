//! The mouse: a click goes where it points, the wheel scrolls what is under it. What lies in front
//! has it to itself.

use super::{Effects, beside, choose, confirm, context, goto, list, rewrite, sheet, thread};
use crate::effect::{Effect, MouseUse};
use crate::model::layer::Layer;
use crate::model::settings::Shown;
use crate::model::{Border, Model};
use crate::msg::{Level, Mouse, MouseWhat};
use crate::view::confirm::{self as question, Pointed};
use crate::view::layout::{self, Layout, Shape};
use crate::view::picker;
use ratatui::layout::{Position, Rect};

const WHEEL: isize = 3;

/// The mouse did something.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Effects {
    match mouse.what {
        MouseWhat::Drag => return drag(model, mouse),
        MouseWhat::LetGo => {
            model.dragged = None;
            return Vec::new();
        }
        MouseWhat::Click | MouseWhat::WheelUp | MouseWhat::WheelDown => {}
    }
    match model.layers.last() {
        Some(Layer::Picker(_)) => in_picker(model, mouse),
        Some(Layer::Confirm(_)) => in_question(model, mouse),
        Some(Layer::Sheet(_)) => sheet::mouse(model, mouse),
        Some(Layer::Compare(_)) => rewrite::mouse(model, mouse),
        Some(Layer::FirstSync(_)) => Vec::new(),
        Some(Layer::Narrow(_) | Layer::Find(_)) if mouse.what == MouseWhat::Click => {
            // What narrows the view stays, as after Enter.
            model.layers.pop();
            on_desk(model, mouse)
        }
        Some(Layer::Narrow(_) | Layer::Find(_)) | None => on_desk(model, mouse),
    }
}

/// A click chooses, and a second one takes what is chosen; outside it closes.
fn in_picker(model: &mut Model, mouse: Mouse) -> Effects {
    let screen = screen(model);
    let Some(Layer::Picker(front)) = model.layers.last() else {
        return Vec::new();
    };
    let plan = picker::Plan::of(model, front, screen);
    let at = Position::new(mouse.column, mouse.row);
    let (is_outside, item) = (!plan.outer.contains(at), plan.at(at));
    let Some(Layer::Picker(front)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match (mouse.what, item) {
        (MouseWhat::WheelUp, _) => front.step(-WHEEL),
        (MouseWhat::WheelDown, _) => front.step(WHEEL),
        (MouseWhat::Click, Some(place)) if front.at == place => {
            return choose::chosen(model, choose::Afterwards::Close);
        }
        (MouseWhat::Click, Some(place)) => front.at = place,
        (MouseWhat::Click, None) if is_outside => drop(model.layers.pop()),
        (MouseWhat::Click | MouseWhat::Drag | MouseWhat::LetGo, _) => {}
    }
    Vec::new()
}

fn in_question(model: &mut Model, mouse: Mouse) -> Effects {
    let at = Position::new(mouse.column, mouse.row);
    let Some(Layer::Confirm(front)) = model.layers.last() else {
        return Vec::new();
    };
    if mouse.what != MouseWhat::Click {
        return Vec::new();
    }
    match question::at(front, screen(model), at) {
        Pointed::Yes => confirm::yes(model),
        Pointed::No | Pointed::Outside => confirm::no(model),
        Pointed::Nothing => Vec::new(),
    }
}

fn screen(model: &Model) -> Rect {
    Rect::new(0, 0, model.size.width, model.size.height)
}

fn on_desk(model: &mut Model, mouse: Mouse) -> Effects {
    let at = Position::new(mouse.column, mouse.row);
    let layout = layout::of(model);
    let by = match mouse.what {
        MouseWhat::WheelUp => -WHEEL,
        MouseWhat::WheelDown => WHEEL,
        MouseWhat::Click => return click(model, &layout, at),
        MouseWhat::Drag | MouseWhat::LetGo => return Vec::new(),
    };
    if layout.thread.contains(at) {
        thread::scroll(model, by)
    } else if layout.list.contains(at) {
        list::step(model, by)
    } else if layout.context.contains(at) {
        context::scroll(model, by)
    } else {
        Vec::new()
    }
}

fn click(model: &mut Model, layout: &Layout, at: Position) -> Effects {
    model.dragged = border(layout, at);
    if model.dragged.is_some() {
        return Vec::new();
    }
    let pane = layout.panes.iter().find(|(_, pane)| pane.contains(at));
    if let Some((place, _)) = pane {
        let id = model.beside.held().get(place).map(|held| held.id);
        return id.map_or_else(Vec::new, |id| beside::go(model, id));
    }
    if layout.shape == Shape::SideBySide {
        return Vec::new();
    }
    if layout.list.contains(at) {
        let row = usize::from((at.y - layout.list.y) / layout.row_height(model));
        let place = crate::view::list::first(model, layout) + row;
        if place >= model.list.rows.len() {
            return Vec::new();
        }
        let was = model.list.at();
        let mut effects = goto::leave_thread(model);
        effects.extend(if was == Some(place) {
            goto::open(model)
        } else {
            list::select_at(model, place)
        });
        return effects;
    }
    if layout.tabs.contains(at) {
        return crate::view::tabs::at(model, at.x)
            .map_or_else(Vec::new, |view| goto::view(model, view));
    }
    if layout.thread.contains(at) && model.open.is_none() {
        return goto::open(model);
    }
    Vec::new()
}

/// The border between two panes that is there.
fn border(layout: &Layout, at: Position) -> Option<Border> {
    match layout.shape {
        Shape::Beside if layout.lines[0].contains(at) => Some(Border::Beside),
        Shape::Below if layout.preview_head.contains(at) => Some(Border::Below),
        _ => None,
    }
}

/// Moves the border that is held to where the mouse is.
fn drag(model: &mut Model, mouse: Mouse) -> Effects {
    match model.dragged {
        Some(Border::Beside) => model.split.list_width = Some(mouse.column),
        Some(Border::Below) => {
            let foot = model.size.height.saturating_sub(1);
            model.split.preview_height = Some(foot.saturating_sub(mouse.row));
        }
        None => return Vec::new(),
    }
    list::keep_in_sight(model);
    Vec::new()
}

/// Takes the mouse, or leaves it to the terminal so that text can be selected with it.
pub(super) fn toggle(model: &mut Model) -> Effects {
    model.settings.mouse = model.settings.mouse.flipped();
    let (wanted, words) = match model.settings.mouse {
        Shown::Yes => (
            MouseUse::Ours,
            "The mouse works here. Shift and drag selects text.",
        ),
        Shown::No => (
            MouseUse::Terminals,
            "The mouse belongs to the terminal again.",
        ),
    };
    model.toasts.say(Level::Plain, words, model.now);
    vec![Effect::SetMouse(wanted)]
}

#[cfg(test)]
mod tests;
