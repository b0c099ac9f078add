//! Widths and cuts in terminal cells, by grapheme: a letter and its marks, or an emoji of
//! several parts, is never torn apart.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

/// At which edge of its column a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// How many cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Whether every byte is a letter of one cell.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, 0x20..=0x7e))
}

/// The beginning of a text that fits into `cells`.
#[must_use]
pub fn start(text: &str, cells: usize) -> &str {
    &text[..end_within(text, cells)]
}

/// The text in at most `cells`; what was cut is shown by `mark`, which takes one cell.
#[must_use]
pub fn cut<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let end = end_within(text, cells - 1);
    Cow::Owned(format!("{}{mark}", text[..end].trim_end()))
}

/// The text in exactly `cells`.
#[must_use]
pub fn fit(text: &str, cells: usize, align: Align, mark: &str) -> String {
    let cut = cut(text, cells, mark);
    let air = " ".repeat(cells.saturating_sub(width(&cut)));
    match align {
        Align::Left => format!("{cut}{air}"),
        Align::Right => format!("{air}{cut}"),
    }
}

/// One line in pieces of at most `cells`, broken at spaces where there are any.
#[must_use]
pub fn wrap(line: &str, cells: usize) -> Vec<&str> {
    let cells = cells.max(2);
    let mut pieces = Vec::new();
    let mut rest = line;
    while width(rest) > cells {
        let hard = end_within(rest, cells);
        // A grapheme wider than the line still has to go somewhere.
        let hard = if hard == 0 { first_end(rest) } else { hard };
        let at_space = rest[..hard]
            .rfind(' ')
            .filter(|at| !rest[..*at].trim().is_empty());
        let (piece, next) = if rest[hard..].starts_with(' ') {
            (&rest[..hard], &rest[hard..])
        } else {
            rest.split_at(at_space.unwrap_or(hard))
        };
        pieces.push(piece.trim_end());
        rest = next.trim_start_matches(' ');
    }
    pieces.push(rest);
    pieces
}

fn first_end(text: &str) -> usize {
    text.graphemes(true).next().map_or(text.len(), str::len)
}

/// Where the graphemes that fit into `cells` end.
fn end_within(text: &str, cells: usize) -> usize {
    if is_plain(text) {
        return cells.min(text.len());
    }
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cells {
            return start;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_counted_as_a_terminal_does() {
        for (text, cells) in [
            ("abc", 3),
            ("日本", 4),
            ("e\u{301}", 1),
            ("👩\u{200d}👧", 2),
            ("", 0),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn a_cut_never_tears_a_grapheme() {
        assert_eq!(cut("日本語", 4, "…"), "日…");
        assert_eq!(fit("日本語", 4, Align::Left, "…"), "日… ");
        assert_eq!(fit("ab", 4, Align::Right, "…"), "  ab");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(cut("one two", 5, "~"), "one~");
    }

    #[test]
    fn lines_break_at_spaces_or_where_they_must() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
    }

    proptest! {
        #[test]
        fn what_is_fitted_has_its_width(text in "\\PC{0,40}", cells in 0_usize..30) {
            let safe = crate::text_safe::line(&text);
            prop_assert_eq!(width(&fit(&safe, cells, Align::Left, "…")), cells);
        }

        #[test]
        fn wrapped_lines_fit_and_lose_no_letter(text in "[a-z日 ]{0,60}", cells in 2_usize..20) {
            let pieces = wrap(&text, cells);
            for piece in &pieces {
                prop_assert!(width(piece) <= cells);
            }
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&pieces.concat()), letters(&text));
        }
    }
}
