//! The customer's pane: what of it is seen.

use super::Effects;
use crate::model::Model;
use crate::view::{context, layout};

/// Scrolls by lines, down for positive numbers.
pub(super) fn scroll(model: &mut Model, by: isize) -> Effects {
    let most = context::furthest(model, layout::of(model).context);
    let at = model.context_top.min(most);
    model.context_top = at.saturating_add_signed(by).min(most);
    Vec::new()
}
