//! Cuts text into terms: words in lower case without accents, and for scripts that write no
//! spaces every two neighbouring characters. The index, the query and the snippet all see the
//! same terms, so they agree on what matches.

use super::fold::fold;
use std::ops::Range;

/// A text is indexed up to here: nobody searches for the far end of a pasted log.
const LONGEST_TEXT: usize = 100_000;

/// A term is cut here. What is longer is a key or a picture in letters, found by its beginning.
const LONGEST_TERM: usize = 40;

/// A term and where it stands in the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
}

/// The terms of a text, in order.
pub(crate) fn terms(text: &str) -> Terms<'_> {
    Terms {
        text: up_to(text, LONGEST_TEXT),
        at: 0,
    }
}

/// Whether a term is of a script without spaces, so that it is a piece of a word.
pub(crate) fn is_piece(term: &str) -> bool {
    term.chars().next().is_some_and(writes_no_spaces)
}

/// The terms of a text that were not read yet.
#[derive(Debug)]
pub(crate) struct Terms<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Terms<'_> {
    type Item = Term;

    fn next(&mut self) -> Option<Term> {
        let mut text = String::new();
        let at = self.next_into(&mut text)?;
        Some(Term { text, at })
    }
}

impl Terms<'_> {
    /// Writes the next term in the place of what was written, and says where it stands.
    pub(crate) fn next_into(&mut self, term: &mut String) -> Option<Range<usize>> {
        term.clear();
        let rest = &self.text[self.at..];
        let (skipped, first) = rest.char_indices().find(|(_, it)| is_part(*it))?;
        let start = self.at + skipped;
        let end = if writes_no_spaces(first) {
            self.piece(start, first, term)
        } else {
            self.word(start, term)
        };
        Some(start..end)
    }

    /// This character and the next of its kind, and where they end. The last one of a run stands alone.
    fn piece(&mut self, start: usize, first: char, term: &mut String) -> usize {
        let after = start + first.len_utf8();
        self.at = after;
        let second = self.text[after..].chars().next();
        let end = match second.filter(|it| writes_no_spaces(*it)) {
            Some(second) => after + second.len_utf8(),
            None => after,
        };
        for it in self.text[start..end].chars() {
            fold(it, term);
        }
        end
    }

    fn word(&mut self, start: usize, term: &mut String) -> usize {
        let mut end = self.text.len();
        for (offset, it) in self.text[start..].char_indices() {
            if !is_part(it) || writes_no_spaces(it) {
                end = start + offset;
                break;
            }
            if term.len() < LONGEST_TERM {
                fold(it, term);
            }
        }
        self.at = end;
        end
    }
}

fn up_to(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = (0..=bytes)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    &text[..end]
}

/// Whether a character belongs to a term: letters, digits, and marks on letters.
fn is_part(it: char) -> bool {
    it.is_alphanumeric() || is_mark(it)
}

/// Scripts that are written without spaces between words: Thai, Lao, Khmer, Burmese, Japanese,
/// Chinese.
fn writes_no_spaces(it: char) -> bool {
    matches!(u32::from(it),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x20000..=0x3FFFF)
}

/// Marks that combine with the letter before them: general, Hebrew, Arabic, of India.
fn is_mark(it: char) -> bool {
    matches!(u32::from(it),
        0x0300..=0x036F | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C7 | 0x0610..=0x061A
        | 0x064B..=0x065F | 0x0670 | 0x0900..=0x0DFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        terms(text).map(|it| it.text).collect()
    }

    #[test]
    fn words_lose_case_and_accents() {
        assert_eq!(
            texts("Crème brûlée, Straße #12!"),
            ["creme", "brulee", "strasse", "12"]
        );
        assert_eq!(texts("e\u{301}t\u{301}e"), ["ete"]);
        assert_eq!(texts("ana@example.com"), ["ana", "example", "com"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_in_twos() {
        assert_eq!(texts("返金の ok"), ["返金", "金の", "の", "ok"]);
        assert_eq!(texts("A返"), ["a", "返"]);
    }

    #[test]
    fn every_term_says_where_it_stands() {
        let text = "Ünder 返金 the\u{0}bridge \u{1f600}";
        for term in terms(text) {
            assert!(text.get(term.at.clone()).is_some_and(|it| !it.is_empty()));
        }
    }

    #[test]
    fn endless_texts_and_words_are_cut() {
        assert!(terms(&"ä ".repeat(200_000)).count() <= LONGEST_TEXT);
        assert!(texts(&"x".repeat(5_000))[0].len() <= LONGEST_TERM);
    }
}
