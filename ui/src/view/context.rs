//! The customer's pane: who it is, where else they wrote, and how the conversation stands.

mod conversation;
mod customer;
mod line;
mod others;
mod related;
mod sheet;

#[cfg(test)]
mod tests;

use super::canvas::{Canvas, Ground};
use crate::model::Model;
use crate::painted::Line;
use crate::theme::Role;
use frontdesk_inbox::{Row, Thread};
use ratatui::layout::Rect;
use sheet::Sheet;

/// Draws the pane: the most important first. A sign at its foot says that there is more.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(sheet) = shown(model, area) else {
        return;
    };
    let lines = sheet.lines();
    let most = lines.len().saturating_sub(usize::from(area.height));
    let top = model.context_top.min(most);
    for (at, line) in (0..area.height).zip(&lines[top..]) {
        canvas.line(area, at, line, Ground::Plain);
    }
    if top < most {
        let more = Line::new().with(Role::Accent, model.glyphs.below());
        canvas.line_right(area, area.height - 1, &more);
    }
}

/// How far down the pane can be scrolled.
pub(crate) fn furthest(model: &Model, area: Rect) -> usize {
    let sheet = shown(model, area);
    sheet.map_or(0, |it| {
        it.lines().len().saturating_sub(usize::from(area.height))
    })
}

/// What is to be said of the current conversation, where there is room for it.
fn shown(model: &Model, area: Rect) -> Option<Sheet> {
    if area.height == 0 {
        return None;
    }
    let id = model.current()?;
    let thread = model.threads.get(id);
    let row = model.list.find(id).or(thread.map(|thread| &thread.row))?;
    Some(sheet(model, row, thread, usize::from(area.width)))
}

fn sheet(model: &Model, row: &Row, thread: Option<&Thread>, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width, model.glyphs);
    let known = thread.and_then(|thread| thread.customer.as_ref());
    customer::write(&mut sheet, model, row, known);
    if let Some(thread) = thread {
        others::write(&mut sheet, model, thread);
    }
    related::write(&mut sheet, model, row);
    conversation::write(&mut sheet, model, row);
    let lines = known.and_then(|customer| customer.lines.as_deref());
    line::write(&mut sheet, model, row, lines.unwrap_or_default());
    if let Some(customer) = known {
        customer::write_notes(&mut sheet, customer);
    }
    sheet
}
