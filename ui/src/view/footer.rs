//! The bottom line: the most useful keys where the agent is, as many as fit, what has been
//! typed of a longer one, and the place in the list.

use super::canvas::{Canvas, Ground};
use super::hint;
use super::list;
use super::tutor;
use crate::action::{Action, Context};
use crate::keymap::shown;
use crate::model::Model;
use crate::msg::WrittenKind;
use crate::painted::Line;
use crate::theme::Role;
use frontdesk_inbox::{Row, View};
use frontdesk_protocol::kind::Status;
use ratatui::layout::Rect;

/// From this width on there is more air between hints.
const ROOMY: u16 = 110;

/// Draws the bottom line, which is the tour's while there is one.
pub(super) fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    if let Some(tutor) = model.tutor {
        return tutor::draw(model, tutor, canvas, area);
    }
    let inside = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let gap = if area.width >= ROOMY { 3 } else { 2 };
    let right = right(model, gap);
    canvas.line_right(inside, 0, &right);
    let room = usize::from(inside.width).saturating_sub(right.width() + gap);
    let left = hint::row(hints(model), gap, room);
    canvas.line(inside, 0, &left, Ground::Plain);
}

/// The keys typed so far, how to find all others, and the place in the list.
fn right(model: &Model, gap: usize) -> Line {
    let typed = &model.typed;
    let count = typed.count.map_or_else(String::new, |it| it.to_string());
    let pending = format!("{count}{}", shown(&typed.chord));
    let mut parts = Vec::new();
    if model.recorder.is_on() {
        let ends =
            hint::key(model, Action::Record).map_or(String::new(), |key| format!(", {key} ends"));
        parts.push(Line::new().with(Role::Danger, format!("recording{ends}")));
    }
    if pending.is_empty() {
        parts.extend(hint::of(model, Action::Help, "help"));
    } else {
        let pending = format!("{pending}{}", model.glyphs.cut());
        parts.push(Line::new().with(Role::Accent, pending));
    }
    if model.contexts().first() == Some(&Context::List) {
        parts.push(Line::new().with(Role::Muted, list::position(model)));
    }
    hint::row(parts, gap, usize::MAX)
}

fn hints(model: &Model) -> Vec<Line> {
    match model.contexts().first() {
        Some(Context::Thread) if model.review.is_some() => review(model),
        Some(Context::List) => desk(model, &LIST),
        Some(Context::Thread) => desk(model, &THREAD),
        Some(Context::Composer) => composer(model),
        // A box in front says itself what its keys are.
        _ => Vec::new(),
    }
}

/// A hint, and when it is worth its room.
struct Hint {
    actions: &'static [Action],
    word: &'static str,
    when: When,
}

/// What has to be so for a hint to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    /// A draft waits for a decision.
    Drafted,
    Open,
    /// It rests or is closed.
    NotOpen,
    /// It is not the agent's own.
    NotMine,
}

const fn hint(actions: &'static [Action], word: &'static str, when: When) -> Hint {
    Hint {
        actions,
        word,
        when,
    }
}

/// In the list, the most useful first.
const LIST: [Hint; 14] = [
    hint(&[Action::Down, Action::Up], "move", When::Always),
    hint(&[Action::Open], "open", When::Always),
    hint(&[Action::ApproveDraft], "approve", When::Drafted),
    hint(&[Action::Reply], "reply", When::Always),
    hint(&[Action::Done], "done", When::Open),
    hint(&[Action::Reopen], "reopen", When::NotOpen),
    hint(&[Action::Snooze], "snooze", When::Open),
    hint(&[Action::Assign], "assign", When::Always),
    hint(&[Action::Note], "note", When::Always),
    hint(&[Action::Label], "tags", When::Always),
    hint(&[Action::Select], "select", When::Always),
    hint(&[Action::Narrow], "narrow", When::Always),
    hint(&[Action::NextView], "next view", When::Always),
    hint(&[Action::Palette], "commands", When::Always),
];

