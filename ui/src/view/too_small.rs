//! What is said where there is no room for anything else.

use super::canvas::{Canvas, Ground};
use super::hint;
use super::layout::SMALLEST;
use crate::action::Action;
use crate::cell;
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;
use ratatui::layout::Rect;

/// Says how large the window must be, and which keys work all the same.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    let times = model.glyphs.times();
    let size = |width: u16, height: u16| format!("{width} {times} {height}");
    let needed = size(SMALLEST.0, SMALLEST.1);
    let there = size(model.size.width, model.size.height);
    let keys: Vec<String> = [(Action::Back, "back"), (Action::Help, "help")]
        .into_iter()
        .filter_map(|(action, word)| Some(format!("{} {word}", hint::key(model, action)?)))
        .collect();
    let size = format!("This needs {needed}, the window is {there}.");
    let keys = format!("Keys still work: {}.", keys.join(", "));
    let area = canvas.area();
    let indent = area.width.min(2);
    let inside = Rect {
        x: area.x + indent,
        width: area.width.saturating_sub(2 * indent),
        ..area
    };
    let cells = usize::from(inside.width);
    let pieces = cell::wrap(&size, cells)
        .into_iter()
        .chain(cell::wrap(&keys, cells));
    let first = area.height.saturating_sub(3).min(1);
    for (row, piece) in (first..area.height).zip(pieces) {
        let line = Line::new().with(Role::Text, piece);
        canvas.line(inside, row, &line, Ground::Plain);
    }
}
