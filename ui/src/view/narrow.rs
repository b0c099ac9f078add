//! The line that narrows the view, or looks for words in the thread.

use super::canvas::{Canvas, Ground};
use super::{field, hints, layout};
use crate::model::Model;
use crate::model::field::Field;
use ratatui::layout::{Position, Rect};

/// The keys of the line that narrows the view.
pub(crate) const VIEW: [(&str, &str); 2] = [("Enter", "keep"), ("Esc", "whole view")];
/// The keys of the line that looks for words in the thread.
pub(crate) const THREAD: [(&str, &str); 3] =
    [("^n/^p", "next"), ("Enter", "keep"), ("Esc", "forget it")];

/// Draws it where notices stand, and says where its cursor is.
pub(crate) fn draw(
    model: &Model,
    narrow: &Field,
    canvas: &mut Canvas<'_>,
    keys: &[(&str, &str)],
) -> Position {
    let area = layout::of(model).notice;
    canvas.clear(area);
    let hints = hints::line(keys);
    let taken = u16::try_from(hints.plain().len()).unwrap_or(u16::MAX);
    let cells = area.width.saturating_sub(taken + 4);
    let shown = field::line(narrow, " /", usize::from(cells), model.glyphs);
    canvas.line(area, 0, &shown.line, Ground::Plain);
    let right = Rect {
        x: area.x + area.width.saturating_sub(taken + 1),
        width: taken.min(area.width),
        ..area
    };
    canvas.line(right, 0, &hints, Ground::Plain);
    shown.cursor(area, 0)
}

#[cfg(test)]
mod tests {
    use crate::testing::{desk, press, screen};

    #[test]
    fn what_is_typed_is_seen_at_every_size() {
        for (width, height) in [(40, 10), (80, 24), (160, 45)] {
            let mut model = desk(width, height);
            press(&mut model, "/ r a m a n");
            let shown = screen(&model);
            assert!(shown.contains(" / raman"), "{width}x{height}: {shown}");
        }
    }
}
