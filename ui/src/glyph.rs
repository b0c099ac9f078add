//! The few signs beside words, with letters for terminals that have nothing better. Each takes
//! one cell in both sets.

use frontdesk_protocol::kind::Source;

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

    /// Nobody has read it yet.
    #[must_use]
    pub const fn unread(self) -> &'static str {
        self.pick("●", "*")
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

    /// Something was cut here.
    #[must_use]
    pub const fn cut(self) -> &'static str {
        self.pick("…", "~")
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

    /// The sign of a channel; ASCII in both sets.
    #[must_use]
    pub const fn channel(self, source: Source) -> &'static str {
        match source {
            Source::Email => "@",
            Source::Slack | Source::Mattermost => "#",
            Source::Chat => "~",
            Source::Sms => "+",
            Source::Api | Source::Sandbox => "^",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell;

    #[test]
    fn every_sign_takes_one_cell() {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let mut all = vec![
                glyphs.unread(),
                glyphs.done(),
                glyphs.snoozed(),
                glyphs.cut(),
                glyphs.rail(),
                glyphs.note_rail(),
            ];
            all.extend(Source::ALL.iter().map(|source| glyphs.channel(*source)));
            for glyph in all {
                assert_eq!(cell::width(glyph), 1, "{glyph}");
                assert!(glyphs == Glyphs::Unicode || glyph.is_ascii());
            }
        }
    }
}
