//! The list of conversations: only the rows that are on the screen, in fixed columns.

mod cells;
mod columns;
pub(super) mod news;
mod rows;
mod when;
mod words;

use super::canvas::Canvas;
use super::layout::Layout;
use super::{empty, highlight};
use crate::model::Model;
use crate::model::list::List;
use columns::Columns;
use frontdesk_inbox::kept::Counted;
use ratatui::layout::Rect;
use std::ops::RangeInclusive;

pub(super) use when::wakes;

/// Draws the list.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let area = layout.list;
    if area.height == 0 {
        return;
    }
    if model.list.rows.is_empty() {
        return empty::draw(model, canvas, area);
    }
    let height = layout.row_height(model);
    let pen = rows::Pen {
        model,
        columns: Columns::of(
            area.width,
            height,
            model.list.view,
            model.columns(model.list.view),
        ),
        needles: highlight::needles(model.list.narrowed.as_deref()),
        first: first(model, layout),
        range: range(&model.list),
    };
    let shown = model
        .list
        .rows
        .iter()
        .enumerate()
        .skip(first(model, layout));
    for (line, (at, row)) in shown.take(layout.list_rows(model)).enumerate() {
        let line = u16::try_from(line)
            .unwrap_or(u16::MAX)
            .saturating_mul(height);
        let rest = area.height.saturating_sub(line);
        let place = Rect::new(area.x, area.y + line, area.width, height.min(rest));
        pen.draw(canvas, place, row, at);
    }
}

/// The place of the first row on the screen: where the model has it, or further down where a
/// notice would lie over the cursor.
pub(crate) fn first(model: &Model, layout: &Layout) -> usize {
    let visible = layout.list_rows(model);
    let lowest = model
        .list
        .at()
        .map_or(0, |at| (at + 1).saturating_sub(visible));
    model.list.top.max(lowest)
}

/// The places from where a range began to the cursor.
fn range(list: &List) -> Option<RangeInclusive<usize>> {
    let began = list.range_from?;
    let from = list.rows.iter().position(|row| row.id() == began)?;
    let to = list.at()?;
    Some(from.min(to)..=from.max(to))
}

/// Where the cursor stands among all there are: `1/57`.
pub(super) fn position(model: &Model) -> String {
    let list = &model.list;
    let is_whole = !list.has_before && !list.has_after;
    let total = match list.narrowed {
        _ if is_whole => Some(list.rows.len()),
        Some(_) => None,
        None => {
            let counted = model.count(list.view).map_or(0, Counted::number);
            Some(counted.max(list.rows.len()))
        }
    };
    let at = list.at().zip(list.rank).map(|(at, rank)| at + rank + 1);
    match (at, total) {
        (Some(at), Some(total)) => format!("{at}/{total}"),
        (Some(at), None) => format!("{at}/{}+", list.rows.len()),
        (None, Some(total)) if list.selected.is_some() => format!("?/{total}"),
        _ => String::new(),
    }
}
