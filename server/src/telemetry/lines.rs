//! Keeps every event of the log on one line of its own, whatever is in its fields: control
//! characters, line separators and what turns text around are written as escapes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use tracing::Metadata;
use tracing_subscriber::fmt::MakeWriter;

/// Writers that keep events on their lines.
pub(super) struct Lines<W>(pub(super) W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Lines<W> {
    type Writer = Line<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Line(self.0.make_writer())
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Self::Writer {
        Line(self.0.make_writer_for(meta))
    }
}

/// Writes one event, which comes as a whole.
pub(super) struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let mut safe = escape(line).into_owned();
        safe.push('\n');
        self.0.write_all(safe.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether a character may end a line, move a cursor or reorder text.
fn acts(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
        )
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(line: &str) -> Cow<'_, str> {
    if !line.contains(acts) {
        return Cow::Borrowed(line);
    }
    let mut safe = String::with_capacity(line.len() + 16);
    for letter in line.chars() {
        if acts(letter) {
            // The form that JSON has for it, so that a JSON line stays one.
            write!(safe, "\\u{:04x}", u32::from(letter)).expect("a text takes everything");
        } else {
            safe.push(letter);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_escaped_and_what_reads_is_not() {
        assert_eq!(escape("grüße 漢字 \\n"), "grüße 漢字 \\n");
        assert_eq!(
            escape("a\nb\r\u{1b}[31mc\u{9b}d"),
            "a\\u000ab\\u000d\\u001b[31mc\\u009bd"
        );
        assert_eq!(escape("x\u{202e}y\u{2028}z"), "x\\u202ey\\u2028z");
    }
}
