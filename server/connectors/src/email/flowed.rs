//! Text whose lines flow (RFC 3676): programs break long lines where their window ends, and mark each
//! break that means nothing with a space before it.

/// Whose the space before such a break is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// It parts two words.
    OfTheText,
    /// It was put there for the break alone, as in languages without spaces.
    OfTheBreak,
}

/// The text with its paragraphs whole. Quotes stay quotes, and flow among themselves.
pub(super) fn whole(text: &str, space: Space) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = None;
    for (nth, line) in text.lines().enumerate() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let stuffed = &line[depth..];
        let words = stuffed.strip_prefix(' ').unwrap_or(stuffed);
        let is_signature = words == "-- ";
        let goes_on = words.ends_with(' ') && !is_signature;
        if is_signature || open != Some(depth) {
            if nth > 0 {
                out.push('\n');
            }
            out.push_str(&line[..depth]);
            if depth > 0 && !words.is_empty() {
                out.push(' ');
            }
        }
        out.push_str(match space {
            Space::OfTheBreak if goes_on => words.strip_suffix(' ').unwrap_or(words),
            _ => words,
        });
        open = goes_on.then_some(depth);
    }
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_broken_for_width_is_whole_again() {
        let table = [
            ("one \ntwo\nthree\n", "one two\nthree\n"),
            ("one \n\ntwo", "one \ntwo"),
            (" >no quote\n  indented", ">no quote\n indented"),
            (
                "> one \n> two\n>> three \n> four",
                "> one two\n>> three \n> four",
            ),
            (">\n> a", ">\n> a"),
            ("end. \n-- \nAnn", "end. \n-- \nAnn"),
            ("a \r\nb\r\n", "a b\n"),
            ("", ""),
        ];
        for (broken, said) in table {
            assert_eq!(whole(broken, Space::OfTheText), said, "{broken:?}");
        }
        assert_eq!(whole("東京 \n都", Space::OfTheBreak), "東京都");
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "[ab> \n]{0,60}") {
            let letters = |text: &str| text.replace(['>', ' ', '\n'], "");
            let flowed = whole(&text, Space::OfTheBreak);
            prop_assert_eq!(letters(&flowed), letters(&text));
        }
    }
}
