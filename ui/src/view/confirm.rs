//! A question with yes and no.

use super::canvas::{Canvas, Ground};
use super::{boxed, hints};
use crate::cell;
use crate::model::Model;
use crate::model::layer::Confirm;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use ratatui::layout::{Position, Rect};

/// The words of the answers. What stands between them belongs to neither.
fn answers(confirm: &Confirm) -> [(&'static str, &'static str); 2] {
    [("y", confirm.yes), ("n", "no")]
}

/// What is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pointed {
    Outside,
    Yes,
    No,
    Nothing,
}

/// What stands there.
pub(crate) fn at(confirm: &Confirm, screen: Rect, at: Position) -> Pointed {
    let outer = boxed::place(screen, height(&lines(confirm, screen)));
    if !outer.contains(at) {
        return Pointed::Outside;
    }
    let inside = boxed::inside(outer);
    let is_foot = inside.contains(at) && at.y + 1 == inside.bottom();
    let [yes, no] = answers(confirm).map(|answer| hints::line(&[answer]).width());
    let all = hints::line(&answers(confirm)).width();
    let column = usize::from(at.x.saturating_sub(inside.x));
    match column {
        _ if !is_foot => Pointed::Nothing,
        column if column < yes => Pointed::Yes,
        column if (all - no..all).contains(&column) => Pointed::No,
        _ => Pointed::Nothing,
    }
}

/// Draws it.
pub(crate) fn draw(model: &Model, confirm: &Confirm, canvas: &mut Canvas<'_>) {
    let screen = canvas.area();
    let lines = lines(confirm, screen);
    let question = text_safe::line(&confirm.question);
    let outer = boxed::place(screen, height(&lines));
    boxed::draw(canvas, model.glyphs, &question, outer);
    for (row, line) in (0_u16..).zip(&lines) {
        canvas.line(boxed::inside(outer), row, line, Ground::Plain);
    }
}

fn height(lines: &[Line]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

/// What is noteworthy, and the answers below it.
fn lines(confirm: &Confirm, screen: Rect) -> Vec<Line> {
    let width = usize::from(boxed::inner_width(screen));
    let most = usize::from(boxed::most_lines(screen)).saturating_sub(2);
    let mut lines: Vec<Line> = confirm
        .warnings
        .iter()
        .flat_map(|warning| {
            let warning = text_safe::line(warning).into_owned();
            // What goes on below begins where its line does.
            let words = warning.trim_start();
            let indent = " ".repeat(warning.len() - words.len());
            let room = width.saturating_sub(indent.len()).max(1);
            let pieces = cell::wrap(words, room).into_iter();
            pieces
                .map(|piece| format!("{indent}{piece}"))
                .collect::<Vec<String>>()
        })
        .map(|words| Line::new().with(Role::Text, words))
        .collect();
    lines.truncate(most);
    if !lines.is_empty() {
        lines.push(Line::new());
    }
    lines.push(hints::line(&answers(confirm)));
    lines
}
