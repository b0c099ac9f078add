//! What lies in front, the topmost last.

use super::canvas::Canvas;
use super::{confirm, narrow, picker};
use crate::model::Model;
use crate::model::layer::Layer;

/// Draws it.
pub(crate) fn draw(model: &Model, canvas: &mut Canvas<'_>) {
    for layer in &model.layers {
        match layer {
            Layer::Narrow(field) => narrow::draw(model, field, canvas),
            Layer::Picker(_) | Layer::Confirm(_) => {}
        }
    }
    // Boxes cover each other, so only the topmost is drawn.
    match model.layers.last() {
        Some(Layer::Picker(front)) => picker::draw(model, front, canvas),
        Some(Layer::Confirm(confirm)) => confirm::draw(model, confirm, canvas),
        Some(Layer::Narrow(_)) | None => {}
    }
}