/// In a thread, the most useful first.
const THREAD: [Hint; 13] = [
    hint(
        &[Action::NextConversation, Action::PreviousConversation],
        "next",
        When::Always,
    ),
    hint(&[Action::ApproveDraft], "approve", When::Drafted),
    hint(&[Action::Reply], "reply", When::Always),
    hint(&[Action::Note], "note", When::Always),
    hint(&[Action::Take], "take", When::NotMine),
    hint(&[Action::Done], "done", When::Open),
    hint(&[Action::Reopen], "reopen", When::NotOpen),
    hint(&[Action::Snooze], "snooze", When::Open),
    hint(&[Action::Assign], "assign", When::Always),
    hint(&[Action::Label], "tags", When::Always),
    hint(&[Action::Back], "back", When::Always),
    hint(&[Action::FoldQuotes], "quotes", When::Always),
    hint(&[Action::Palette], "commands", When::Always),
];

fn desk(model: &Model, hints: &[Hint]) -> Vec<Line> {
    let row = model.current().and_then(|id| model.list.find(id));
    let Some(row) = row else {
        return [
            (Action::NextView, "next view"),
            (Action::Palette, "commands"),
        ]
        .into_iter()
        .filter_map(|(action, word)| hint::of(model, action, word))
        .collect();
    };
    hints
        .iter()
        .filter(|hint| holds(model, row, hint.when))
        .filter_map(|hint| {
            let keys: Vec<String> = hint
                .actions
                .iter()
                .filter_map(|action| hint::key(model, *action))
                .collect();
            (!keys.is_empty()).then(|| hint::pair(&keys.join("/"), hint.word))
        })
        .collect()
}

fn holds(model: &Model, row: &Row, when: When) -> bool {
    let is_open = row.conversation.status == Status::Open;
    match when {
        When::Always => true,
        When::Drafted => row.draft.is_to_decide(),
        When::Open => is_open,
        When::NotOpen => !is_open,
        When::NotMine => row.conversation.assignee_id != Some(model.directory.me),
    }
}

/// While one draft is decided after the other.
fn review(model: &Model) -> Vec<Line> {
    let chosen = model.review.as_ref().filter(|it| !it.only.is_empty());
    let words = match chosen {
        Some(review) => {
            let past = review.decided + review.skipped.len();
            format!("{past} of {} selected", review.only.len())
        }
        None => format!("{} drafts wait", model.counts.of(View::Drafts)),
    };
    let title = Line::new().with(Role::Strong, words);
    let keys = [
        (Action::ApproveDraft, "approve"),
        (Action::EditDraft, "edit"),
        (Action::RejectDraft, "reject"),
        (Action::NextDraft, "pass over"),
        (Action::Undo, "undo"),
        (Action::Back, "leave"),
    ];
    let keys = keys
        .into_iter()
        .filter_map(|(action, word)| hint::of(model, action, word));
    std::iter::once(title).chain(keys).collect()
}

fn composer(model: &Model) -> Vec<Line> {
    let kind = model.composer.as_ref().map(|it| it.kind);
    let (send, other) = match kind {
        Some(WrittenKind::Note) => ("add note", "reply instead"),
        _ => ("send", "note instead"),
    };
    [
        (Action::Send, send),
        (Action::SendAndClose, "and close"),
        (Action::Back, "keep"),
        (Action::Editor, "editor"),
        (Action::InsertCanned, "canned reply"),
        (Action::SwitchKind, other),
        (Action::SendAndSnooze, "send and snooze"),
        (Action::Discard, "throw away"),
    ]
    .into_iter()
    .filter(|(action, _)| {
        kind != Some(WrittenKind::Note)
            || !matches!(action, Action::SendAndClose | Action::SendAndSnooze)
    })
    .filter_map(|(action, word)| hint::of(model, action, word))
    .collect()
}
