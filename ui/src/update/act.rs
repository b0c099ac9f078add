//! Every action and what carries it out, one line each.

use super::available::available;
use super::{
    Effects, choose, compose, draft, goto, list, outbox, palette, picker, select, send, thread,
    triage, undo,
};
use crate::action::Action;
use crate::effect::Effect;
use crate::model::{Model, Pane};
use crate::msg::Level;
use frontdesk_inbox::View;

/// Does what was asked for, `count` times where that makes sense; says why where it cannot be.
pub(super) fn run(model: &mut Model, action: Action, count: Option<u16>) -> Effects {
    let mut effects = if moves_cursor(action) {
        Vec::new()
    } else {
        // Nobody acts on a conversation while another one is on the screen.
        thread::settle(model)
    };
    if let Err(why) = available(model, action) {
        let text = format!("{}: {why}.", choose::name(action));
        model.toasts.say(Level::Plain, text, model.now);
        return effects;
    }
    let times = isize::from(i16::try_from(count.unwrap_or(1)).unwrap_or(i16::MAX));
    effects.extend(carry_out(model, action, times));
    effects
}

/// Whether the action only takes the cursor on, and may come from a key that is held.
fn moves_cursor(action: Action) -> bool {
    matches!(
        action,
        Action::Down
            | Action::Up
            | Action::HalfPageDown
            | Action::HalfPageUp
            | Action::PageDown
            | Action::PageUp
            | Action::NextHit
            | Action::PreviousHit
            | Action::NextConversation
            | Action::PreviousConversation
    )
}

#[expect(clippy::too_many_lines, reason = "one line for each action")]
fn carry_out(model: &mut Model, action: Action, times: isize) -> Effects {
    match action {
        Action::Down => step(model, times),
        Action::Up => step(model, -times),
        Action::HalfPageDown => leap(model, Leap::Half, times),
        Action::HalfPageUp => leap(model, Leap::Half, -times),
        Action::PageDown => leap(model, Leap::Whole, times),
        Action::PageUp => leap(model, Leap::Whole, -times),
        Action::Top => goto::top(model),
        Action::Bottom => goto::bottom(model),
        Action::NextConversation => goto::neighbour(model, times),
        Action::PreviousConversation => goto::neighbour(model, -times),
        Action::Open => goto::open(model),
        Action::Back => goto::back(model),
        Action::NextPane => goto::pane(model, 1),
        Action::PreviousPane => goto::pane(model, -1),
        Action::NextView => goto::next_view(model, times),
        Action::PreviousView => goto::next_view(model, -times),
        Action::ViewInbox => goto::view(model, View::Inbox),
        Action::ViewMine => goto::view(model, View::Mine),
        Action::ViewUnassigned => goto::view(model, View::Unassigned),
        Action::ViewDrafts => goto::view(model, View::Drafts),
        Action::ViewSnoozed => goto::view(model, View::Snoozed),
        Action::ViewMentions => goto::view(model, View::Mentions),
        Action::ViewClosed => goto::view(model, View::Closed),
        Action::ShowNew => goto::reload_at_top(model),
        Action::Narrow => super::narrow::begin(model),
        Action::Search => palette::search(model),
        Action::NextHit => list::step(model, 1),
        Action::PreviousHit => list::step(model, -1),
        Action::Done => triage::run(model, action),
        Action::Reopen => triage::run(model, action),
        Action::Snooze => picker::snooze(model),
        Action::SnoozeTomorrow => triage::run(model, action),
        Action::Assign => picker::assign(model),
        Action::Take => triage::run(model, action),
        Action::Unassign => triage::run(model, action),
        Action::Label => picker::label(model),
        Action::Priority => triage::run(model, action),
        Action::ToggleRead => triage::run(model, action),
        Action::Move => picker::move_to(model),
        Action::Undo => undo::undo(model),
        Action::Redo => undo::redo(model),
        Action::Repeat => undo::repeat(model),
        Action::Reply => compose::reply(model),
        Action::Note => compose::note(model),
        Action::Send => send::send(model, send::After::Nothing),
        Action::SendAndClose => send::send(model, send::After::Close),
        Action::SendAndSnooze => send::send(model, send::After::SnoozeUntilReply),
        Action::SendNow => outbox::send_now(model),
        Action::Editor => compose::editor(model),
        Action::SwitchKind => compose::switch_kind(model),
        Action::InsertCanned => picker::canned(model),
        Action::Discard => compose::discard(model),
        Action::RetryFailed => outbox::retry(model),
        Action::Outbox => picker::outbox(model),
        Action::ApproveDraft => draft::approve(model),
        Action::EditDraft => draft::edit(model),
        Action::RejectDraft => picker::reject_draft(model),
        Action::NextDraft => draft::next(model),
        Action::Select => select::toggle(model, times),
        Action::SelectRange => select::range(model),
        Action::SelectAll => select::all(model),
        Action::ClearSelection => select::clear(model),
        Action::Preview => goto::toggle_preview(model),
        Action::ContextPane => goto::toggle_context(model),
        Action::FoldQuotes => thread::fold(model),
        Action::Links => picker::links(model),
        Action::Attachments => picker::attachments(model),
        Action::SortBy => picker::sort_by(model),
        Action::Density => goto::toggle_density(model),
        Action::Mouse => super::mouse::toggle(model),
        Action::Redraw => vec![Effect::Redraw],
        Action::CopyText => thread::copy_text(model),
        Action::CopyLink => thread::copy_link(model),
        Action::CopyAddress => thread::copy_address(model),
        Action::Palette => palette::open(model),
        Action::Help => palette::help(model),
        Action::Messages => palette::messages(model),
        Action::Availability => picker::availability(model),
        Action::Sync => vec![Effect::SyncNow],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => goto::quit(model),
    }
}

/// How far a leap goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leap {
    Half,
    Whole,
}

fn step(model: &mut Model, by: isize) -> Effects {
    match model.pane {
        Pane::List => list::step(model, by),
        Pane::Thread | Pane::Context => thread::scroll(model, by),
    }
}

fn leap(model: &mut Model, leap: Leap, times: isize) -> Effects {
    let layout = crate::view::layout::of(model);
    let rows = match model.pane {
        Pane::List => layout.list_rows(model),
        Pane::Thread | Pane::Context => layout.thread_lines(),
    };
    let by = match leap {
        Leap::Half => rows.div_ceil(2),
        Leap::Whole => rows.saturating_sub(1).max(1),
    };
    let by = isize::try_from(by)
        .unwrap_or(isize::MAX)
        .saturating_mul(times);
    step(model, by)
}
