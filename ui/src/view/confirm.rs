//! A question with yes and no.

use super::canvas::{Canvas, Ground};
use super::{boxed, hints};
use crate::cell;
use crate::model::Model;
use crate::model::layer::Confirm;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;

/// Draws it.
pub(crate) fn draw(model: &Model, confirm: &Confirm, canvas: &mut Canvas<'_>) {
    let screen = canvas.area();
    let width = usize::from(boxed::inner_width(screen));
    let most = usize::from(boxed::most_lines(screen)).saturating_sub(2);
    let mut lines: Vec<Line> = confirm
        .warnings
        .iter()
        .flat_map(|warning| {
            let warning = text_safe::line(warning).into_owned();
            let pieces = cell::wrap(&warning, width).into_iter().map(str::to_owned);
            pieces.collect::<Vec<String>>()
        })
        .map(|words| Line::new().with(Role::Text, words))
        .collect();
    lines.truncate(most);
    if !lines.is_empty() {
        lines.push(Line::new());
    }
    lines.push(hints::line(&[("y", confirm.yes), ("n", "no")]));
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let question = text_safe::line(&confirm.question);
    let inside = boxed::draw(canvas, model.glyphs, &question, height);
    for (row, line) in (0_u16..).zip(&lines) {
        canvas.line(inside, row, line, Ground::Plain);
    }
}
