//! The top line of a thread that has the screen to itself: the way back, where the agent is in
//! the list, what it is about, and whose it is.

use super::canvas::{Canvas, Ground};
use super::layout::Layout;
use super::{list, status, thread, who};
use crate::cell::{self, Align};
use crate::channel;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::Row;
use frontdesk_protocol::kind::{Priority, Status};

const LONGEST_NAME: usize = 12;
/// Below this width there is room for signs and for the subject, not for more.
const ROOMY: u16 = 60;

/// Draws it, and the rule under it.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let glyphs = model.glyphs;
    canvas.rule(layout.rule, 0, Role::Rule, glyphs.rule());
    let mut line = Line::new()
        .with(Role::Accent, format!(" {} ", glyphs.back()))
        .with(Role::Text, model.title(model.list.view));
    if layout.tabs.width >= ROOMY {
        line.push(Role::Muted, format!("  {}", list::position(model)));
    }
    line.push(Role::Text, "   ");
    let Some(row) = row(model) else {
        return canvas.line(layout.tabs, 0, &line, Ground::Plain);
    };
    let right = right(model, row, layout.tabs.width);
    let room = usize::from(layout.tabs.width).saturating_sub(line.width() + right.width() + 3);
    let subject = row.conversation.subject.as_deref().unwrap_or("");
    let whole = model.story_shown().map(thread::head::whole_story);
    let subject = whole.as_deref().unwrap_or(subject);
    let subject = text_safe::line(if subject.trim().is_empty() {
        &row.customer
    } else {
        subject
    });
    line.push(
        Role::Strong,
        cell::fit(subject.trim(), room, Align::Left, glyphs.cut()),
    );
    line.push(Role::Text, "  ");
    line.append(right);
    canvas.line(layout.tabs, 0, &line, Ground::Plain);
}

fn row(model: &Model) -> Option<&Row> {
    let id = model.shown()?;
    let loaded = model.threads.get(id).map(|thread| &thread.row);
    model.list.find(id).or(loaded)
}

fn right(model: &Model, row: &Row, width: u16) -> Line {
    let it = &row.conversation;
    let glyphs = model.glyphs;
    let sign = glyphs.channel(it.source);
    let mut line = Line::new().with(channel::role(it.source), sign);
    if width >= ROOMY {
        line.push(Role::Muted, format!(" {}", channel::name(it.source)));
    }
    let whose = who::assignee(model, row, LONGEST_NAME);
    line.push(Role::Muted, format!("  {whose}"));
    if it.priority == Priority::High {
        line.push(Role::Danger, "  ! high");
    }
    match it.status {
        Status::Open => {}
        Status::Snoozed => line.push(Role::Snoozed, format!("  {} snoozed", glyphs.snoozed())),
        Status::Spam => line.push(Role::Closed, "  spam"),
        Status::Closed => line.push(Role::Closed, format!("  {} closed", glyphs.done())),
    }
    if model.connection != Connection::Live {
        line.push(Role::Text, "  ");
        line.append(status::line(model));
    }
    line
}
