//! What lies in front, the topmost last.

use super::canvas::Canvas;
use super::{compare, confirm, narrow, picker, sheet};
use crate::first_run;
use crate::model::Model;
use crate::model::layer::Layer;
use ratatui::layout::Position;

/// Draws it, and says where the cursor of a field in it is.
pub(crate) fn draw(model: &Model, canvas: &mut Canvas<'_>) -> Option<Position> {
    let mut cursor = None;
    for layer in &model.layers {
        cursor = match layer {
            Layer::Narrow(field) => Some(narrow::draw(model, field, canvas, &narrow::VIEW)),
            Layer::Find(field) => Some(narrow::draw(model, field, canvas, &narrow::THREAD)),
            _ => cursor,
        };
    }
    // Boxes cover each other, so only the topmost is drawn.
    match model.layers.last()? {
        Layer::Picker(front) => Some(picker::draw(model, front, canvas)),
        Layer::Confirm(confirm) => {
            confirm::draw(model, confirm, canvas);
            None
        }
        Layer::Compare(front) => {
            compare::draw(model, front, canvas);
            None
        }
        Layer::Sheet(front) => {
            sheet::draw(model, front, canvas);
            None
        }
        Layer::FirstSync(run) => {
            first_run::draw_sync(run, model, canvas);
            None
        }
        Layer::Narrow(_) | Layer::Find(_) => cursor,
    }
}
