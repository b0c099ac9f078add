//! The text around a match, as a line shows it.

use super::query::Query;
use super::terms::terms;
use std::ops::Range;

/// How many characters stand before the first match, and how many in all.
const BEFORE: usize = 32;
const LENGTH: usize = 160;

/// Cuts the text around the first term that was looked for, on one line, with the places of the
/// terms in it.
pub(crate) fn around(text: &str, query: &Query) -> (String, Vec<Range<usize>>) {
    let mut matches = terms(text)
        .filter(|it| query.wants(&it.text))
        .map(|it| it.at);
    let first = matches.next();
    let center = first.as_ref().map_or(0, |it| it.start);
    let start = text[..center]
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .map_or(0, |(at, _)| at);
    let end = text[start..]
        .char_indices()
        .nth(LENGTH)
        .map_or(text.len(), |(at, _)| start + at);
    let inside: Vec<_> = first
        .into_iter()
        .chain(matches)
        .take_while(|it| it.end <= end)
        .collect();
    on_one_line(text, start..end, &inside)
}

/// The text in a range with its white space made single spaces, and marks moved along.
fn on_one_line(
    text: &str,
    range: Range<usize>,
    marks: &[Range<usize>],
) -> (String, Vec<Range<usize>>) {
    let mut line = String::with_capacity(range.len());
    let mut moved = Vec::with_capacity(marks.len());
    let mut at = range.start;
    for mark in marks {
        // Neighbouring terms of a script without spaces overlap.
        let start = mark.start.max(at);
        push(&mut line, &text[at..start]);
        let begin = line.len();
        push(&mut line, &text[start..mark.end]);
        moved.push(begin..line.len());
        at = mark.end;
    }
    push(&mut line, &text[at..range.end]);
    (line, moved)
}

fn push(line: &mut String, text: &str) {
    for it in text.chars() {
        if !it.is_whitespace() {
            line.push(it);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_match_is_shown_with_its_neighbours() {
        let text = "Long before.\n".repeat(40) + "Where is\n\n  my Refund, please";
        let (line, marks) = around(&text, &Query::parse("refund"));
        assert_eq!(marks.len(), 1);
        assert_eq!(&line[marks[0].clone()], "Refund");
        assert!(line.ends_with("Where is my Refund, please"), "{line}");
        assert!(line.chars().count() <= LENGTH);
    }

    #[test]
    fn a_text_without_a_match_begins_at_its_beginning() {
        assert_eq!(
            around("  Hello  you", &Query::parse("x")),
            ("Hello you".to_owned(), vec![])
        );
    }

    #[test]
    fn marks_are_in_the_text_whatever_it_is() {
        let query = Query::parse("返金の手続き");
        let (line, marks) = around("あの返金の手続き\u{200d}\u{1f600}", &query);
        assert!(!marks.is_empty());
        for mark in marks {
            assert!(line.get(mark).is_some());
        }
    }
}
