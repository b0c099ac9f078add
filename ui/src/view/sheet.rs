//! A text in front that is only read.

use super::canvas::{Canvas, Ground};
use super::{boxed, hints};
use crate::cell;
use crate::model::Model;
use crate::model::sheet::{Sheet, SheetLine};
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use ratatui::layout::Rect;

/// How wide it is where there is room.
const WIDTH: u16 = 100;
/// Rows at its foot: a line of air and the keys.
const FOOT: usize = 2;
/// More rows than this are not drawn.
const MOST_ROWS: usize = 4_000;

/// Draws it.
pub(crate) fn draw(model: &Model, sheet: &Sheet, canvas: &mut Canvas<'_>) {
    let screen = canvas.area();
    let rows = rows(sheet, width(screen));
    let outer = place(screen, rows.len());
    let title = text_safe::line(&sheet.title);
    boxed::draw(canvas, model.glyphs, &title, outer);
    let inside = boxed::inside(outer);
    let seen = visible(outer);
    let top = sheet.top.min(rows.len().saturating_sub(seen));
    for (at, row) in (0_u16..).zip(rows.iter().skip(top).take(seen)) {
        canvas.line(inside, at, row, Ground::Plain);
    }
    let foot = inside.height.saturating_sub(1);
    let keys = [("j/k", "scroll"), ("Esc", "close")];
    let keys = if rows.len() > seen {
        &keys[..]
    } else {
        &keys[1..]
    };
    let keys = hints::within(keys, usize::from(inside.width));
    canvas.line(inside, foot, &keys, Ground::Plain);
}

/// How far it can be scrolled on this screen.
pub(crate) fn last_top(sheet: &Sheet, screen: Rect) -> usize {
    let rows = rows(sheet, width(screen));
    rows.len()
        .saturating_sub(visible(place(screen, rows.len())))
}

/// How many rows of it are seen on this screen.
pub(crate) fn page(sheet: &Sheet, screen: Rect) -> usize {
    visible(place(screen, rows(sheet, width(screen)).len()))
}

fn outer_width(screen: Rect) -> u16 {
    WIDTH.min(screen.width.saturating_sub(4)).max(1)
}

/// How many cells a line of it has on this screen.
pub(crate) fn width(screen: Rect) -> usize {
    usize::from(outer_width(screen).saturating_sub(4)).max(1)
}

fn visible(outer: Rect) -> usize {
    usize::from(boxed::inside(outer).height)
        .saturating_sub(FOOT)
        .max(1)
}

fn place(screen: Rect, rows: usize) -> Rect {
    let wanted = u16::try_from(rows + FOOT + 2).unwrap_or(u16::MAX);
    let height = wanted.min(screen.height.saturating_sub(2)).max(1);
    let width = outer_width(screen);
    Rect::new(
        screen.x + (screen.width.saturating_sub(width)) / 2,
        screen.y + (screen.height.saturating_sub(height)) / 2,
        width,
        height.min(screen.height),
    )
}

fn rows(sheet: &Sheet, width: usize) -> Vec<Line> {
    let mut rows = Vec::new();
    for line in &sheet.lines {
        let (role, words) = match line {
            SheetLine::Heading(words) => (Role::Strong, words),
            SheetLine::Text(words) => (Role::Text, words),
            SheetLine::Muted(words) => (Role::Muted, words),
            SheetLine::Bad(words) => (Role::Danger, words),
        };
        let words = text_safe::line(words);
        let pieces = cell::wrap(&words, width);
        rows.extend(pieces.into_iter().map(|it| Line::new().with(role, it)));
        if rows.len() >= MOST_ROWS {
            let words = "The rest is not shown.";
            rows.push(Line::new().with(Role::Muted, words));
            break;
        }
    }
    rows
}
