//! Facts under headings, a line each.

use crate::cell;
use crate::glyph::Glyphs;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;

/// The column in which values stand.
const LABEL: usize = 10;

/// A pane of facts in the making.
pub(super) struct Sheet {
    width: usize,
    pub(super) glyphs: Glyphs,
    lines: Vec<Line>,
}

impl Sheet {
    pub(super) fn new(width: usize, glyphs: Glyphs) -> Self {
        Self {
            width,
            glyphs,
            lines: Vec::new(),
        }
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// How many cells a line has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Begins a part, with air above it.
    pub(super) fn heading(&mut self, words: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::new());
        }
        self.lines.push(Line::new().with(Role::Muted, words));
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Text from outside on one line. Nothing where there are no words.
    pub(super) fn words(&mut self, role: Role, text: &str) {
        let text = text_safe::line(text);
        let text = cell::cut(text.trim(), self.width, self.glyphs.cut());
        if !text.is_empty() {
            self.lines.push(Line::new().with(role, text));
        }
    }

    /// Text from outside on a few lines.
    pub(super) fn paragraph(&mut self, role: Role, text: &str, most_lines: usize) {
        let excerpt = text_safe::excerpt(text, most_lines, 400 * most_lines);
        let wrapped = excerpt
            .text
            .lines()
            .flat_map(|line| cell::wrap(line, self.width));
        for piece in wrapped.take(most_lines) {
            self.lines.push(Line::new().with(role, piece));
        }
    }

    /// A fact: what it is, and how it is.
    pub(super) fn fact(&mut self, label: &str, role: Role, value: &str) {
        let value = text_safe::line(value);
        let room = self.width.saturating_sub(LABEL);
        let value = cell::cut(value.trim(), room, self.glyphs.cut());
        self.lines.push(
            Line::new()
                .with(Role::Muted, format!("{label:LABEL$}"))
                .with(role, value),
        );
    }

    /// Short words beside each other, on as many lines as they need.
    pub(super) fn flow(&mut self, role: Role, words: impl IntoIterator<Item = String>) {
        let mut line = Line::new();
        let mut used = 0;
        for word in words {
            let word = cell::cut(&word, self.width, self.glyphs.cut()).into_owned();
            let width = cell::width(&word);
            if used > 0 && used + 2 + width > self.width {
                self.lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(Role::Text, "  ");
                used += 2;
            }
            used += width;
            line.push(role, word);
        }
        if used > 0 {
            self.lines.push(line);
        }
    }
}
