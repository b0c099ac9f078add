//! A question with yes and no.

use super::{
    Effects, compose, draft, forward, macros, merge, record, same_person, send, split, triage,
};
use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::layer::{Layer, Then};
use frontdesk_inbox::kept::ViewChange;

/// A key for the question in front.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let Some(Layer::Confirm(_)) = model.layers.last() else {
        return Vec::new();
    };
    match (key.ctrl, key.code) {
        (_, Code::Enter) | (false, Code::Char('y' | 'Y')) => yes(model),
        (_, Code::Esc) | (false, Code::Char('n' | 'N' | 'q')) | (true, Code::Char('g' | 'c')) => {
            no(model)
        }
        _ => Vec::new(),
    }
}

/// The question is answered with no.
pub(super) fn no(model: &mut Model) -> Effects {
    model.layers.pop();
    Vec::new()
}

/// The question is answered with yes.
pub(super) fn yes(model: &mut Model) -> Effects {
    let Some(Layer::Confirm(confirm)) = model.layers.pop() else {
        return Vec::new();
    };
    match confirm.then {
        Then::Act(action) => triage::confirmed(model, action),
        Then::Send(id) => send::confirmed(model, id),
        Then::Discard(id) => compose::discarded(model, id),
        Then::Approve(id, draft, version) => draft::confirmed(model, id, draft, version),
        Then::Bulk(bulk, seen) => vec![Effect::BulkBegin(bulk, seen)],
        Then::SamePerson(id, command) => same_person::confirmed(model, id, *command),
        Then::DeleteView(id) => vec![Effect::ChangeView(id, ViewChange::Delete)],
        Then::Split(id, messages) => split::confirmed(model, id, messages),
        Then::Forward { id, to, body } => forward::confirmed(model, id, to, body),
        Then::Merge { from, into } => merge::confirmed(model, &from, into),
        Then::Quit => vec![Effect::Quit],
        Then::Macro(name) => macros::run(model, &name),
        Then::Play => record::on_selection(model),
    }
}
