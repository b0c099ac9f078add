//! Every action and what carries it out, one line each.

use super::available::available;
use super::{
    Effects, assist, beside, block, choose, compose, connections, context, draft, enclose, find,
    forward, goto, kept, kept_change, knowledge, later, link, list, macros, merge, outbound,
    outbox, own_command, palette, picker, record, review, rewrite, same_person, select, send,
    sentence, split, story, suggest, templates, thread, triage, undo, undo_log,
};
use crate::action::Action;
use crate::effect::Effect;
use crate::model::{Model, Pane, tutor};
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
        model.recorder.stumble();
        return effects;
    }
    let times = isize::from(i16::try_from(count.unwrap_or(1)).unwrap_or(i16::MAX));
    let (_, deed) = DEEDS[action as usize];
    effects.extend(deed(model, times));
    tutor::did(model, action);
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

/// What carries an action out, so many times.
type Deed = fn(&mut Model, isize) -> Effects;

/// Every action in its order, with what carries it out.
#[rustfmt::skip]
const DEEDS: &[(Action, Deed)] = &[
    (Action::Down, |model, times| step(model, times)),
    (Action::Up, |model, times| step(model, -times)),
    (Action::HalfPageDown, |model, times| leap(model, Leap::Half, times)),
    (Action::HalfPageUp, |model, times| leap(model, Leap::Half, -times)),
    (Action::PageDown, |model, times| leap(model, Leap::Whole, times)),
    (Action::PageUp, |model, times| leap(model, Leap::Whole, -times)),
    (Action::Top, |model, _| goto::top(model)),
    (Action::Bottom, |model, _| goto::bottom(model)),
    (Action::NextConversation, |model, times| goto::neighbour(model, times)),
    (Action::PreviousConversation, |model, times| goto::neighbour(model, -times)),
    (Action::Open, |model, _| goto::open(model)),
    (Action::Back, |model, _| goto::back(model)),
    (Action::NextPane, |model, _| beside::pane(model, 1)),
    (Action::PreviousPane, |model, _| beside::pane(model, -1)),
    (Action::NextView, |model, times| goto::next_view(model, times)),
    (Action::PreviousView, |model, times| goto::next_view(model, -times)),
    (Action::ViewInbox, |model, _| goto::view(model, View::Inbox)),
    (Action::ViewMine, |model, _| goto::view(model, View::Mine)),
    (Action::ViewUnassigned, |model, _| goto::view(model, View::Unassigned)),
    (Action::ViewDrafts, |model, _| goto::view(model, View::Drafts)),
    (Action::ViewSnoozed, |model, _| goto::view(model, View::Snoozed)),
    (Action::ViewMentions, |model, _| goto::view(model, View::Mentions)),
    (Action::ViewClosed, |model, _| goto::view(model, View::Closed)),
    (Action::ViewSpam, |model, _| goto::view(model, View::Spam)),
    (Action::ViewWaiting, |model, _| goto::view(model, View::Waiting)),
    (Action::Views, |model, _| kept::open(model)),
    (Action::KeepView, |model, _| kept::save(model)),
    (Action::ChangeView, |model, _| kept_change::ask(model)),
    (Action::Story, |model, _| story::toggle(model)),
    (Action::ShowNew, |model, _| goto::reload_at_top(model)),
    (Action::Narrow, |model, _| find::begin(model)),
    (Action::Search, |model, _| palette::search(model)),
    (Action::NextHit, |model, times| find::next(model, times)),
    (Action::PreviousHit, |model, times| find::next(model, -times)),
    (Action::Done, |model, _| triage::run(model, Action::Done)),
    (Action::Reopen, |model, _| triage::run(model, Action::Reopen)),
    (Action::Status, |model, _| picker::status(model)),
    (Action::Snooze, |model, _| picker::snooze(model)),
    (Action::SnoozeTomorrow, |model, _| triage::run(model, Action::SnoozeTomorrow)),
    (Action::Assign, |model, _| picker::assign(model)),
    (Action::Take, |model, _| triage::run(model, Action::Take)),
    (Action::Unassign, |model, _| triage::run(model, Action::Unassign)),
    (Action::Spam, |model, _| triage::run(model, Action::Spam)),
    (Action::Block, |model, _| block::toggle(model)),
    (Action::Merge, |model, _| merge::open(model)),
    (Action::Link, |model, _| link::open(model)),
    (Action::SamePerson, |model, _| same_person::open(model)),
    (Action::Split, |model, _| split::open(model)),
    (Action::Label, |model, _| picker::label(model)),
    (Action::Priority, |model, _| triage::run(model, Action::Priority)),
    (Action::ToggleRead, |model, _| triage::run(model, Action::ToggleRead)),
    (Action::Move, |model, _| picker::move_to(model)),
    (Action::Macro, |model, _| macros::open(model)),
    (Action::Command, |model, _| own_command::open(model)),
    (Action::Record, |model, _| record::toggle(model)),
    (Action::Play, |model, times| record::play(model, times)),
    (Action::KeepKeys, |model, _| record::keep(model)),
    (Action::PlayKept, |model, _| record::open(model)),
    (Action::Undo, |model, _| undo::undo(model)),
    (Action::Redo, |model, _| undo::redo(model)),
    (Action::UndoLog, |model, _| undo_log::open(model)),
    (Action::Repeat, |model, _| undo::repeat(model)),
    (Action::New, |model, _| outbound::open(model)),
    (Action::Forward, |model, _| forward::open(model)),
    (Action::Reply, |model, _| story::reply(model)),
    (Action::Note, |model, _| compose::note(model)),
    (Action::Send, |model, _| send::send(model, send::After::Nothing)),
    (Action::SendAndClose, |model, _| send::send(model, send::After::Close)),
    (Action::SendAndSnooze, |model, _| send::send(model, send::After::SnoozeUntilReply)),
    (Action::SendLater, |model, _| later::ask(model)),
    (Action::SendNow, |model, _| outbox::send_now(model)),
    (Action::Editor, |model, _| compose::editor(model)),
    (Action::Attach, |model, _| enclose::ask(model)),
    (Action::Detach, |model, _| enclose::detach(model)),
    (Action::SwitchKind, |model, _| compose::switch_kind(model)),
    (Action::InsertCanned, |model, _| picker::canned(model)),
    (Action::InsertTemplate, |model, _| templates::open(model)),
    (Action::Rewrite, |model, _| rewrite::ask(model)),
    (Action::Discard, |model, _| compose::discard(model)),
    (Action::RetryFailed, |model, _| outbox::retry(model)),
    (Action::Later, |model, _| later::open(model)),
    (Action::Outbox, |model, _| picker::outbox(model)),
    (Action::ApproveDraft, |model, _| draft::approve(model)),
    (Action::EditDraft, |model, _| draft::edit(model)),
    (Action::RejectDraft, |model, _| draft::reject(model)),
    (Action::AskDraft, |model, _| assist::ask(model)),
    (Action::ChangeDraft, |model, _| assist::change(model)),
    (Action::StopDraft, |model, _| assist::stop(model)),
    (Action::DraftSources, |model, _| assist::sources(model)),
    (Action::WhyDraft, |model, _| assist::why(model)),
    (Action::DraftPrompt, |model, _| assist::prompt(model)),
    (Action::TakeSentence, |model, _| sentence::take(model)),
    (Action::Suggest, |model, _| suggest::ask(model)),
    (Action::ApplySuggestions, |model, _| suggest::apply(model)),
    (Action::ChooseSuggestion, |model, _| suggest::choose(model)),
    (Action::DismissSuggestions, |model, _| suggest::dismiss(model)),
    (Action::UndoSorting, |model, _| suggest::undo_sorting(model)),
    (Action::ProposeKnowledge, |model, _| knowledge::propose(model)),
    (Action::Proposals, |model, _| knowledge::open(model)),
    (Action::Learning, |model, _| knowledge::learning(model)),
    (Action::HandOver, |model, _| rewrite::hand_over(model)),
    (Action::NextDraft, |model, _| draft::next(model)),
    (Action::Review, |model, _| review::begin(model)),
    (Action::Select, |model, times| select::toggle(model, times)),
    (Action::SelectRange, |model, _| select::range(model)),
    (Action::SelectAll, |model, _| select::all(model)),
    (Action::ClearSelection, |model, _| select::clear(model)),
    (Action::Pin, |model, _| beside::pin(model)),
    (Action::Unpin, |model, _| beside::unpin(model)),
    (Action::NextBeside, |model, times| beside::step(model, times)),
    (Action::PreviousBeside, |model, times| beside::step(model, -times)),
    (Action::WidenBeside, |model, times| beside::widen(model, times)),
    (Action::NarrowBeside, |model, times| beside::widen(model, -times)),
    (Action::EqualBeside, |model, _| beside::make_equal(model)),
    (Action::TieBeside, |model, _| beside::tie(model)),
    (Action::Preview, |model, _| goto::toggle_preview(model)),
    (Action::ContextPane, |model, _| goto::toggle_context(model)),
    (Action::FoldQuotes, |model, _| thread::fold(model)),
    (Action::Linked, |model, _| link::linked(model)),
    (Action::Links, |model, _| picker::links(model)),
    (Action::Attachments, |model, _| picker::attachments(model)),
    (Action::SortBy, |model, _| picker::sort_by(model)),
    (Action::GroupByCustomer, |model, _| kept::group(model)),
    (Action::Density, |model, _| goto::toggle_density(model)),
    (Action::Mouse, |model, _| super::mouse::toggle(model)),
    (Action::Redraw, |_, _| vec![Effect::Redraw]),
    (Action::CopyText, |model, _| thread::copy_text(model)),
    (Action::CopyNumber, |model, _| thread::copy_number(model)),
    (Action::CopyAddress, |model, _| thread::copy_address(model)),
    (Action::CopyError, |model, _| thread::copy_error(model)),
    (Action::Palette, |model, _| palette::open(model)),
    (Action::Help, |model, _| palette::help(model)),
    (Action::Messages, |model, _| palette::messages(model)),
    (Action::Availability, |model, _| picker::availability(model)),
    (Action::Connections, |model, _| connections::open(model)),
    (Action::Sync, |_, _| vec![Effect::SyncNow]),
    (Action::Suspend, |_, _| vec![Effect::Suspend]),
    (Action::Quit, |model, _| goto::quit(model)),
];

/// An action that is missing, or out of its order, does not compile.
const _: () = {
    assert!(DEEDS.len() == Action::ALL.len());
    let mut at = 0;
    while at < DEEDS.len() {
        assert!(DEEDS[at].0 as usize == at);
        at += 1;
    }
};

/// How far a leap goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leap {
    Half,
    Whole,
}

fn step(model: &mut Model, by: isize) -> Effects {
    match model.pane {
        Pane::List => list::step(model, by),
        Pane::Thread => thread::scroll(model, by),
        Pane::Context => context::scroll(model, by),
    }
}

fn leap(model: &mut Model, leap: Leap, times: isize) -> Effects {
    let layout = crate::view::layout::of(model);
    let rows = match model.pane {
        Pane::List => layout.list_rows(model),
        Pane::Thread => layout.thread_lines(),
        Pane::Context => usize::from(layout.context.height),
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
