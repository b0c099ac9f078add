//! One line of text that is being typed, with a cursor between its letters.

use crate::key::{Code, Key};
use unicode_segmentation::UnicodeSegmentation as _;

/// A text field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    /// Where the cursor stands, in bytes; always between two graphemes.
    cursor: usize,
}

/// Whether a field did something with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Changed,
    Moved,
    NotMine,
}

impl Field {
    /// A field that holds a text, the cursor at its end.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and after the cursor.
    #[must_use]
    pub fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts a text where the cursor is. Line ends become spaces.
    pub fn insert(&mut self, text: &str) {
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.text.insert_str(self.cursor, &line);
        self.cursor += line.len();
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// A field that shows a sign in place of each letter, with the cursor where it is in this one.
    #[must_use]
    pub fn masked(&self, sign: &str) -> Self {
        let (head, tail) = self.halves();
        let signs = |text: &str| sign.repeat(text.graphemes(true).count());
        let mut masked = Self::of(&signs(head));
        masked.text.push_str(&signs(tail));
        masked
    }

    /// Types a key: letters, the arrows, and the keys that Emacs and shells have for fields.
    pub fn key(&mut self, key: Key) -> Taken {
        if let Some(c) = key.typed() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return Taken::Changed;
        }
        match (key.ctrl, key.code) {
            (_, Code::Backspace) | (true, Code::Char('h')) => {
                self.remove(self.before(), self.cursor)
            }
            (_, Code::Delete) | (true, Code::Char('d')) => self.remove(self.cursor, self.after()),
            (true, Code::Char('u')) => self.remove(0, self.cursor),
            (true, Code::Char('k')) => self.remove(self.cursor, self.text.len()),
            (true, Code::Char('w')) => self.remove(self.word_start(), self.cursor),
            (false, Code::Left) | (true, Code::Char('b')) => self.move_to(self.before()),
            (false, Code::Right) | (true, Code::Char('f')) => self.move_to(self.after()),
            (_, Code::Home) | (true, Code::Char('a')) => self.move_to(0),
            (_, Code::End) | (true, Code::Char('e')) => self.move_to(self.text.len()),
            _ => Taken::NotMine,
        }
    }

    fn remove(&mut self, from: usize, to: usize) -> Taken {
        self.text.replace_range(from..to, "");
        self.cursor = from;
        Taken::Changed
    }

    fn move_to(&mut self, place: usize) -> Taken {
        self.cursor = place;
        Taken::Moved
    }

    fn before(&self) -> usize {
        let (head, _) = self.halves();
        head.grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let (_, tail) = self.halves();
        self.cursor + tail.graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let (head, _) = self.halves();
        let trimmed = head.trim_end();
        trimmed
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(field: &mut Field, text: &str) {
        for key in crate::key::parse_chord(text).unwrap() {
            field.key(key);
        }
    }

    #[test]
    fn it_edits_like_a_shell() {
        let mut field = Field::of("one two");
        keys(&mut field, "ctrl-w x ctrl-a y");
        assert_eq!(field.halves(), ("y", "one x"));
        keys(&mut field, "ctrl-k backspace");
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_letter_of_several_parts_goes_at_once() {
        let mut field = Field::of("ae\u{301}");
        keys(&mut field, "backspace");
        assert_eq!(field.text(), "a");
    }

    proptest! {
        #[test]
        fn no_key_breaks_it(text in "\\PC{0,12}", codes in proptest::collection::vec(0_u8..14, 0..40)) {
            let all = ["a", "é", "left", "right", "home", "end", "backspace", "delete", "ctrl-w", "ctrl-u", "ctrl-k", "ctrl-a", "ctrl-e", "ctrl-d"];
            let mut field = Field::of(&text);
            for code in codes {
                keys(&mut field, all[usize::from(code)]);
                let (head, tail) = field.halves();
                prop_assert_eq!(format!("{head}{tail}"), field.text());
            }
        }
    }
}
