//! Conversations beside each other: a head and a thread for each, and below whom an answer
//! reaches.

use super::canvas::{Canvas, Ground};
use super::layout::Layout;
use super::layout::beside::{body, head_rows};
use super::thread::{self, Viewed};
use super::{composer, hint, who};
use crate::action::Action;
use crate::cell;
use crate::channel;
use crate::model::Model;
use crate::model::beside::Tie;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::time_ago::time_ago;
use frontdesk_inbox::Row;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Status;
use ratatui::layout::Rect;

/// From this width on the keys stand in the first line.
const ROOMY: u16 = 110;
const LONGEST_NAME: usize = 12;

/// How a conversation stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Keys act on it.
    Focused,
    Beside,
}

/// Draws everything between the first line and the composer.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let Some(focus) = model.focus_beside() else {
        return;
    };
    top(model, canvas, layout, focus);
    let mut before: Option<Rect> = None;
    for (place, pane) in layout.panes.iter() {
        if let Some(before) = before {
            line_between(model, canvas, before, pane);
        }
        before = Some(pane);
        let Some(held) = model.beside.held().get(place) else {
            continue;
        };
        if place == focus {
            head(model, canvas, pane, held.id, Standing::Focused);
            thread::draw(model, canvas, layout.thread);
        } else {
            head(model, canvas, pane, held.id, Standing::Beside);
            let Some(thread) = model.threads.get(held.id) else {
                continue;
            };
            let viewed = Viewed {
                thread,
                stamp: model.threads.stamp(held.id),
                scroll: held.scroll,
                lines: &held.lines,
            };
            thread::draw_viewed(model, canvas, viewed, body(pane));
        }
    }
    foot(model, canvas, layout.foot);
}

/// The way back, which of them has the focus, and the keys.
fn top(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout, focus: usize) {
    let glyphs = model.glyphs;
    canvas.rule(layout.rule, 0, Role::Rule, glyphs.rule());
    let count = model.beside.held().len();
    let mut line = Line::new()
        .with(Role::Accent, format!(" {} ", glyphs.back()))
        .with(Role::Text, model.title(model.list.view))
        .with(Role::Strong, "   Side by side")
        .with(Role::Muted, format!(" {}/{count}", focus + 1));
    if model.beside.tie == Tie::ByTime {
        line.push(Role::Muted, "   scrolling together");
    }
    canvas.line(layout.tabs, 0, &line, Ground::Plain);
    if layout.tabs.width < ROOMY {
        return;
    }
    let keys = [
        (Action::NextBeside, "next"),
        (Action::Unpin, "take out"),
        (Action::EqualBeside, "equal"),
        (Action::TieBeside, "scroll together"),
    ];
    let hints = keys
        .into_iter()
        .filter_map(|(action, word)| hint::of(model, action, word));
    let inside = Rect {
        width: layout.tabs.width - 1,
        ..layout.tabs
    };
    canvas.line_right(inside, 0, &hint::row(hints, 3, usize::MAX));
}

fn line_between(model: &Model, canvas: &mut Canvas<'_>, before: Rect, pane: Rect) {
    if before.x == pane.x {
        let rule = Rect::new(0, pane.y - 1, canvas.area().width, 1);
        canvas.rule(rule, 0, Role::Rule, model.glyphs.rule());
    } else {
        let column = Rect::new(before.right() + 1, pane.y, 1, pane.height);
        canvas.column(column, Role::Rule, model.glyphs.pane_line());
    }
}

/// Whose conversation it is, and how it stands.
fn head(
    model: &Model,
    canvas: &mut Canvas<'_>,
    pane: Rect,
    id: ConversationId,
    standing: Standing,
) {
    let in_thread = || model.threads.get(id).map(|thread| &thread.row);
    let Some(row) = model.list.find(id).or_else(in_thread) else {
        let line = Line::new().with(Role::Muted, "Loading");
        return canvas.line(pane, 0, &line, Ground::Plain);
    };
    let glyphs = model.glyphs;
    let source = row.conversation.source;
    let (mark, role) = match standing {
        Standing::Focused => (glyphs.bar(), Role::Strong),
        Standing::Beside => (" ", Role::Text),
    };
    let line = Line::new()
        .with(Role::Accent, mark)
        .with(channel::role(source), glyphs.channel(source))
        .with(Role::Text, " ");
    let name = text_safe::line(&row.customer);
    let subject = text_safe::line(row.conversation.subject.as_deref().unwrap_or(""));
    let words = if subject.trim().is_empty() {
        name.into_owned()
    } else {
        format!("{name} {} {}", glyphs.dot(), subject.trim())
    };
    let room = usize::from(pane.width).saturating_sub(line.width());
    let line = line.with(role, cell::cut(&words, room, glyphs.cut()));
    canvas.line(pane, 0, &line, Ground::Plain);
    if head_rows(pane) > 1 {
        canvas.line(pane, 1, &facts(model, row), Ground::Plain);
    }
}

fn facts(model: &Model, row: &Row) -> Line {
    let it = &row.conversation;
    let at = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
    let mut facts = vec![
        channel::name(it.source).to_owned(),
        format!("#{}", it.number),
        who::assignee(model, row, LONGEST_NAME),
        time_ago(at, model.now),
    ];
    if it.status != Status::Open {
        facts.push(it.status.to_string());
    }
    let dot = format!(" {} ", model.glyphs.dot());
    Line::new().with(Role::Muted, format!(" {}", facts.join(&dot)))
}

/// Whom an answer reaches and by which channel, before it is begun.
fn foot(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let row = model.current().and_then(|id| {
        model
            .list
            .find(id)
            .or_else(|| model.threads.get(id).map(|it| &it.row))
    });
    let (Some(row), Some(key)) = (row, hint::key(model, Action::Reply)) else {
        return;
    };
    let inside = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let line = hint::pair(&key, "reply by ");
    let room = usize::from(inside.width).saturating_sub(line.width());
    let mut line = line;
    line.append(composer::addressee(model, row, room));
    canvas.line(inside, 0, &line, Ground::Plain);
}
