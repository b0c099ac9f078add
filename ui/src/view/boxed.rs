//! The box around what lies in front. Nothing else on the screen has one.

use super::canvas::{Canvas, Ground};
use crate::cell;
use crate::glyph::Glyphs;
use crate::painted::Line;
use crate::theme::Role;
use ratatui::layout::Rect;

/// How wide a box is where there is room.
const WIDTH: u16 = 62;
/// Cells at both sides for the line and for air.
const SIDES: u16 = 2;

/// How many cells a line in a box has on a screen of this width.
pub(crate) fn inner_width(screen: Rect) -> u16 {
    outer_width(screen).saturating_sub(2 * SIDES)
}

/// The most lines a box can have inside.
pub(crate) fn most_lines(screen: Rect) -> u16 {
    screen.height.saturating_sub(2)
}

fn outer_width(screen: Rect) -> u16 {
    let beside = if screen.width > WIDTH { 0 } else { 2 };
    WIDTH.min(screen.width.saturating_sub(beside))
}

/// Where a box with so many lines inside stands: in the middle of the screen.
pub(crate) fn place(screen: Rect, lines: u16) -> Rect {
    let height = (lines.min(most_lines(screen)) + 2).min(screen.height);
    let width = outer_width(screen);
    Rect::new(
        screen.x + (screen.width - width) / 2,
        screen.y + (screen.height - height) / 2,
        width,
        height,
    )
}

/// The inside of a box.
pub(crate) fn inside(outer: Rect) -> Rect {
    Rect::new(
        outer.x + SIDES.min(outer.width),
        outer.y + outer.height.min(1),
        outer.width.saturating_sub(2 * SIDES),
        outer.height.saturating_sub(2),
    )
}

/// Draws an empty box.
pub(crate) fn draw(canvas: &mut Canvas<'_>, glyphs: Glyphs, title: &str, outer: Rect) {
    canvas.clear(outer);
    let [upper_left, upper_right, lower_left, lower_right] = glyphs.corners();
    let rule = glyphs.rule();
    let room = usize::from(outer.width.saturating_sub(6));
    let title = cell::cut(title, room, glyphs.cut());
    let rest = room.saturating_sub(cell::width(&title)) + 1;
    let top = Line::new()
        .with(Role::Rule, format!("{upper_left}{rule} "))
        .with(Role::Strong, title)
        .with(Role::Rule, format!(" {}{upper_right}", rule.repeat(rest)));
    canvas.line(outer, 0, &top, Ground::Plain);
    let last = outer.height.saturating_sub(1);
    let across = rule.repeat(usize::from(outer.width.saturating_sub(2)));
    let bottom = Line::new().with(Role::Rule, format!("{lower_left}{across}{lower_right}"));
    canvas.line(outer, last, &bottom, Ground::Plain);
    let side = Line::new().with(Role::Rule, glyphs.pane_line());
    let right = Rect {
        x: outer.right().saturating_sub(1),
        width: 1,
        ..outer
    };
    for row in 1..last {
        canvas.line(outer, row, &side, Ground::Plain);
        canvas.line(right, row, &side, Ground::Plain);
    }
}
