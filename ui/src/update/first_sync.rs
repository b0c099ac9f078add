//! The last step of the first run lies in front of the desk while the first copy comes in, and
//! goes by itself when it is here.

use super::Effects;
use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::connection::Connection;
use crate::model::layer::Layer;

/// A key while the first copy comes in: the desk can be looked at before all of it is here.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    match (key.ctrl, key.code) {
        (true, Code::Char('c' | 'q')) => vec![Effect::Quit],
        (false, Code::Enter | Code::Esc) => {
            model.layers.pop();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The connection is different: once the copy is complete, nothing has to be waited for.
pub(super) fn told(model: &mut Model) {
    if matches!(model.connection, Connection::CatchingUp | Connection::Live) {
        model
            .layers
            .retain(|layer| !matches!(layer, Layer::FirstSync(_)));
    }
}
