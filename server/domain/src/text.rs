//! Cleaning of text that somebody sent, once, when it comes in. What is stored for display has
//! no control that could move a cursor, reorder a line or hide words; the text as it came is
//! kept beside it. Screens clean again at their own exit; this does not replace that.

mod class;

use class::Class;

/// The most bytes a message keeps for display. What is longer is cut there and stays whole in
/// the original.
pub const LONGEST_BODY: usize = 256 * 1024;

/// The most bytes a name, a subject or another single line keeps for display.
pub const LONGEST_LINE: usize = 1_000;

/// How many marks may stand over one letter. Vietnamese and pointed Hebrew need three or four;
/// floods that run over neighbouring lines need dozens.
const MOST_MARKS: usize = 8;

/// A text made safe to display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    pub text: String,
    /// The text as it came in, where cleaning changed it.
    pub original: Option<String>,
}

/// Cleans the body of a message: lines and tabs stay, other controls become visible or go.
#[must_use]
pub fn clean_body(text: &str) -> Cleaned {
    clean(text, LONGEST_BODY, Breaks::Kept)
}

/// Cleans a name, a subject or a file name: as a body, on one line, without space around it.
#[must_use]
pub fn clean_line(text: &str) -> Cleaned {
    let cleaned = clean(text, LONGEST_LINE, Breaks::AsSpace);
    let trimmed = cleaned.text.trim();
    if trimmed.len() == cleaned.text.len() {
        return cleaned;
    }
    Cleaned {
        text: trimmed.to_owned(),
        original: Some(storable(text)),
    }
}

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy)]
enum Breaks {
    Kept,
    AsSpace,
}

fn clean(text: &str, longest: usize, breaks: Breaks) -> Cleaned {
    let mut out = Shown::new(longest, breaks);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // The two characters of a Windows line end are one break.
        if c == '\r' && rest.peek() == Some(&'\n') {
            continue;
        }
        if out.take(c).is_err() {
            break;
        }
    }
    let original = (out.text != text).then(|| storable(text));
    Cleaned {
        text: out.text,
        original,
    }
}

/// PostgreSQL's text knows no NUL, so even the original shows it as its picture.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

/// The text has reached its greatest length.
struct Full;

/// The text as it grows.
struct Shown {
    text: String,
    longest: usize,
    breaks: Breaks,
    marks: usize,
    last: Option<char>,
}

impl Shown {
    fn new(longest: usize, breaks: Breaks) -> Self {
        Self {
            text: String::new(),
            longest,
            breaks,
            marks: 0,
            last: None,
        }
    }

    fn take(&mut self, c: char) -> Result<(), Full> {
        match class::of(c) {
            Class::Plain => {
                self.marks = 0;
                self.push(c)
            }
            Class::Break => match self.breaks {
                Breaks::Kept => self.push('\n'),
                Breaks::AsSpace => self.push(' '),
            },
            Class::Tab => match self.breaks {
                Breaks::Kept => self.push('\t'),
                Breaks::AsSpace => self.push(' '),
            },
            Class::Mark if self.marks >= MOST_MARKS => Ok(()),
            Class::Mark => {
                self.marks += 1;
                self.push(c)
            }
            Class::Variant if self.last.is_some_and(class::has_variants) => self.push(c),
            Class::Variant | Class::Hidden => Ok(()),
            Class::Pictured(picture) => {
                self.marks = 0;
                self.push(picture)
            }
            Class::Named(name) => self.push_name(name),
        }
    }

    fn push(&mut self, c: char) -> Result<(), Full> {
        if self.text.len() + c.len_utf8() > self.longest {
            return Err(Full);
        }
        self.text.push(c);
        self.last = Some(c);
        Ok(())
    }

    fn push_name(&mut self, name: &str) -> Result<(), Full> {
        self.marks = 0;
        name.chars().try_for_each(|c| self.push(c))
    }
}

#[cfg(test)]
mod tests;
