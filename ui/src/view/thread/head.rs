//! What the conversation is about, above its thread where the thread has a column of its own.

use crate::cell;
use crate::model::Model;
use crate::model::story::Story;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::view::canvas::{Canvas, Ground};
use crate::view::layout::{self, Shape};
use frontdesk_inbox::Row;
use frontdesk_protocol::kind::Status;
use ratatui::layout::Rect;

/// Below this height every line belongs to the messages.
const LEAST: u16 = 12;
const HEIGHT: u16 = 3;

/// How many lines the head takes.
pub(super) fn height(model: &Model, area: Rect) -> u16 {
    match layout::of(model).shape {
        Shape::Beside if area.height >= LEAST => HEIGHT,
        _ => 0,
    }
}

/// Draws the head, where there is one.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if height(model, area) == 0 {
        return;
    }
    let Some(row) = model.shown().and_then(|id| row(model, id)) else {
        return;
    };
    let whole = model.story_shown().map(whole_story);
    let subject = row.conversation.subject.as_deref().unwrap_or(&row.customer);
    let subject = whole.as_deref().unwrap_or(subject);
    let subject = text_safe::line(subject);
    let title = cell::cut(&subject, usize::from(area.width), model.glyphs.cut());
    canvas.line(
        area,
        0,
        &Line::new().with(Role::Strong, title),
        Ground::Plain,
    );
    canvas.line(area, 1, &facts(model, row), Ground::Plain);
}

/// `Priya Raman, 3 conversations`.
pub(in crate::view) fn whole_story(story: &Story) -> String {
    let count = story.parts.len();
    format!("{}, {count} conversations", story.thread.row.customer)
}

fn row(model: &Model, id: frontdesk_protocol::id::ConversationId) -> Option<&Row> {
    let in_thread = || model.threads.get(id).map(|thread| &thread.row);
    model.list.find(id).or_else(in_thread)
}

fn facts(model: &Model, row: &Row) -> Line {
    let it = &row.conversation;
    let dot = model.glyphs.dot();
    let sign = model.glyphs.channel(it.source);
    let mut facts = vec![format!("{sign} {}", it.source), format!("#{}", it.number)];
    facts.push(text_safe::line(&row.customer).into_owned());
    facts.push(match it.assignee_id {
        Some(user) if user == model.directory.me => "yours".to_owned(),
        Some(user) => text_safe::line(model.directory.user_name(user)).into_owned(),
        None => "unassigned".to_owned(),
    });
    if it.status != Status::Open {
        facts.push(it.status.to_string());
    }
    Line::new().with(Role::Muted, facts.join(&format!(" {dot} ")))
}
