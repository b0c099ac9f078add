//! The mouse: a click goes where it points, the wheel scrolls what is under it.

use super::{Effects, goto, list, thread};
use crate::effect::{Effect, MouseUse};
use crate::model::settings::Shown;
use crate::model::{Model, Pane};
use crate::msg::{Level, Mouse, MouseWhat};
use crate::view::layout;
use ratatui::layout::Position;

const WHEEL: isize = 3;

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Effects {
    if !model.layers.is_empty() {
        return Vec::new();
    }
    let at = Position::new(mouse.column, mouse.row);
    let layout = layout::of(model);
    match mouse.what {
        MouseWhat::WheelUp if layout.thread.contains(at) => thread::scroll(model, -WHEEL),
        MouseWhat::WheelDown if layout.thread.contains(at) => thread::scroll(model, WHEEL),
        MouseWhat::WheelUp if layout.list.contains(at) => list::step(model, -WHEEL),
        MouseWhat::WheelDown if layout.list.contains(at) => list::step(model, WHEEL),
        MouseWhat::Click if layout.list.contains(at) => {
            let row = usize::from((at.y - layout.list.y) / layout.row_height(model));
            let place = crate::view::list::first(model, &layout) + row;
            if place >= model.list.rows.len() {
                return Vec::new();
            }
            let was = model.list.at();
            model.pane = Pane::List;
            model.open = None;
            if was == Some(place) {
                return goto::open(model);
            }
            list::select_at(model, place)
        }
        MouseWhat::Click if layout.tabs.contains(at) => {
            crate::view::tabs::at(model, at.x).map_or_else(Vec::new, |view| goto::view(model, view))
        }
        MouseWhat::Click if layout.thread.contains(at) && model.open.is_none() => goto::open(model),
        _ => Vec::new(),
    }
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
