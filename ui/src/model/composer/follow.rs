//! A text that goes on being written by an AI while the agent edits it: what comes is put where the last
//! of it stands, and nothing of the agent's is touched.

use super::Composer;
use crate::text_safe;
use ratatui_textarea::CursorMove;

/// So many of the last characters that came say where the next ones go.
const MARK: usize = 24;

/// What came of more text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// It stands where it belongs, or there was nothing more.
    Whole,
    /// The agent changed the end: the rest is not added.
    Changed,
    /// The AI began anew: nothing of it is added.
    Anew,
}

impl Composer {
    /// Puts what came since in, if this text follows one. `text` is all of it so far.
    pub fn follow(&mut self, text: &str) -> Followed {
        let Some(taken) = self.follows.take() else {
            return Followed::Whole;
        };
        let Some(more) = text.strip_prefix(taken.as_str()) else {
            return Followed::Anew;
        };
        let more = text_safe::block(more).into_owned();
        let Some((row, column)) = self.place_after(&text_safe::block(&taken)) else {
            return Followed::Changed;
        };
        self.follows = Some(text.to_owned());
        if !more.is_empty() {
            self.put(row, column, &more);
        }
        Followed::Whole
    }

    /// Where what is taken ends in the text, as a row and a column of characters.
    fn place_after(&self, taken: &str) -> Option<(usize, usize)> {
        let text = self.text();
        let letters = taken.char_indices().rev().take(MARK).last();
        let mark = &taken[letters.map_or(0, |(at, _)| at)..];
        let end = match mark {
            "" => 0,
            mark => text.rfind(mark)? + mark.len(),
        };
        let before = &text[..end];
        let line = before.rsplit('\n').next().unwrap_or("");
        Some((before.matches('\n').count(), line.chars().count()))
    }

    /// Puts words in at a place. The cursor stays before what it was before, and goes along otherwise.
    fn put(&mut self, row: usize, column: usize, words: &str) {
        let (cursor_row, cursor_column) = self.cursor();
        jump(&mut self.area, row, column);
        self.area.insert_str(words);
        let new_rows = words.matches('\n').count();
        let last = words.rsplit('\n').next().unwrap_or("").chars().count();
        let (to_row, to_column) = if (cursor_row, cursor_column) < (row, column) {
            (cursor_row, cursor_column)
        } else if cursor_row > row {
            (cursor_row + new_rows, cursor_column)
        } else if new_rows == 0 {
            (cursor_row, cursor_column + last)
        } else {
            (cursor_row + new_rows, cursor_column - column + last)
        };
        jump(&mut self.area, to_row, to_column);
    }

    fn cursor(&self) -> (usize, usize) {
        let at = self.area.cursor();
        (at.0, at.1)
    }
}

fn jump(area: &mut ratatui_textarea::TextArea<'static>, row: usize, column: usize) {
    let short = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    area.move_cursor(CursorMove::Jump(short(row), short(column)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg::{Origin, Typed, WrittenKind};
    use crate::testing::id;
    use frontdesk_protocol::id::EventSeq;
    use proptest::prelude::*;

    fn following(text: &str) -> Composer {
        let typed = Typed {
            conversation_id: id(1),
            kind: WrittenKind::Reply,
            text: text.to_owned(),
            seen: None,
            origin: Origin::Fresh,
            files: Vec::new(),
        };
        let mut composer = Composer::new(&typed, EventSeq(0));
        composer.follows = Some(text.to_owned());
        composer
    }

    #[test]
    fn what_comes_goes_below_what_is_typed_above() {
        let mut it = following("Hi Priya,\nthe refund");
        jump(&mut it.area, 0, 0);
        it.area.insert_str("Hello! ");
        assert_eq!(
            it.follow("Hi Priya,\nthe refund takes\nfive days"),
            Followed::Whole
        );
        assert_eq!(it.text(), "Hello! Hi Priya,\nthe refund takes\nfive days");
        assert_eq!(it.cursor(), (0, 7), "the agent types where they were");
    }

    #[test]
    fn what_is_typed_at_the_end_stays_behind_what_comes() {
        let mut it = following("The refund");
        it.area.insert_str(" (Aino)");
        assert_eq!(it.follow("The refund takes\nlong."), Followed::Whole);
        assert_eq!(it.text(), "The refund takes\nlong. (Aino)");
        it.area.insert_str("!");
        assert_eq!(it.text(), "The refund takes\nlong. (Aino)!");
    }

    #[test]
    fn an_end_that_the_agent_changed_is_left_as_it_is() {
        let mut it = following("The refund takes");
        it.replace("The money comes");
        assert_eq!(it.follow("The refund takes five days"), Followed::Changed);
        assert_eq!(it.text(), "The money comes");
        assert_eq!(it.follow("The refund takes five days."), Followed::Whole);
        assert_eq!(it.text(), "The money comes", "it does not follow any more");
    }

    #[test]
    fn an_ai_that_begins_anew_changes_nothing() {
        let mut it = following("The refund takes");
        assert_eq!(it.follow("Another text"), Followed::Anew);
        assert_eq!(it.text(), "The refund takes");
    }

    proptest! {
        #[test]
        fn nothing_that_was_typed_is_ever_lost(
            pieces in prop::collection::vec("[a-c \n]{1,6}", 1..8),
            typed in prop::collection::vec((0_u16..4, 0_u16..12, "[x-z]{1,4}"), 8),
        ) {
            let mut so_far = String::new();
            let mut it = following("");
            let mut own = String::new();
            for (piece, (row, column, word)) in pieces.iter().zip(&typed) {
                so_far.push_str(piece);
                it.follow(&so_far);
                it.area.move_cursor(CursorMove::Jump(*row, *column));
                it.area.insert_str(word);
                own.push_str(word);
            }
            let count = |text: &str| {
                let mut letters: Vec<char> = text.chars().filter(|c| ('x'..='z').contains(c)).collect();
                letters.sort_unstable();
                letters
            };
            prop_assert_eq!(count(&it.text()), count(&own));
        }
    }
}
