//! Words with the roles they play. Colours come in only at the very end, from a theme.

use crate::cell;
use crate::theme::{Role, Theme};
use std::fmt::Write as _;
use std::sync::Arc;

/// A piece of a line and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub role: Role,
    pub text: String,
    /// Where it leads, for terminals that know links.
    pub link: Option<Arc<str>>,
}

/// A line in pieces. The words in it are safe already: whoever adds text from outside passes
/// it through [`crate::text_safe`] first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
}

impl Line {
    /// A line with nothing on it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds words.
    #[must_use]
    pub fn with(mut self, role: Role, text: impl Into<String>) -> Self {
        self.push(role, text);
        self
    }

    /// Adds words.
    pub fn push(&mut self, role: Role, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            let link = None;
            self.pieces.push(Piece { role, text, link });
        }
    }

    /// Adds words that lead somewhere.
    pub fn push_link(&mut self, role: Role, text: impl Into<String>, link: &Arc<str>) {
        self.pieces.push(Piece {
            role,
            text: text.into(),
            link: Some(Arc::clone(link)),
        });
    }

    /// How many cells it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces
            .iter()
            .map(|piece| cell::width(&piece.text))
            .sum()
    }

    /// Adds the words of another line.
    pub fn append(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    /// The line in at most `cells`; what was cut is shown by `mark`, which takes one cell.
    #[must_use]
    pub fn cut(self, cells: usize, mark: &str) -> Self {
        if self.width() <= cells {
            return self;
        }
        let mut left = cells.saturating_sub(1);
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for mut piece in self.pieces {
            let width = cell::width(&piece.text);
            if width <= left {
                left -= width;
                pieces.push(piece);
                continue;
            }
            let end = cell::start(&piece.text, left).trim_end().len();
            piece.text.truncate(end);
            if cells > 0 {
                piece.text.push_str(mark);
            }
            pieces.push(piece);
            break;
        }
        Self { pieces }
    }

    /// The words alone, without air at the end.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text: String = self
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        text.truncate(text.trim_end().len());
        text
    }

    /// The words with the colours of a theme, as a terminal takes them.
    #[must_use]
    pub fn to_ansi(&self, theme: &Theme) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            let codes = theme.sgr(piece.role);
            if codes.is_empty() || piece.text.trim().is_empty() {
                out.push_str(&piece.text);
            } else {
                // Writing to a String cannot fail.
                let _ = write!(out, "\u{1b}[{codes}m{}\u{1b}[0m", piece.text);
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_says_so() {
        let line = || {
            Line::new()
                .with(Role::Ok, "= ")
                .with(Role::Text, "Tue 25 Nov")
                .with(Role::Muted, "  in 2 h")
        };
        assert_eq!(line().cut(20, "…"), line());
        assert_eq!(line().cut(19, "…").plain(), "= Tue 25 Nov  in 2…");
        assert_eq!(line().cut(12, "…").plain(), "= Tue 25 No…");
        assert_eq!(line().cut(13, "…").plain(), "= Tue 25 Nov…");
        assert_eq!(line().cut(1, "…").plain(), "…");
        assert_eq!(line().cut(0, "…").plain(), "");
    }
}
