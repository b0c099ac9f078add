//! The part of a text that shows why it was found.

use std::ops::Range;

/// How many letters are shown before the first hit, and how many in all.
const BEFORE: usize = 40;
const LENGTH: usize = 160;

/// A part of a text, on one line, and where in it the words are, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

/// Cuts a text around the first of some words. Letters are compared without case.
pub(super) fn cut(body: &str, words: &[&str]) -> Snippet {
    let line: Vec<char> = single_line(body);
    let found = marks(&line, words);
    let first = found.first().map_or(0, |mark| mark.start);
    let start = first.saturating_sub(BEFORE);
    let end = (start + LENGTH).min(line.len());
    let byte = |at: usize| line[start..at].iter().map(|letter| letter.len_utf8()).sum();
    let marks = found
        .iter()
        .filter(|mark| mark.start >= start && mark.end <= end)
        .map(|mark| byte(mark.start)..byte(mark.end))
        .collect();
    Snippet {
        text: line[start..end].iter().collect(),
        marks,
    }
}

/// Only so much of a text is looked at; a hit beyond is shown by the text's beginning.
const LOOKED_AT: usize = 20_000;

fn single_line(body: &str) -> Vec<char> {
    let plain = |letter: char| if letter.is_whitespace() { ' ' } else { letter };
    body.chars().take(LOOKED_AT).map(plain).collect()
}

/// Where the words stand, in order, at the beginnings of words of the text.
fn marks(line: &[char], words: &[&str]) -> Vec<Range<usize>> {
    let words: Vec<Vec<char>> = words.iter().map(|word| folded(word)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let begins = at == 0 || !line[at - 1].is_alphanumeric() || !line[at].is_ascii();
        let longest = words
            .iter()
            .filter(|word| begins && stands(line, at, word))
            .map(Vec::len)
            .max();
        match longest {
            Some(length) if length > 0 => {
                found.push(at..at + length);
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

fn stands(line: &[char], at: usize, word: &[char]) -> bool {
    let rest = line.get(at..at + word.len());
    rest.is_some_and(|rest| {
        rest.iter()
            .zip(word)
            .all(|(letter, wanted)| fold(*letter) == *wanted)
    })
}

fn folded(word: &str) -> Vec<char> {
    word.chars().map(fold).collect()
}

/// One letter for one letter, so that places stay the same.
fn fold(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(snippet: &Snippet) -> Vec<&str> {
        let marks = snippet.marks.iter().cloned();
        marks.map(|mark| &snippet.text[mark]).collect()
    }

    #[test]
    fn the_first_hit_is_shown_with_what_is_around_it() {
        let body = format!(
            "{}\nÄrger: where is my\nREFUND, refunds?",
            "far ".repeat(100)
        );
        let snippet = cut(&body, &["refund"]);
        assert_eq!(shown(&snippet), ["REFUND", "refund"]);
        assert!(snippet.text.contains("Ärger: where is my REFUND"));
        assert!(snippet.text.chars().count() <= LENGTH);
    }

    #[test]
    fn words_without_spaces_are_found_inside() {
        assert_eq!(shown(&cut("注文の返金をお願いします", &["返金"])), ["返金"]);
        assert_eq!(shown(&cut("prefund", &["fund"])), Vec::<&str>::new());
        assert_eq!(cut("", &["x"]).text, "");
    }
}
