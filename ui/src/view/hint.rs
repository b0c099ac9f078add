//! Keys and what they do, in a few words. Which keys they are is read from the keymap, so that
//! a hint can never be wrong.

use crate::action::Action;
use crate::glyph::Glyphs;
use crate::key::{Code, Key};
use crate::keymap::shown;
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;

/// The keys of an action where the agent is now, as they are shown.
pub(crate) fn key(model: &Model, action: Action) -> Option<String> {
    let chord = model.contexts().iter().find_map(|context| {
        let bound = |it: &&crate::keymap::Binding| it.context == *context && it.is_of(action);
        model.keymap.bindings().iter().find(bound)
    })?;
    Some(signs(&chord.chord, model.glyphs))
}

/// The keys as they are shown, with the sign of the Enter key where it stands alone.
pub(super) fn signs(chord: &[Key], glyphs: Glyphs) -> String {
    match chord {
        [key] if *key == Key::plain(Code::Enter) => glyphs.enter().to_owned(),
        _ => shown(chord),
    }
}

/// A key and what it does.
pub(crate) fn pair(key: &str, word: &str) -> Line {
    Line::new()
        .with(Role::Text, key)
        .with(Role::Muted, format!(" {word}"))
}

/// The key of an action and what it does, where it has one.
pub(crate) fn of(model: &Model, action: Action, word: &str) -> Option<Line> {
    key(model, action).map(|key| pair(&key, word))
}

/// Hints beside each other, as many of the first ones as fit.
pub(crate) fn row(hints: impl IntoIterator<Item = Line>, gap: usize, cells: usize) -> Line {
    let mut row = Line::new();
    let mut used = 0;
    for hint in hints {
        let air = if row.pieces.is_empty() { 0 } else { gap };
        let width = hint.width();
        if used + air + width > cells {
            break;
        }
        used += air + width;
        row.push(Role::Text, " ".repeat(air));
        row.append(hint);
    }
    row
}
