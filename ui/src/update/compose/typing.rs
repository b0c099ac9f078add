//! What a key does to a text. The text area counts characters; a letter may be several of them,
//! and goes or is passed over as a whole.

use crate::key::{Code, Key};
use ratatui_textarea::{CursorMove, DataCursor, Input, Key as AreaKey, TextArea};
use unicode_segmentation::UnicodeSegmentation as _;

/// Whether a key changed the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typing {
    Changed,
    Same,
}

/// Types a key into the text.
pub(super) fn type_key(area: &mut TextArea<'_>, key: Key) -> Typing {
    if let Some(done) = by_letter(area, key) {
        return done;
    }
    let is_changed = match input(key) {
        // What many terminals send for Shift and Enter.
        Some(it) if it.ctrl && it.key == AreaKey::Char('j') => {
            area.insert_newline();
            true
        }
        Some(it) => area.input(it),
        None => false,
    };
    if is_changed {
        Typing::Changed
    } else {
        Typing::Same
    }
}

/// The key in the words of the text area. Keys that would reach past the text mean nothing.
fn input(key: Key) -> Option<Input> {
    let code = match key.code {
        Code::Char(c) if c.is_control() => return None,
        Code::Char(c) => AreaKey::Char(c),
        Code::Enter => AreaKey::Enter,
        Code::Tab => AreaKey::Tab,
        Code::Backspace => AreaKey::Backspace,
        Code::Delete => AreaKey::Delete,
        Code::Left => AreaKey::Left,
        Code::Right => AreaKey::Right,
        Code::Up => AreaKey::Up,
        Code::Down => AreaKey::Down,
        Code::Home => AreaKey::Home,
        Code::End => AreaKey::End,
        Code::PageUp => AreaKey::PageUp,
        Code::PageDown => AreaKey::PageDown,
        Code::Esc | Code::F(_) => return None,
    };
    Some(Input {
        key: code,
        ctrl: key.ctrl,
        alt: key.alt,
        // Marking text has no look here yet, so that nothing is marked unseen.
        shift: false,
    })
}

/// Moves over, or takes away, a letter of several characters; nothing where there is none.
fn by_letter(area: &mut TextArea<'_>, key: Key) -> Option<Typing> {
    if key.alt || key.shift {
        return None;
    }
    let DataCursor(row, column) = area.cursor();
    let line = area.lines().get(row)?;
    let at = line
        .char_indices()
        .nth(column)
        .map_or(line.len(), |(at, _)| at);
    let (before, after) = line.split_at(at);
    let count = |letter: Option<&str>| letter.map_or(0, |it| it.chars().count());
    let (back, forth) = (
        count(before.graphemes(true).next_back()),
        count(after.graphemes(true).next()),
    );
    let (letter, way) = match (key.ctrl, key.code) {
        (false, Code::Backspace | Code::Left) | (true, Code::Char('h' | 'b')) => {
            (back, CursorMove::Back)
        }
        (false, Code::Delete | Code::Right) | (true, Code::Char('d' | 'f')) => {
            (forth, CursorMove::Forward)
        }
        _ => return None,
    };
    if letter < 2 {
        return None;
    }
    let takes_away = matches!(
        key.code,
        Code::Backspace | Code::Delete | Code::Char('h' | 'd')
    );
    if !takes_away || way == CursorMove::Back {
        for _ in 0..letter {
            area.move_cursor(way);
        }
    }
    if !takes_away {
        return Some(Typing::Same);
    }
    area.delete_str(letter);
    Some(Typing::Changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::parse_chord;

    const FAMILY: &str = "\u{1f469}\u{200d}\u{1f467}";

    fn after(text: &str, keys: &str) -> String {
        let mut area = TextArea::from([text]);
        area.move_cursor(CursorMove::End);
        for key in parse_chord(keys).unwrap() {
            type_key(&mut area, key);
        }
        area.lines().join("\n")
    }

    #[test]
    fn a_letter_of_several_characters_goes_as_a_whole() {
        let text = format!("a{FAMILY}e\u{301}");
        assert_eq!(after(&text, "backspace"), format!("a{FAMILY}"));
        assert_eq!(after(&text, "backspace backspace"), "a");
        assert_eq!(after(&text, "left left delete"), "ae\u{301}");
        assert_eq!(after(&text, "ctrl-a right ctrl-d x"), "axe\u{301}");
    }

    #[test]
    fn one_that_was_taken_away_comes_back_as_a_whole() {
        let mut area = TextArea::from([FAMILY]);
        area.move_cursor(CursorMove::End);
        type_key(&mut area, Key::plain(Code::Backspace));
        area.undo();
        assert_eq!(area.lines(), [FAMILY]);
    }
}
