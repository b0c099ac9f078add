//! Writes safe text, character by character.

use super::class::{self, Class};

/// How many marks may follow one letter. Pointed Hebrew and Vietnamese need three or four;
/// floods that run over neighbouring lines need dozens.
const MOST_MARKS: usize = 4;

/// How many pictures may be joined into one: a family of four with skin tones has three joins.
const MOST_JOINS: usize = 4;

const TAB: &str = "    ";

/// What becomes of line breaks and tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    Kept,
    AsSpace,
}

/// Safe text in the making.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) text: String,
    breaks: Breaks,
    /// The last letter.
    last: Option<char>,
    /// Since the last letter.
    marks: usize,
    /// A joiner whose other side is not there yet.
    pending: Option<char>,
    /// In the run of joined letters.
    joins: usize,
}

impl Writer {
    pub(super) fn new(capacity: usize, breaks: Breaks) -> Self {
        Self {
            text: String::with_capacity(capacity),
            breaks,
            last: None,
            marks: 0,
            pending: None,
            joins: 0,
        }
    }

    pub(super) fn take(&mut self, c: char) {
        match class::of(c) {
            Class::Plain => self.letter(c),
            Class::Mark => self.mark(c),
            Class::Joiner => self.pending = self.pending.or(Some(c)),
            Class::Hidden => {}
            Class::Break => self.gap("\n", " "),
            Class::Tab => self.gap(TAB, " "),
            Class::Pictured(picture) => self.letter(picture),
            Class::Named(name) => {
                self.text.push_str(name);
                self.forget();
            }
        }
    }

    fn letter(&mut self, c: char) {
        if !self.join(c) {
            self.joins = 0;
        }
        self.text.push(c);
        self.marks = 0;
        self.last = Some(c);
    }

    fn mark(&mut self, c: char) {
        // A mark without a letter would sit on what stands before the text.
        if self.last.is_some() && self.marks < MOST_MARKS {
            self.join(c);
            self.text.push(c);
            self.marks += 1;
        }
    }

    /// Writes the joiner that waits, if it has a use between the last letter and this one.
    fn join(&mut self, next: char) -> bool {
        let (Some(joiner), Some(last)) = (self.pending.take(), self.last) else {
            return false;
        };
        let shapes = class::is_shaped(last) || class::is_shaped(next);
        let joins = joiner == '\u{200d}' && class::is_emoji(last) && class::is_emoji(next);
        if !(shapes || joins) || self.joins >= MOST_JOINS {
            return false;
        }
        self.text.push(joiner);
        self.joins += 1;
        true
    }

    fn gap(&mut self, kept: &str, on_one_line: &str) {
        let gap = match self.breaks {
            Breaks::Kept => kept,
            Breaks::AsSpace => on_one_line,
        };
        self.text.push_str(gap);
        self.forget();
    }

    fn forget(&mut self) {
        self.last = None;
        self.marks = 0;
        self.pending = None;
        self.joins = 0;
    }
}
