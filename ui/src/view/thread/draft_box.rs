//! The reply that an AI proposes, in the place where it would stand.

mod being_written;

use super::keys;
use crate::action::Action;
use crate::cell;
use crate::channel;
use crate::model::Model;
use crate::model::thread::written_since;
use crate::msg::Origin;
use crate::painted::Line;
use crate::sources;
use crate::text_safe;
use crate::theme::Role;
use crate::view::message::name;
use frontdesk_inbox::{Command, Thread};
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::kind::DraftState;

/// A draft longer than this is read in the composer.
const MOST_LINES: usize = 200;
const MOST_BYTES: usize = 32 * 1024;
/// So many sources stand under it; the others are behind a key.
const MOST_SOURCES: usize = 4;

/// The box, or nothing where there is no draft to decide on.
pub(super) fn lines(model: &Model, thread: &Thread, width: usize) -> Vec<Line> {
    let room = width.saturating_sub(2);
    let written = model.writings.of(thread.id(), thread.draft.as_ref());
    let inside = match (written, &thread.draft) {
        (Some(written), _) => being_written::lines(model, written, room),
        (None, Some(draft)) if !is_decided(model, draft) => decided_on(model, thread, draft, room),
        _ => return Vec::new(),
    };
    let railed = |line: Line| {
        let rail = model.glyphs.draft_rail();
        let mut out = Line::new().with(Role::Draft, rail).with(Role::Text, " ");
        out.append(line);
        out
    };
    let mut lines = vec![Line::new()];
    lines.extend(inside.into_iter().map(railed));
    lines
}

/// A draft that is there.
fn decided_on(model: &Model, thread: &Thread, draft: &Draft, room: usize) -> Vec<Line> {
    let mut inside = vec![title(model, thread, draft, room)];
    if is_being_edited(model, draft) {
        inside.push(Line::new().with(Role::Muted, "You are editing it below."));
    } else if has_body(draft) {
        inside.extend(body(draft.body.as_deref().unwrap_or(""), room));
        inside.extend(sources(model, draft, room));
        inside.push(offers(model, thread, draft, room));
    }
    inside
}

/// What it rests on, a line each.
fn sources(model: &Model, draft: &Draft, room: usize) -> Vec<Line> {
    let all = draft.named_sources();
    let shown = all.iter().take(MOST_SOURCES).map(|it| {
        let words = format!(
            "{}  {} {} {}",
            it.n,
            it.title,
            model.glyphs.dot(),
            sources::kind(it)
        );
        let words = text_safe::line(&words);
        let words = cell::cut(&words, room, model.glyphs.cut()).into_owned();
        let role = if it.internal { Role::Warn } else { Role::Muted };
        Line::new().with(role, words)
    });
    shown.collect()
}

/// Whether the agent has decided already, and the server has not answered yet.
fn is_decided(model: &Model, draft: &Draft) -> bool {
    let is_over = matches!(draft.state, DraftState::Approved | DraftState::Rejected);
    is_over
        || model.outbox.iter().any(|it| match &it.command {
            Command::ApproveDraft { draft: id, .. } | Command::RejectDraft { draft: id, .. } => {
                *id == draft.id && it.state.is_shown_as_done()
            }
            _ => false,
        })
}

fn is_being_edited(model: &Model, draft: &Draft) -> bool {
    model.composer.as_ref().is_some_and(|it| {
        matches!(it.origin, Origin::Draft { id, .. } if id == draft.id) && !it.is_blank()
    })
}

fn has_body(draft: &Draft) -> bool {
    matches!(
        draft.state,
        DraftState::Ready | DraftState::Edited | DraftState::Stale
    )
}

fn title(model: &Model, thread: &Thread, draft: &Draft, room: usize) -> Line {
    let sign = model.glyphs.draft();
    let dot = model.glyphs.dot();
    let way = channel::name(thread.row.conversation.source);
    let origin = text_safe::line(&draft.origin);
    let line = Line::new().with(Role::Draft, format!("{sign} "));
    let words = match draft.state {
        DraftState::Generating => return line.with(Role::Draft, "A draft is being written"),
        DraftState::Failed => {
            let reason = text_safe::line(draft.reason.as_deref().unwrap_or("not enough to go on"));
            let words = format!("No draft: {reason}");
            let words = cell::cut(&words, room.saturating_sub(2), model.glyphs.cut());
            return line.with(Role::Muted, words);
        }
        _ => match stale(thread, draft) {
            Some(why) => return line.with(Role::Warn, format!("Draft is stale: {why}")),
            None if draft.state == DraftState::Edited => {
                format!(" {dot} edited {dot} reply by {way}")
            }
            None => format!(" {dot} reply by {way} {dot} {origin}"),
        },
    };
    let words = cell::cut(&words, room.saturating_sub(7), model.glyphs.cut()).into_owned();
    line.with(Role::Draft, "Draft").with(Role::Muted, words)
}

/// Why a draft can no longer be sent as it is.
pub(crate) fn stale(thread: &Thread, draft: &Draft) -> Option<String> {
    let named = |message| name(message, &thread.row.customer);
    match written_since(thread, draft.based_on_seq) {
        Some(it) if it.user_id.is_none() => Some(format!("{} wrote again", named(it))),
        Some(it) => Some(format!("{} answered meanwhile", named(it))),
        None if draft.state == DraftState::Stale => Some("something changed since".to_owned()),
        None => None,
    }
}

/// The words of a draft.
fn body(text: &str, room: usize) -> Vec<Line> {
    let excerpt = text_safe::excerpt(text, MOST_LINES, MOST_BYTES);
    let mut lines: Vec<Line> = excerpt
        .text
        .lines()
        .flat_map(|line| cell::wrap(line, room))
        .map(|piece| Line::new().with(Role::Text, piece))
        .collect();
    if excerpt.lines_left_out > 0 {
        let words = format!("{} more lines are not shown", excerpt.lines_left_out);
        lines.push(Line::new().with(Role::Muted, words));
    }
    lines
}

/// What can be done with it. A stale one cannot be approved as it is.
fn offers(model: &Model, thread: &Thread, draft: &Draft, room: usize) -> Line {
    let approve = (Action::ApproveDraft, "approve & send");
    let edit = (Action::EditDraft, "edit");
    let reject = (Action::RejectDraft, "reject");
    if stale(thread, draft).is_some() {
        let again = (Action::AskDraft, "ask again");
        return keys(model, &[again, edit, reject], room);
    }
    let other = (Action::ChangeDraft, "otherwise");
    let sources = (Action::DraftSources, "sources");
    let all = [approve, edit, reject, other, sources];
    let is_grounded = !draft.named_sources().is_empty();
    let offered = if is_grounded { &all[..] } else { &all[..4] };
    keys(model, offered, room)
}
