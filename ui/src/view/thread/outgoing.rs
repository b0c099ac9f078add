//! Words of the agent's that are on their way, at the end of the thread where they will stand.

use super::keys;
use crate::action::Action;
use crate::cell;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::view::composer::files;
use frontdesk_inbox::{Command, Guard, OutState, Queued, Thread};
use frontdesk_protocol::id::EventSeq;

/// The words on their way in this conversation, in the order they were written.
pub(super) fn lines(model: &Model, thread: &Thread, width: usize) -> Vec<Line> {
    model
        .outbox
        .iter()
        .filter(|it| it.conversation_id == thread.id())
        .filter(|it| !has_arrived(model, thread, it))
        .flat_map(|it| one(model, thread, it, width))
        .collect()
}

fn one(model: &Model, thread: &Thread, it: &Queued, width: usize) -> Vec<Line> {
    let Some(text) = words(thread, &it.command) else {
        return Vec::new();
    };
    let is_note = matches!(it.command, Command::Note { .. });
    let (role, name) = if is_note {
        (Role::Note, format!("note {} you", model.glyphs.dot()))
    } else {
        (Role::Agent, "You".to_owned())
    };
    let railed = |line: Line| {
        let mut out = Line::new()
            .with(role, model.glyphs.rail())
            .with(Role::Text, " ");
        out.append(line);
        out
    };
    let head = Line::new().with(role, name).with(Role::Muted, "  ");
    let room = width.saturating_sub(2);
    let mut lines = vec![Line::new()];
    let mut first = head;
    first.append(state(model, it));
    lines.push(railed(first));
    for line in text_safe::block(text).lines() {
        for piece in cell::wrap(line, room) {
            lines.push(railed(Line::new().with(Role::Text, piece)));
        }
    }
    for file in &it.files {
        lines.push(railed(files::line(model, file, room)));
    }
    let hints = hints(model, it, room);
    if !hints.pieces.is_empty() {
        lines.push(railed(hints));
    }
    lines
}

/// The words of a command, if it has any.
fn words<'a>(thread: &'a Thread, command: &'a Command) -> Option<&'a str> {
    match command {
        Command::Reply { body, .. } | Command::SendLater { body, .. } | Command::Note { body } => {
            Some(body)
        }
        Command::ApproveDraft {
            edited: Some(text), ..
        } => Some(text),
        Command::ApproveDraft {
            draft,
            edited: None,
            ..
        } => {
            let known = thread.draft.as_ref().filter(|it| it.id == *draft)?;
            known.body.as_deref()
        }
        _ => None,
    }
}

fn state(model: &Model, it: &Queued) -> Line {
    let glyphs = model.glyphs;
    match &it.state {
        OutState::Held { .. } => Line::new().with(
            Role::Danger,
            format!("{} held back: somebody wrote meanwhile", glyphs.held()),
        ),
        OutState::Failed { reason } => Line::new().with(
            Role::Danger,
            format!("{} not sent: {}", glyphs.failed(), text_safe::line(reason)),
        ),
        OutState::Sending => Line::new().with(Role::Muted, format!("{} sending", glyphs.sending())),
        OutState::Unsure => Line::new().with(
            Role::Warn,
            format!(
                "{} may have been sent: the answer is missing",
                glyphs.sending()
            ),
        ),
        OutState::Waiting => {
            let words = match (seconds_left(model, it), &model.connection) {
                (Some(seconds), _) => format!("{} Sending in {seconds} s", glyphs.sending()),
                (None, Connection::Offline { .. } | Connection::SignedOut { .. }) => {
                    format!("{} waiting: offline", glyphs.sending())
                }
                (None, _) => format!("{} on its way", glyphs.sending()),
            };
            Line::new().with(Role::Muted, words)
        }
    }
}

/// How long the words can still be taken back.
fn seconds_left(model: &Model, it: &Queued) -> Option<i64> {
    let left = it.hold_until?.0 - model.now.0;
    (left > 0).then(|| (left + 999_999) / 1_000_000)
}

fn hints(model: &Model, it: &Queued, room: usize) -> Line {
    match &it.state {
        OutState::Held { .. } => keys(
            model,
            &[(Action::Outbox, "send anyway, revise or drop")],
            room,
        ),
        OutState::Failed { .. } => keys(
            model,
            &[
                (Action::RetryFailed, "try again"),
                (Action::Outbox, "revise or drop"),
            ],
            room,
        ),
        OutState::Waiting if seconds_left(model, it).is_some() => keys(
            model,
            &[(Action::Undo, "undo"), (Action::SendNow, "send now")],
            room,
        ),
        OutState::Waiting | OutState::Sending | OutState::Unsure => Line::new(),
    }
}

/// Whether the thread has these words already, so that they do not stand there twice in the
/// moment between the message and the word that it was the answer to this.
fn has_arrived(model: &Model, thread: &Thread, it: &Queued) -> bool {
    let seen = match it.command {
        Command::Reply { guard, .. } | Command::ApproveDraft { guard, .. } => seq(guard),
        _ => EventSeq(0),
    };
    let Some(text) = words(thread, &it.command) else {
        return false;
    };
    it.state.may_have_arrived()
        && thread
            .messages
            .iter()
            .rev()
            .take_while(|message| message.seq > seen)
            .any(|message| {
                message.user_id == Some(model.directory.me) && message.body.as_deref() == Some(text)
            })
}

const fn seq(guard: Guard) -> EventSeq {
    match guard {
        Guard::Seen(seq) | Guard::Forced(seq) => seq,
    }
}
