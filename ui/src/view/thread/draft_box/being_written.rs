//! A draft while it is written, and what is said where there is none in the end.

use super::{body, keys};
use crate::action::Action;
use crate::cell;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::writing::Written;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_protocol::draft_text::Writing;

/// All of it.
pub(super) fn lines(model: &Model, written: &Written, room: usize) -> Vec<Line> {
    let mut lines = vec![title(model, written, room)];
    if is_followed(model, written) {
        let words = "You are editing it below; what comes is added there.";
        lines.push(Line::new().with(Role::Muted, words));
        return lines;
    }
    lines.extend(body(&written.text, room));
    let offered: &[(Action, &'static str)] = match written.state {
        Writing::Going => &[(Action::EditDraft, "edit"), (Action::StopDraft, "stop")],
        Writing::Broken => &[(Action::AskDraft, "ask again")],
        Writing::Done => &[],
    };
    if !offered.is_empty() {
        lines.push(keys(model, offered, room));
    }
    lines
}

fn title(model: &Model, written: &Written, room: usize) -> Line {
    let sign = model.glyphs.draft();
    let line = Line::new().with(Role::Draft, format!("{sign} "));
    match written.state {
        Writing::Going | Writing::Done => line.with(Role::Draft, "A draft is being written"),
        Writing::Broken => {
            let why = text_safe::line(written.why.as_deref().unwrap_or("it broke off"));
            let words = format!("No draft: {why}");
            let words = cell::cut(&words, room.saturating_sub(2), model.glyphs.cut());
            line.with(Role::Muted, words)
        }
    }
}

fn is_followed(model: &Model, written: &Written) -> bool {
    let follows =
        |it: &&Composer| it.conversation_id == written.conversation_id && it.follows.is_some();
    model.composer.as_ref().filter(follows).is_some()
}
