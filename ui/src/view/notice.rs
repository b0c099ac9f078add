//! One line above the footer, while there is something to say: what just happened, what is
//! about to be sent, what is selected, what waits.

use super::canvas::{Canvas, Ground};
use super::hint;
use super::layout::Layout;
use super::status;
use crate::action::Action;
use crate::cell;
use crate::model::Model;
use crate::model::bulk::Running;
use crate::model::connection::Connection;
use crate::model::thread::Scroll;
use crate::model::toast::Toast;
use crate::msg::Level;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use frontdesk_inbox::{Command, OutState, Queued};
use frontdesk_protocol::time::Timestamp;
use ratatui::layout::Rect;

const LONGEST_NAME: usize = 30;

/// What there is to say, the most urgent of it.
enum Notice<'a> {
    Toast(&'a Toast),
    /// A message can still be taken back.
    Holding(&'a Queued, Timestamp),
    Selected(usize),
    /// So many conversations are selected, all that are in the view.
    Everything(usize),
    /// The server does something to many.
    Running(&'a Running),
    /// So many things wait for a decision.
    Held(usize),
    Offline,
}

/// Whether there is something to say while the thread has this area.
pub(super) fn is_needed(model: &Model, thread: Rect) -> bool {
    what(model, thread).is_some()
}

/// Draws the notice over what stands there.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, layout: &Layout) {
    let area = layout.notice;
    let Some(notice) = what(model, layout.thread).filter(|_| area.height > 0) else {
        return;
    };
    canvas.clear(area);
    let inside = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let (left, right) = match notice {
        Notice::Toast(toast) => said(model, toast),
        Notice::Holding(queued, until) => holding(model, queued, until),
        Notice::Selected(count) => selected(model, &format!("{count} selected"), inside),
        Notice::Everything(count) => {
            selected(model, &format!("All {count} in this view selected"), inside)
        }
        Notice::Running(running) => going_on(model, running),
        Notice::Held(count) => held(model, count),
        Notice::Offline => offline(model),
    };
    let width = u16::try_from(right.width()).unwrap_or(u16::MAX);
    let room = inside.width.saturating_sub(width.saturating_add(2));
    canvas.line_right(inside, 0, &right);
    let left = left.cut(usize::from(room), model.glyphs.cut());
    canvas.line(
        Rect {
            width: room,
            ..inside
        },
        0,
        &left,
        Ground::Plain,
    );
}

fn what(model: &Model, thread: Rect) -> Option<Notice<'_>> {
    if let Some(toast) = &model.toasts.shown {
        return Some(Notice::Toast(toast));
    }
    let held_back = model.outbox.iter().filter_map(|queued| {
        let until = queued.hold_until.filter(|until| *until > model.now)?;
        let is_said = is_waiting_in_sight(model, queued, thread);
        (queued.state == OutState::Waiting && !is_said).then_some((queued, until))
    });
    if let Some((queued, until)) = held_back.min_by_key(|(_, until)| *until) {
        return Some(Notice::Holding(queued, until));
    }
    if model.list.everything.is_some() {
        let count = model.count(model.list.view);
        let count = count.map_or(0, frontdesk_inbox::kept::Counted::number);
        return Some(Notice::Everything(count));
    }
    if !model.list.marked.is_empty() {
        return Some(Notice::Selected(model.list.marked.len()));
    }
    if let Some(running) = &model.bulk {
        return Some(Notice::Running(running));
    }
    let is_held = |it: &&Queued| matches!(it.state, OutState::Held { .. });
    let held = model.outbox.iter().filter(is_held).count();
    if held > 0 {
        return Some(Notice::Held(held));
    }
    matches!(model.connection, Connection::Offline { .. }).then_some(Notice::Offline)
}

/// Whether the thread shows these words at its end, where they count down themselves.
fn is_waiting_in_sight(model: &Model, queued: &Queued, thread: Rect) -> bool {
    let id = queued.conversation_id;
    thread.height > 0
        // What goes to somebody else does not stand in the thread.
        && !matches!(queued.command, Command::Forward { .. })
        && model.current() == Some(id)
        && model.threads.on_screen == Some(id)
        && model.threads.get(id).is_some()
        && model.threads.scroll == Scroll::End
}

