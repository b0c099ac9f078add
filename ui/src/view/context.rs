//! The customer's pane: who it is, where else they wrote, and how the conversation stands.

mod conversation;
mod customer;
mod others;
mod sheet;

#[cfg(test)]
mod tests;

use super::canvas::{Canvas, Ground};
use crate::model::Model;
use frontdesk_inbox::{Row, Thread};
use ratatui::layout::Rect;
use sheet::Sheet;

/// Draws the pane: the most important first, and what does not fit is left out.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let Some(id) = model.shown() else {
        return;
    };
    let thread = model.threads.get(id);
    let Some(row) = model.list.find(id).or(thread.map(|thread| &thread.row)) else {
        return;
    };
    let sheet = sheet(model, row, thread, usize::from(area.width));
    for (at, line) in (0..area.height).zip(sheet.lines()) {
        canvas.line(area, at, line, Ground::Plain);
    }
}

fn sheet(model: &Model, row: &Row, thread: Option<&Thread>, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width, model.glyphs);
    let known = thread.and_then(|thread| thread.customer.as_ref());
    customer::write(&mut sheet, model, row, known);
    if let Some(thread) = thread {
        others::write(&mut sheet, model, thread);
    }
    conversation::write(&mut sheet, model, row);
    if let Some(customer) = known {
        customer::write_notes(&mut sheet, customer);
    }
    sheet
}
