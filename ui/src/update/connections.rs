//! The connections to mailboxes and providers: shown as they are known, and asked for anew.

use super::{Effects, sheet};
use crate::connections;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::model::sheet::{About, Sheet};

/// Puts them in front.
pub(super) fn open(model: &mut Model) -> Effects {
    let mut effects = sheet::show(model, connections::sheet(model));
    effects.push(Effect::LoadConnections);
    effects
}

/// They may be different now: whoever reads of them reads on where they are.
pub(super) fn told(model: &mut Model) {
    let fresh = connections::sheet(model);
    for layer in &mut model.layers {
        if let Layer::Sheet(sheet) = layer
            && sheet.about == About::Connections
        {
            **sheet = Sheet {
                top: sheet.top,
                ..fresh.clone()
            };
        }
    }
}

#[cfg(test)]
mod tests;
