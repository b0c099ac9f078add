//! The room below the steps, written from top to bottom.

use crate::cell;
use crate::glyph::Glyphs;
use crate::model::field::Field;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::view::canvas::{Canvas, Ground};
use crate::view::field;
use ratatui::layout::{Position, Rect};

/// From this height on there is air between parts.
const AIRY: u16 = 9;
/// The column of labels.
const LABELS: u16 = 10;
/// How long a line of words is where there is room, so that it reads well.
const WORDS: usize = 72;

/// Whether a field is the one that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cursor {
    Here,
    Elsewhere,
}

/// The room, and how much of it is written.
pub(super) struct Body<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    area: Rect,
    glyphs: Glyphs,
    row: u16,
    /// Where the cursor of the field that is typed into is.
    pub(super) cursor: Option<Position>,
}

impl<'a, 'b> Body<'a, 'b> {
    pub(super) fn new(canvas: &'a mut Canvas<'b>, area: Rect, glyphs: Glyphs) -> Self {
        Self {
            canvas,
            area,
            glyphs,
            row: 0,
            cursor: None,
        }
    }

    pub(super) fn width(&self) -> usize {
        usize::from(self.area.width)
    }

    /// A line as it is. What has no room is left out.
    pub(super) fn line(&mut self, line: &Line) {
        self.canvas.line(self.area, self.row, line, Ground::Plain);
        self.row = self.row.saturating_add(1);
    }

    /// Words on as many lines as they need.
    pub(super) fn words(&mut self, role: Role, text: &str) {
        let text = text_safe::line(text).into_owned();
        for piece in cell::wrap(&text, self.width().min(WORDS)) {
            self.line(&Line::new().with(role, piece));
        }
    }

    /// A free line, where there is room for air.
    pub(super) fn gap(&mut self) {
        if self.area.height >= AIRY {
            self.row = self.row.saturating_add(1);
        }
    }

    /// A field with its label, and the cursor when it is typed into.
    pub(super) fn field(&mut self, label: &str, field: &Field, is: Cursor) {
        let role = match is {
            Cursor::Here => Role::Strong,
            Cursor::Elsewhere => Role::Muted,
        };
        let row = self.row;
        self.line(&Line::new().with(role, label));
        let area = Rect {
            x: self.area.x + LABELS.min(self.area.width),
            width: self.area.width.saturating_sub(LABELS),
            ..self.area
        };
        let cells = usize::from(area.width);
        let shown = field::line(field, ">", cells, self.glyphs);
        self.canvas.line(area, row, &shown.line, Ground::Plain);
        if is == Cursor::Here && row < area.height {
            self.cursor = Some(shown.cursor(area, row));
        }
    }
}
