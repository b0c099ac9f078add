//! The last step before any output: text that came from somebody else loses its power over the
//! terminal and over the reader.
//!
//! What acts on a terminal becomes a visible mark, what turns text around is named, what has no
//! look of its own goes, and no letter carries more marks than an honest language needs. The
//! server cleans what comes in; this is done again here because a terminal must not depend on
//! who sent, stored or relayed a text.

mod class;
mod writer;

#[cfg(test)]
mod tests;

use class::Class;
use std::borrow::Cow;
use std::fmt::Write as _;
use writer::{Breaks, Writer};

/// The text as one line: line breaks and tabs are spaces.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::AsSpace)
}

/// The text with its lines; tabs are spaces.
#[must_use]
pub fn block(text: &str) -> Cow<'_, str> {
    clean(text, Breaks::Kept)
}

/// A text that was cut to a number of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The safe text.
    pub text: String,
    /// How many lines were left out.
    pub lines_left_out: usize,
}

/// The first lines of a text, safe, and how many more there are.
#[must_use]
pub fn excerpt(text: &str, most_lines: usize, most_bytes: usize) -> Excerpt {
    let end = floor_boundary(text, most_bytes);
    let (head, tail) = text.split_at(end);
    let shown = block(head);
    let mut lines = shown.lines();
    let kept: Vec<&str> = lines.by_ref().take(most_lines).collect();
    let beyond = lines.count() + tail.lines().count();
    Excerpt {
        text: kept.join("\n"),
        lines_left_out: beyond,
    }
}

/// JSON that may be written to a terminal: every character that could act is escaped, so that
/// the value stays exactly the same for whoever parses it.
#[must_use]
pub fn json(json: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || matches!(class::of(c), Class::Plain | Class::Mark);
    if json.chars().all(harmless) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if harmless(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    Cow::Owned(out)
}

fn clean(text: &str, breaks: Breaks) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Cow::Borrowed(text);
    }
    let mut out = Writer::new(text.len(), breaks);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // The two characters of a Windows line end are one break.
        if c == '\r' && rest.peek() == Some(&'\n') {
            continue;
        }
        out.take(c);
    }
    Cow::Owned(out.text)
}

/// The last place at or before `index` where the text may be cut.
fn floor_boundary(text: &str, index: usize) -> usize {
    if index >= text.len() {
        return text.len();
    }
    (0..=index)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
