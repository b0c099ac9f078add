//! Cuts what was typed into words, phrases and operators with their values.

use super::Sign;
use std::ops::Range;

/// A piece of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) sign: Sign,
    /// What stands before the first colon, if something does.
    pub(super) operator: Option<&'a str>,
    /// What stands after it.
    pub(super) value: &'a str,
    /// All of it, without quotes around it.
    pub(super) whole: &'a str,
    /// Where it stands in what was typed.
    pub(super) at: Range<usize>,
    quotes: Quotes,
}

/// Whether quotes stand around a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    /// The closing one is not typed yet.
    Opened,
    Closed,
}

impl Token<'_> {
    /// Whether the end of this could be the beginning of a longer word.
    pub(super) fn may_go_on(&self) -> bool {
        self.quotes != Quotes::Closed
    }
}

/// The first pieces of a text.
pub(super) fn split(text: &str, most: usize) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && tokens.len() < most {
        let start = text.len() - rest.len();
        let (token, after) = next(rest);
        let at = start..text.len() - after.len();
        tokens.push(Token { at, ..token });
        rest = after.trim_start();
    }
    tokens
}

fn next(text: &str) -> (Token<'_>, &str) {
    let (sign, text) = match text.strip_prefix('-') {
        Some(after) => (Sign::Without, after),
        None => (Sign::With, text),
    };
    if let Some(inside) = text.strip_prefix('"') {
        let (phrase, after, quotes) = to_quote(inside);
        let token = Token {
            sign,
            operator: None,
            value: phrase,
            whole: phrase,
            at: 0..0,
            quotes,
        };
        return (token, after);
    }
    let word_end = text.find(char::is_whitespace).unwrap_or(text.len());
    let colon = text[..word_end].find(':').filter(|at| *at > 0);
    let Some(colon) = colon else {
        let (word, after) = text.split_at(word_end);
        let token = Token {
            sign,
            operator: None,
            value: word,
            whole: word,
            at: 0..0,
            quotes: Quotes::None,
        };
        return (token, after);
    };
    let (operator, value) = (&text[..colon], &text[colon + 1..]);
    let (value, after, quotes) = match value.strip_prefix('"') {
        Some(inside) => to_quote(inside),
        None => {
            let (value, after) = value.split_at(word_end - colon - 1);
            (value, after, Quotes::None)
        }
    };
    let token = Token {
        sign,
        operator: Some(operator),
        value,
        whole: &text[..text.len() - after.len()],
        at: 0..0,
        quotes,
    };
    (token, after)
}

/// What comes before the closing quote, or all when there is none, and what comes after it.
fn to_quote(text: &str) -> (&str, &str, Quotes) {
    match text.split_once('"') {
        Some((inside, after)) => (inside, after, Quotes::Closed),
        None => (text, "", Quotes::Opened),
    }
}
