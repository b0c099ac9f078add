//! What stands below the messages: words on their way, who is typing and looking, the draft.

use super::{draft_box, outgoing, suggested};
use crate::model::Model;
use crate::msg::Typist;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::Thread;

/// All of it.
pub(super) fn lines(model: &Model, thread: &Thread, width: usize) -> Vec<Line> {
    let mut lines = outgoing::lines(model, thread, width);
    let present: Vec<Line> = typing(model, thread)
        .into_iter()
        .chain(viewing(model, thread))
        .collect();
    if !present.is_empty() {
        lines.push(Line::new());
        lines.extend(present);
    }
    lines.extend(suggested::lines(model, thread, width));
    lines.extend(draft_box::lines(model, thread, width));
    lines
}

fn typing(model: &Model, thread: &Thread) -> Vec<Line> {
    let more = model.glyphs.more_follows();
    model
        .presence
        .typing(thread.id())
        .map(|who| match who {
            Typist::Customer => text_safe::line(&thread.row.customer).into_owned(),
            Typist::Agent(user) => text_safe::line(model.directory.user_name(user)).into_owned(),
        })
        .map(|name| Line::new().with(Role::Muted, format!("{name} is typing{more}")))
        .collect()
}

fn viewing(model: &Model, thread: &Thread) -> Option<Line> {
    let names: Vec<String> = model
        .presence
        .viewing(thread.id())
        .iter()
        .filter(|user| **user != model.directory.me)
        .map(|user| text_safe::line(model.directory.user_name(*user)).into_owned())
        .collect();
    let verb = match names.len() {
        0 => return None,
        1 => "is here too",
        _ => "are here too",
    };
    let words = format!("{} {} {verb}", model.glyphs.viewed(), names.join(", "));
    Some(Line::new().with(Role::Muted, words))
}
