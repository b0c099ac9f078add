//! Where lines become cells. The only place that knows styles; everything above speaks of roles.

use crate::cell;
use crate::link::linked;
use crate::painted::Line;
use crate::theme::{Role, Theme};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget as _;
use ratatui_textarea::TextArea;
use std::num::NonZeroU16;
use unicode_segmentation::UnicodeSegmentation as _;

/// A buffer that is drawn on with roles.
pub(crate) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    links: Links,
}

/// Whether the terminal is told where words lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Told,
    Untold,
}

/// What lies under a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Plain,
    /// The row the agent is on: its whole width has the look of a selection.
    Selected,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        let area = buffer.area;
        buffer.set_style(area, theme.style(Role::Background));
        let links = Links::Untold;
        Self {
            buffer,
            theme,
            links,
        }
    }

    /// The same, with links or without.
    pub(crate) fn with_links(self, links: Links) -> Self {
        Self { links, ..self }
    }

    /// The whole of it.
    pub(crate) fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Writes a line into one row of an area, `row` counted from its top, and cuts what does
    /// not fit.
    pub(crate) fn line(&mut self, area: Rect, row: u16, line: &Line, ground: Ground) {
        let area = area.intersection(self.buffer.area);
        if row >= area.height {
            return;
        }
        let y = area.y + row;
        let under = match ground {
            Ground::Plain => Style::default(),
            Ground::Selected => self.theme.style(Role::Selection),
        };
        if ground == Ground::Selected {
            let whole = Rect::new(area.x, y, area.width, 1);
            self.buffer.set_style(whole, under);
        }
        let mut x = area.x;
        for piece in &line.pieces {
            let style = on(under, self.theme.style(piece.role));
            for grapheme in piece.text.graphemes(true) {
                let width = u16::try_from(cell::width(grapheme)).unwrap_or(u16::MAX);
                if width == 0 {
                    continue;
                }
                if x.saturating_add(width) > area.right() {
                    return;
                }
                self.put(x, y, grapheme, width, style);
                if let Some(link) = piece.link.as_ref().filter(|_| self.links == Links::Told) {
                    self.lead(x, y, grapheme, width, link);
                }
                x += width;
            }
        }
    }

    /// Writes a line so that it ends where the area ends.
    pub(crate) fn line_right(&mut self, area: Rect, row: u16, line: &Line) {
        let width = u16::try_from(line.width()).unwrap_or(u16::MAX);
        let from = area.right().saturating_sub(width).max(area.x);
        let rest = Rect::new(from, area.y, area.right() - from, area.height);
        self.line(rest, row, line, Ground::Plain);
    }

    /// Fills an area of one column with one sign.
    pub(crate) fn column(&mut self, area: Rect, role: Role, sign: &'static str) {
        let style = self.theme.style(role);
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.put(area.x, y, sign, 1, style);
        }
    }

    /// Fills a row of an area with one sign.
    pub(crate) fn rule(&mut self, area: Rect, row: u16, role: Role, sign: &str) {
        let style = self.theme.style(role);
        let area = area.intersection(self.buffer.area);
        if row >= area.height {
            return;
        }
        for x in area.left()..area.right() {
            self.put(x, area.y + row, sign, 1, style);
        }
    }

    /// Draws a text that is being written.
    pub(crate) fn text_area(&mut self, area: Rect, text: &TextArea<'_>) {
        let area = area.intersection(self.buffer.area);
        self.buffer.set_style(area, self.theme.style(Role::Text));
        text.render(area, self.buffer);
    }

    /// Takes away what was drawn in an area, for something that lies in front.
    pub(crate) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
        let under = self.theme.style(Role::Background);
        self.buffer
            .set_style(area, under.patch(self.theme.style(Role::Text)));
    }

    /// Lets a cell lead somewhere. What is written then is longer than what is seen.
    fn lead(&mut self, x: u16, y: u16, grapheme: &str, width: u16, link: &str) {
        let Some(width) = NonZeroU16::new(width) else {
            return;
        };
        self.buffer[(x, y)]
            .set_symbol(&linked(grapheme, link))
            .set_diff_option(CellDiffOption::ForcedWidth(width));
    }

    fn put(&mut self, x: u16, y: u16, grapheme: &str, width: u16, style: Style) {
        self.buffer[(x, y)]
            .set_symbol(grapheme)
            .set_style(style)
            .set_diff_option(CellDiffOption::None);
        // The second half of a wide letter is empty, so that nothing is drawn into it.
        for beside in 1..width {
            self.buffer[(x + beside, y)]
                .set_symbol(" ")
                .set_style(style);
        }
    }
}

/// How a role looks on a ground. A ground that turns fore- and background around does so for the
/// whole row: turned colours beside each other would be a patchwork, and some unreadable.
fn on(ground: Style, role: Style) -> Style {
    if !ground.add_modifier.contains(Modifier::REVERSED) {
        return role.patch(ground);
    }
    let weight = role.add_modifier & Modifier::BOLD;
    ground.add_modifier(weight)
}
