//! The line that narrows the view while it is being typed.

use super::{Effects, goto, list, palette};
use crate::key::{Code, Key};
use crate::model::field::{Field, Taken};
use crate::model::layer::Layer;
use crate::model::{Model, Pane};

/// Opens the line. What narrows the view already stands in it.
pub(super) fn begin(model: &mut Model) -> Effects {
    if let Some(selected) = model.list.selected {
        model.list.left_at.insert(model.list.view, selected);
    }
    let text = model.list.narrowed.clone().unwrap_or_default();
    model.layers.push(Layer::Narrow(Field::of(&text)));
    if model.pane == Pane::List {
        return Vec::new();
    }
    goto::back(model)
}

/// A key for the line.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    match (key.ctrl, key.code) {
        (_, Code::Esc) | (true, Code::Char('g' | 'c')) => leave(model),
        (_, Code::Enter) => {
            model.layers.pop();
            Vec::new()
        }
        (_, Code::F(1)) => palette::keys_here(model),
        (_, Code::Down) | (true, Code::Char('n')) => list::step(model, 1),
        (_, Code::Up) | (true, Code::Char('p')) => list::step(model, -1),
        _ => {
            let Some(field) = field(model) else {
                return Vec::new();
            };
            match field.key(key) {
                Taken::Changed => narrow(model),
                Taken::Moved | Taken::NotMine => Vec::new(),
            }
        }
    }
}

/// A text was pasted into the line.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    let Some(field) = field(model) else {
        return Vec::new();
    };
    field.insert(text);
    narrow(model)
}

fn field(model: &mut Model) -> Option<&mut Field> {
    match model.layers.last_mut() {
        Some(Layer::Narrow(field)) => Some(field),
        _ => None,
    }
}

/// Asks for the part of the view that has the words.
fn narrow(model: &mut Model) -> Effects {
    let text = field(model)
        .map_or("", |field| field.text())
        .trim()
        .to_owned();
    let narrowed = (!text.is_empty()).then_some(text);
    if narrowed == model.list.narrowed {
        return Vec::new();
    }
    model.list.narrowed = narrowed;
    goto::reload_at_top(model)
}

/// The whole view again, with the cursor where it was.
fn leave(model: &mut Model) -> Effects {
    model.layers.pop();
    if model.list.narrowed.take().is_none() {
        return Vec::new();
    }
    let before = model.list.left_at.get(&model.list.view).copied();
    model.list.selected = before.or(model.list.selected);
    goto::reload(model)
}
