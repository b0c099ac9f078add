//! The line that is being typed, and where its cursor is.

use crate::cell;
use crate::glyph::Glyphs;
use crate::model::field::Field;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation as _;

/// A field as it is drawn.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) line: Line,
    /// The cell of the cursor, counted from the beginning of the line.
    cursor: usize,
}

impl Shown {
    /// Where the terminal's cursor goes when the line stands in this row of an area.
    pub(crate) fn cursor(&self, area: Rect, row: u16) -> Position {
        let column = u16::try_from(self.cursor).unwrap_or(u16::MAX);
        Position::new(area.x.saturating_add(column), area.y.saturating_add(row))
    }
}

/// The sign before the text, and the text, in at most `cells`; the last of them is kept for the
/// cursor. A text that is too long is shown from where the cursor is seen.
pub(crate) fn line(field: &Field, sign: &str, cells: usize, glyphs: Glyphs) -> Shown {
    let (head, tail) = field.halves();
    let (head, tail) = (text_safe::line(head), text_safe::line(tail));
    let room = cells.saturating_sub(cell::width(sign) + 2);
    let mut start = 0;
    for (_, grapheme) in head.grapheme_indices(true) {
        if cell::width(&head[start..]) <= room {
            break;
        }
        start += grapheme.len();
    }
    let left = (room + 1).saturating_sub(cell::width(&head[start..]));
    let before = Line::new()
        .with(Role::Muted, format!("{sign} "))
        .with(Role::Text, &head[start..]);
    Shown {
        cursor: before.width(),
        line: before.with(Role::Text, cell::cut(&tail, left, glyphs.cut())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_cursor_stays_in_sight() {
        let field = Field::of("abcdefghij");
        let shown = line(&field, ">", 8, Glyphs::Unicode);
        assert_eq!((shown.line.plain().as_str(), shown.cursor), ("> fghij", 7));
        let shown = line(&Field::of("ab"), ">", 8, Glyphs::Ascii);
        assert_eq!((shown.line.plain().as_str(), shown.cursor), ("> ab", 4));
    }

    proptest! {
        #[test]
        fn it_never_grows_out_of_its_room(text in "\\PC{0,30}", cells in 4_usize..40) {
            let shown = line(&Field::of(&text), ">", cells, Glyphs::Unicode);
            prop_assert!(cell::width(&shown.line.plain()) < cells, "{}", shown.line.plain());
            prop_assert!(shown.cursor < cells);
        }
    }
}
