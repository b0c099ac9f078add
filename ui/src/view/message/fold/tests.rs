//! What mail programs add, told from what people write.

use super::*;
use proptest::prelude::*;

fn shape(text: &str) -> Vec<(Kind, usize)> {
    parts(text)
        .iter()
        .map(|part| (part.kind, part.lines.len()))
        .collect()
}

use Kind::{Quoted, Signature, Words};

#[test]
fn words_alone_are_one_part() {
    assert_eq!(shape("Hello\n\nThere"), [(Words, 3)]);
    assert_eq!(shape(""), []);
    assert_eq!(shape("\n\n"), []);
}

#[test]
fn marked_quotes_are_found_wherever_they_stand() {
    assert_eq!(
        shape("Yes.\n\n> May I?\n> Or not?"),
        [(Words, 1), (Quoted, 2)]
    );
    assert_eq!(
        shape("> one\n\n> two\n\nA\n> three\nB"),
        [(Quoted, 3), (Words, 2), (Quoted, 1), (Words, 1)]
    );
}

#[test]
fn the_line_that_names_the_writer_belongs_to_the_quote() {
    let table = [
        "On Mon, 24 Nov 2025 at 14:20, Dana <d@example.org> wrote:",
        "On Mon, 24 Nov 2025 at 14:20, Dana Whitfield of Whitfield\nBrothers <d@example.org> wrote:",
        "Am 24.11.2025 um 14:20 schrieb Dana:",
        "Le lun. 24 nov. 2025 à 14:20, Dana a écrit :",
        "Dana kirjoitti 24.11.2025 kello 14.20:",
    ];
    for line in table {
        let count = line.lines().count();
        let marked = format!("Thanks\n\n{line}\n\n> Old\n> words\n\nBelow");
        assert_eq!(
            shape(&marked),
            [(Words, 1), (Quoted, count + 3), (Words, 2)],
            "{line}"
        );
        let bare = format!("Thanks\n\n{line}\n\nOld\n\nwords");
        assert_eq!(shape(&bare), [(Words, 1), (Quoted, count + 4)], "{line}");
    }
}

#[test]
fn outlook_quotes_below_a_head() {
    let head = "From: Dana <d@example.org>\nSent: Monday, 24 November 2025 14:20\nTo: Support\nSubject: Invoice";
    assert_eq!(
        shape(&format!("Done.\n\n{head}\n\nOld words")),
        [(Words, 1), (Quoted, 6)]
    );
    assert_eq!(
        shape("Done.\n-----Original Message-----\nanything"),
        [(Words, 1), (Quoted, 2)]
    );
    assert_eq!(
        shape("Done.\n________________________________\nanything"),
        [(Words, 1), (Quoted, 2)]
    );
}

#[test]
fn a_signature_ends_at_a_quote() {
    assert_eq!(
        shape("Hi\n-- \nDana\nWhitfield Ltd\n> old"),
        [(Words, 1), (Signature, 3), (Quoted, 1)]
    );
}

#[test]
fn what_only_looks_alike_is_words() {
    for text in [
        "From: me to you",
        "I wrote:",
        "On Monday we met, then she wrote to us in 2024",
        "a --> b",
        "-----",
        "----- x",
        "-- not a signature",
    ] {
        assert_eq!(shape(text), [(Words, 1)], "{text}");
    }
}

proptest! {
    #[test]
    fn no_line_with_words_is_lost(text in "([>A-Za-z0-9 :_-]{0,12}\n){0,20}") {
        let full = |lines: Vec<&str>| -> Vec<String> {
            lines.into_iter().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
        };
        let kept: Vec<&str> = parts(&text).into_iter().flat_map(|part| part.lines).collect();
        prop_assert_eq!(full(kept), full(text.lines().collect()));
    }
}
