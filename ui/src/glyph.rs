//! The few signs beside words, with letters for terminals that have nothing better. Each takes
//! one cell in both sets.

use frontdesk_protocol::kind::Source;
use std::borrow::Cow;

/// Which set of signs is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    #[default]
    Unicode,
    Ascii,
}

impl Glyphs {
    const fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }

    /// A text between quotation marks.
    #[must_use]
    pub fn quoted(self, text: &str) -> String {
        match self {
            Self::Unicode => format!("“{text}”"),
            Self::Ascii => format!("\"{text}\""),
        }
    }

    /// Words of our own with the signs that are drawn. What somebody else wrote is not put through this: it
    /// stays as it is.
    #[must_use]
    pub fn words(self, words: &str) -> Cow<'_, str> {
        if self == Self::Unicode || words.is_ascii() {
            return Cow::Borrowed(words);
        }
        let plain = |sign: char| match sign {
            '“' | '”' => "\"".to_owned(),
            '…' => self.more_follows().to_owned(),
            other => other.to_string(),
        };
        Cow::Owned(words.chars().map(plain).collect())
    }

    /// It asks something first, goes on, or is not over; three cells where there is no sign for it.
    #[must_use]
    pub const fn more_follows(self) -> &'static str {
        self.pick("…", "...")
    }

    /// The row the agent is on.
    #[must_use]
    pub const fn bar(self) -> &'static str {
        self.pick("▌", ">")
    }

    /// A row that was picked out, to act on several at once.
    #[must_use]
    pub const fn picked(self) -> &'static str {
        self.pick("◆", "x")
    }

    /// Nobody has read it yet.
    #[must_use]
    pub const fn unread(self) -> &'static str {
        self.pick("●", "*")
    }

    /// A colleague is looking at it.
    #[must_use]
    pub const fn viewed(self) -> &'static str {
        self.pick("◌", "o")
    }

    /// It is on its way.
    #[must_use]
    pub const fn sending(self) -> &'static str {
        self.pick("↑", "^")
    }

    /// It did not work.
    #[must_use]
    pub const fn failed(self) -> &'static str {
        "!"
    }

    /// It waits for the agent's decision.
    #[must_use]
    pub const fn held(self) -> &'static str {
        "?"
    }

    /// It is closed.
    #[must_use]
    pub const fn done(self) -> &'static str {
        self.pick("✓", "x")
    }

    /// It sleeps until later.
    #[must_use]
    pub const fn snoozed(self) -> &'static str {
        "z"
    }

    /// An AI's draft.
    #[must_use]
    pub const fn draft(self) -> &'static str {
        self.pick("✦", "A")
    }

    /// Connected.
    #[must_use]
    pub const fn live(self) -> &'static str {
        self.pick("●", "*")
    }

    /// Not connected.
    #[must_use]
    pub const fn offline(self) -> &'static str {
        self.pick("○", "o")
    }

    /// The way back.
    #[must_use]
    pub const fn back(self) -> &'static str {
        self.pick("‹", "<")
    }

    /// An attachment, or more of something.
    #[must_use]
    pub const fn more(self) -> &'static str {
        self.pick("▸", "+")
    }

    /// Something was cut here.
    #[must_use]
    pub const fn cut(self) -> &'static str {
        self.pick("…", "~")
    }

    /// Between a title and what follows it, and where there is nothing.
    #[must_use]
    pub const fn dash(self) -> &'static str {
        self.pick("—", "-")
    }

    /// Between facts on one line.
    #[must_use]
    pub const fn dot(self) -> &'static str {
        self.pick("·", "-")
    }

    /// Between two numbers that are multiplied.
    #[must_use]
    pub const fn times(self) -> &'static str {
        self.pick("×", "x")
    }

    /// What hangs on the row above.
    #[must_use]
    pub const fn branch(self) -> &'static str {
        self.pick("└", "`")
    }

    /// A line across.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// A line across that only divides what was said.
    #[must_use]
    pub const fn dashes(self) -> &'static str {
        self.pick("┄", "-")
    }

    /// Something further down.
    #[must_use]
    pub const fn below(self) -> &'static str {
        self.pick("↓", "v")
    }

    /// The part of a line across that says where you are.
    #[must_use]
    pub const fn heavy_rule(self) -> &'static str {
        self.pick("━", "=")
    }

    /// A line between two panes.
    #[must_use]
    pub const fn pane_line(self) -> &'static str {
        self.pick("│", "|")
    }

    /// The corners of a box in front: upper left and right, lower left and right.
    #[must_use]
    pub const fn corners(self) -> [&'static str; 4] {
        match self {
            Self::Unicode => ["╭", "╮", "╰", "╯"],
            Self::Ascii => ["+"; 4],
        }
    }

    /// The rail beside what an agent wrote. Text cannot enter it.
    #[must_use]
    pub const fn rail(self) -> &'static str {
        self.pick("▏", "|")
    }

    /// The rail beside what only agents see.
    #[must_use]
    pub const fn note_rail(self) -> &'static str {
        self.pick("┊", ":")
    }

    /// The rail beside what an AI proposes.
    #[must_use]
    pub const fn draft_rail(self) -> &'static str {
        self.pick("┊", ":")
    }

    /// The Enter key, the one word among the signs.
    #[must_use]
    pub const fn enter(self) -> &'static str {
        self.pick("⏎", "RET")
    }

    /// The sign of a channel; ASCII in both sets.
    #[must_use]
    pub const fn channel(self, source: Source) -> &'static str {
        match source {
            Source::Email => "@",
            Source::Slack | Source::Mattermost => "#",
            Source::Chat => "~",
            Source::Sms => "+",
            Source::Whatsapp => "w",
            Source::Telegram => "t",
            Source::Api | Source::Custom | Source::Sandbox => "^",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell;

    #[test]
    fn words_of_our_own_are_plain_where_signs_are() {
        let words = "snooze… I do not understand “soon”.";
        assert_eq!(Glyphs::Unicode.words(words), words);
        let plain = "snooze... I do not understand \"soon\".";
        assert_eq!(Glyphs::Ascii.words(words), plain);
        assert_eq!(Glyphs::Unicode.quoted("soon"), "“soon”");
        assert_eq!(Glyphs::Ascii.quoted("“soon”"), "\"“soon”\"");
    }

    #[test]
    fn every_sign_takes_one_cell() {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let mut all = vec![
                glyphs.bar(),
                glyphs.picked(),
                glyphs.unread(),
                glyphs.viewed(),
                glyphs.sending(),
                glyphs.failed(),
                glyphs.held(),
                glyphs.done(),
                glyphs.snoozed(),
                glyphs.draft(),
                glyphs.live(),
                glyphs.offline(),
                glyphs.back(),
                glyphs.more(),
                glyphs.cut(),
                glyphs.dash(),
                glyphs.dot(),
                glyphs.times(),
                glyphs.rule(),
                glyphs.dashes(),
                glyphs.below(),
                glyphs.heavy_rule(),
                glyphs.pane_line(),
                glyphs.rail(),
                glyphs.note_rail(),
                glyphs.draft_rail(),
            ];
            all.extend(glyphs.corners());
            all.extend(Source::ALL.iter().map(|source| glyphs.channel(*source)));
            for glyph in all {
                assert_eq!(cell::width(glyph), 1, "{glyph}");
                assert!(glyphs == Glyphs::Unicode || glyph.is_ascii());
            }
        }
    }
}