fn said(model: &Model, toast: &Toast) -> (Line, Line) {
    let glyphs = model.glyphs;
    let (role, sign) = match toast.level {
        Level::Good => (Role::Ok, glyphs.done()),
        Level::Plain => (Role::Muted, glyphs.dot()),
        Level::Bad => (Role::Danger, glyphs.failed()),
    };
    let left = Line::new()
        .with(role, sign)
        .with(Role::Text, format!(" {}", text_safe::line(&toast.text)));
    let last = model.history.done().last();
    let hint = match toast.level {
        Level::Good if last.is_some_and(|deed| deed.title == toast.text) => {
            hint::of(model, Action::Undo, "undo")
        }
        Level::Bad => hint::of(model, Action::Messages, "earlier messages"),
        _ => None,
    };
    (left, hint.unwrap_or_default())
}

fn holding(model: &Model, queued: &Queued, until: Timestamp) -> (Line, Line) {
    let micros = until.0.saturating_sub(model.now.0);
    let seconds = micros.saturating_add(999_999) / 1_000_000;
    let id = queued.conversation_id;
    let loaded = || model.threads.get(id).map(|thread| &thread.row);
    let to = match (&queued.command, model.list.find(id).or_else(loaded)) {
        (Command::Forward { to, .. }, _) => {
            let to = text_safe::line(to);
            format!(" to {}", cell::cut(&to, LONGEST_NAME, model.glyphs.cut()))
        }
        (_, Some(row)) => {
            let name = text_safe::line(&row.customer);
            format!(" to {}", cell::cut(&name, LONGEST_NAME, model.glyphs.cut()))
        }
        (_, None) => String::new(),
    };
    let left = Line::new()
        .with(Role::Accent, model.glyphs.sending())
        .with(Role::Text, format!(" Sending{to} in {seconds} s"));
    let hints = [(Action::Undo, "undo"), (Action::SendNow, "send now")]
        .into_iter()
        .filter_map(|(action, word)| hint::of(model, action, word));
    (left, hint::row(hints, 3, usize::MAX))
}

fn going_on(model: &Model, running: &Running) -> (Line, Line) {
    let (over, total) = (running.over(), running.run.total);
    let how_far = match total {
        0 => String::new(),
        total => format!(": {over} of {total}"),
    };
    let left = Line::new().with(Role::Accent, model.glyphs.sending()).with(
        Role::Text,
        format!(" Conversations {}{how_far}", running.words),
    );
    let undo = hint::of(model, Action::Undo, "stop and take back");
    (
        left,
        undo.filter(|_| running.run.undoes.is_none())
            .unwrap_or_default(),
    )
}

fn selected(model: &Model, words: &str, area: Rect) -> (Line, Line) {
    let mut left = Line::new().with(Role::Strong, words);
    let clear = hint::of(model, Action::Back, "clear").unwrap_or_default();
    let hints = [
        (Action::Done, "done"),
        (Action::Snooze, "snooze"),
        (Action::Assign, "assign"),
        (Action::Label, "tag"),
        (Action::ToggleRead, "read or unread"),
        (Action::Move, "move"),
    ]
    .into_iter()
    .filter_map(|(action, word)| hint::of(model, action, word));
    let room = usize::from(area.width).saturating_sub(left.width() + clear.width() + 5);
    left.push(Role::Text, "   ");
    left.append(hint::row(hints, 2, room));
    (left, clear)
}

fn held(model: &Model, count: usize) -> (Line, Line) {
    let left = Line::new().with(Role::Warn, model.glyphs.held()).with(
        Role::Text,
        format!(" {count} held back: something was written since."),
    );
    let right = hint::of(model, Action::Outbox, "decide").unwrap_or_default();
    (left, right)
}

fn offline(model: &Model) -> (Line, Line) {
    let queued = status::queued(model);
    let waiting = match queued {
        0 => String::new(),
        1 => "; 1 action waits".to_owned(),
        _ => format!("; {queued} actions wait"),
    };
    let left = Line::new()
        .with(Role::Warn, model.glyphs.failed())
        .with(Role::Text, format!(" Offline. Work goes on{waiting}."));
    let hints = [(Action::Sync, "try now"), (Action::Outbox, "what waits")]
        .into_iter()
        .filter_map(|(action, word)| hint::of(model, action, word));
    (left, hint::row(hints, 3, usize::MAX))
}
