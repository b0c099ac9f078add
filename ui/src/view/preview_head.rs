//! The rule above a preview, with whose conversation it is.

use super::canvas::{Canvas, Ground};
use crate::cell;
use crate::channel;
use crate::model::Model;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::Thread;
use frontdesk_protocol::kind::Source;
use ratatui::layout::Rect;

const LONGEST_CUSTOMER: usize = 36;

/// Draws it.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if area.height == 0 {
        return;
    }
    let glyphs = model.glyphs;
    canvas.rule(area, 0, Role::Rule, glyphs.rule());
    let Some(row) = model.shown().and_then(|id| model.list.find(id)) else {
        return;
    };
    let customer = text_safe::line(&row.customer);
    let customer = cell::cut(&customer, LONGEST_CUSTOMER, glyphs.cut());
    let dot = glyphs.dot();
    let mut line = Line::new()
        .with(Role::Rule, glyphs.rule().repeat(2))
        .with(Role::Text, format!(" {customer} "));
    let mut facts = vec![channel::name(row.conversation.source).to_owned()];
    if let Some(thread) = model.threads.get(row.id()) {
        facts.extend(messages(thread));
        facts.extend(also(model, thread));
    }
    for fact in facts {
        line.push(Role::Muted, format!("{dot} {fact} "));
    }
    canvas.line(area, 0, &line, Ground::Plain);
}

fn messages(thread: &Thread) -> Option<String> {
    let count = thread.messages.len();
    match (count, thread.has_older) {
        (0, _) => None,
        (_, true) => Some(format!("over {count} messages")),
        (1, false) => Some("1 message".to_owned()),
        (_, false) => Some(format!("{count} messages")),
    }
}

/// On which other channels the customer has written.
fn also(model: &Model, thread: &Thread) -> Option<String> {
    let here = thread.row.conversation.source;
    let mut sources: Vec<Source> = thread
        .others
        .iter()
        .map(|other| other.conversation.source)
        .filter(|source| *source != here)
        .collect();
    sources.sort_unstable();
    sources.dedup();
    let signs: Vec<&str> = sources
        .iter()
        .map(|source| model.glyphs.channel(*source))
        .collect();
    (!signs.is_empty()).then(|| format!("also {}", signs.join(" ")))
}
