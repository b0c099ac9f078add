//! The line that is being typed, with its cursor.

use crate::cell;
use crate::glyph::Glyphs;
use crate::model::field::Field;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use unicode_segmentation::UnicodeSegmentation as _;

/// The sign before the text, the text, and the cursor, in at most `cells`. A text that is too
/// long is shown from where the cursor is seen.
pub(crate) fn line(field: &Field, sign: &str, cells: usize, glyphs: Glyphs) -> Line {
    let (head, tail) = field.halves();
    let (head, tail) = (text_safe::line(head), text_safe::line(tail));
    let caret = match glyphs {
        Glyphs::Unicode => "█",
        Glyphs::Ascii => "_",
    };
    let room = cells.saturating_sub(cell::width(sign) + 2);
    let mut start = 0;
    for (_, grapheme) in head.grapheme_indices(true) {
        if cell::width(&head[start..]) <= room {
            break;
        }
        start += grapheme.len();
    }
    let left = room.saturating_sub(cell::width(&head[start..]));
    Line::new()
        .with(Role::Muted, format!("{sign} "))
        .with(Role::Text, &head[start..])
        .with(Role::Accent, caret)
        .with(Role::Text, cell::cut(&tail, left, glyphs.cut()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_cursor_stays_in_sight() {
        let field = Field::of("abcdefghij");
        let shown = line(&field, ">", 8, Glyphs::Unicode).plain();
        assert_eq!(shown, "> fghij█");
        let shown = line(&Field::of("ab"), ">", 8, Glyphs::Ascii).plain();
        assert_eq!(shown, "> ab_");
    }

    proptest! {
        #[test]
        fn it_never_grows_out_of_its_room(text in "\\PC{0,30}", cells in 4_usize..40) {
            let line = line(&Field::of(&text), ">", cells, Glyphs::Unicode);
            prop_assert!(cell::width(&line.plain()) <= cells, "{}", line.plain());
        }
    }
}
