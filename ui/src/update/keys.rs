//! Keys: to what lies in front, to the text that is being written, or to the desk.

use super::{
    Effects, act, compose, enclose, find, first_sync, macros, narrow, own_command, picker, record,
    rewrite, sheet,
};
use crate::key::{Code, Key};
use crate::keymap::Lookup;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::layer::Layer;
use crate::model::recorder::Typed;

/// The largest number that can be typed before a key.
const LARGEST_COUNT: u16 = 999;

/// A key was pressed; where keys are recorded, it is taken down when what it began has come to an
/// end.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let is_recorded = model.recorder.is_on();
    let effects = pressed(model, key);
    if is_recorded {
        let is_whole =
            model.layers.is_empty() && model.typed.chord.is_empty() && model.typed.count.is_none();
        let typed = if is_whole { Typed::Whole } else { Typed::Part };
        model.recorder.hear(key, typed);
    }
    effects
}

fn pressed(model: &mut Model, key: Key) -> Effects {
    model.toasts.pass_bad();
    match model.layers.last() {
        Some(Layer::Picker(_) | Layer::Confirm(_)) => return picker::key(model, key),
        Some(Layer::Sheet(_)) => return sheet::key(model, key),
        Some(Layer::Compare(_)) => return rewrite::key(model, key),
        Some(Layer::Narrow(_)) => return narrow::key(model, key),
        Some(Layer::Find(_)) => return find::key(model, key),
        Some(Layer::FirstSync(_)) => return first_sync::key(model, key),
        None => {}
    }
    let is_writing = model.composer.as_ref().is_some_and(Composer::has_focus);
    if !is_writing && is_count(model, key) {
        return Vec::new();
    }
    model.typed.chord.push(key);
    model.typed.since = model.now;
    match model.keymap.lookup(model.contexts(), &model.typed.chord) {
        Lookup::Pending => Vec::new(),
        Lookup::Action(action) => {
            let count = model.typed.count.take();
            model.typed.chord.clear();
            act::run(model, action, count)
        }
        Lookup::Macro(name) => {
            model.typed.count = None;
            model.typed.chord.clear();
            macros::by_key(model, &name)
        }
        Lookup::Command(name) => {
            model.typed.count = None;
            model.typed.chord.clear();
            own_command::by_key(model, &name)
        }
        Lookup::Keys(name) => {
            model.typed.count = None;
            model.typed.chord.clear();
            record::named(model, &name)
        }
        Lookup::Unbound => unbound(model, key, is_writing),
    }
}

/// A text was pasted: it is one insertion, never a row of commands.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    match model.layers.last() {
        Some(Layer::Picker(_) | Layer::Confirm(_)) => picker::paste(model, text),
        Some(Layer::Narrow(_)) => narrow::paste(model, text),
        Some(Layer::Find(_)) => find::paste(model, text),
        Some(Layer::FirstSync(_) | Layer::Sheet(_) | Layer::Compare(_)) => Vec::new(),
        None => enclose::pasted(model, text),
    }
}

/// Takes a digit as a part of the number before a key.
fn is_count(model: &mut Model, key: Key) -> bool {
    let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) else {
        return false;
    };
    let is_first = model.typed.count.is_none();
    if !model.typed.chord.is_empty() || (is_first && digit == 0) {
        return false;
    }
    let digit = u16::try_from(digit).unwrap_or(0);
    let count = model.typed.count.unwrap_or(0).saturating_mul(10) + digit;
    model.typed.count = Some(count.min(LARGEST_COUNT));
    true
}

/// Keys that mean nothing: Backspace goes back in a prefix, Esc leaves it, letters are text
/// where text is being written.
fn unbound(model: &mut Model, key: Key, is_writing: bool) -> Effects {
    let is_prefix = model.typed.chord.len() > 1;
    model.typed.chord.clear();
    model.typed.count = None;
    if is_prefix {
        return Vec::new();
    }
    if is_writing {
        return compose::key(model, key);
    }
    if key.code == Code::Esc {
        return super::goto::back(model);
    }
    Vec::new()
}
