//! What is said of the list on the rule above it: what came in and is not shown yet, and by
//! which words it is narrowed.

use super::words;
use crate::cell;
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;
use crate::view::canvas::{Canvas, Ground};
use crate::view::layout::Layout;
use ratatui::layout::Rect;

/// Draws it at the right end of the list's rule, or over the list's first row where there is no
/// rule.
pub(in crate::view) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let line = line(model, usize::from(layout.list.width / 2));
    if line.pieces.is_empty() || layout.list.height == 0 {
        return;
    }
    let y = if layout.rule.height > 0 {
        layout.rule.y
    } else {
        layout.list.y
    };
    let width = u16::try_from(line.width()).unwrap_or(u16::MAX);
    let x = layout.list.right().saturating_sub(width.saturating_add(1));
    canvas.line(Rect::new(x, y, width, 1), 0, &line, Ground::Plain);
}

fn line(model: &Model, cells: usize) -> Line {
    let mut line = Line::new();
    let list = &model.list;
    if let Some(narrowed) = &list.narrowed {
        let words = words::safe(narrowed);
        let words = cell::cut(&words, cells, model.glyphs.cut());
        line.push(Role::Muted, " only ");
        line.push(Role::Accent, words);
        line.push(Role::Text, " ");
    }
    if !list.fresh.is_empty() {
        let sign = model.glyphs.sending();
        line.push(Role::Accent, format!(" {} new {sign} ", list.fresh.len()));
    }
    line
}
