//! Whether an action can be done now, and why not. Palette and help show the reason, and a key
//! that cannot do anything says it.

use super::{beside, kept, picker, related, split, suggest, templates, triage, writing};
use crate::action::Action;
use crate::model::rights::changes;
use crate::model::{Model, Pane};
use crate::view::layout;
use frontdesk_inbox::kept::Whose;
use frontdesk_inbox::{OutState, Row, View};
use frontdesk_protocol::kind::Status;

/// Whether the action can be done.
///
/// # Errors
/// When it cannot: why, in a few words that follow a colon.
#[expect(clippy::too_many_lines, reason = "a list of all actions")]
pub(crate) fn available(model: &Model, action: Action) -> Result<(), &'static str> {
    if let Some(why) = model.may_only_read().filter(|_| changes(action)) {
        return Err(why);
    }
    match action {
        Action::Open
        | Action::SelectRange
        | Action::Select
        | Action::SelectAll
        | Action::NextConversation
        | Action::PreviousConversation => {
            no(model.list.rows.is_empty(), "there is no conversation here")
        }
        Action::Status
        | Action::Snooze
        | Action::SnoozeTomorrow
        | Action::Assign
        | Action::Take
        | Action::Spam
        | Action::Priority
        | Action::ToggleRead
        | Action::Reply
        | Action::Note
        | Action::FoldQuotes
        | Action::Pin
        | Action::Story
        | Action::AskDraft
        | Action::ChangeDraft
        | Action::DraftPrompt
        | Action::HandOver
        | Action::Suggest
        | Action::UndoSorting
        | Action::ProposeKnowledge
        | Action::CopyText
        | Action::CopyNumber
        | Action::CopyAddress => on_targets(model),
        Action::Done | Action::Reopen | Action::Unassign => on_state(model, action),
        Action::Label | Action::Move => {
            on_targets(model).and_then(|()| on_directory(model, action))
        }
        Action::Macro
        | Action::Command
        | Action::Play
        | Action::KeepKeys
        | Action::PlayKept
        | Action::CopyError => on_own(model, action),
        Action::Block | Action::Merge | Action::Link => on_each(model),
        Action::SamePerson | Action::Forward => on_targets(model),
        Action::Split => split::available(model),
        Action::Linked => no(
            related::links(model).is_empty(),
            "it is linked with no other",
        ),
        Action::Undo | Action::Redo | Action::Repeat => on_history(model, action),
        Action::Send
        | Action::SendAndClose
        | Action::SendAndSnooze
        | Action::SendLater
        | Action::Editor
        | Action::Attach
        | Action::Rewrite
        | Action::SwitchKind
        | Action::Discard => no(model.composer.is_none(), "nothing is being written"),
        Action::Detach => {
            let has_none = model.composer.as_ref().is_none_or(|it| it.files.is_empty());
            no(has_none, "no file goes along")
        }
        Action::InsertCanned => no(model.composer.is_none(), "nothing is being written")
            .and_then(|()| on_directory(model, action)),
        Action::InsertTemplate => no(model.composer.is_none(), "nothing is being written")
            .and_then(|()| templates::available(model)),
        Action::SendNow | Action::RetryFailed | Action::Outbox => on_outbox(model, action),
        Action::ApproveDraft
        | Action::EditDraft
        | Action::RejectDraft
        | Action::DraftSources
        | Action::WhyDraft => on_draft(model),
        Action::ApplySuggestions | Action::ChooseSuggestion => {
            no(suggest::left(model).is_empty(), "nothing is suggested here")
        }
        Action::StopDraft => no(!is_written(model), "no draft is being written here"),
        Action::NextDraft | Action::Review => {
            no(model.counts.of(View::Drafts) == 0, "no draft is ready")
        }
        Action::NextHit | Action::PreviousHit => on_hits(model),
        Action::Unpin
        | Action::NextBeside
        | Action::PreviousBeside
        | Action::WidenBeside
        | Action::NarrowBeside
        | Action::EqualBeside
        | Action::TieBeside => no(!beside::is_on(model), "nothing stands beside it"),
        _ => on_screen(model, action),
    }
}

fn no(is_so: bool, why: &'static str) -> Result<(), &'static str> {
    if is_so { Err(why) } else { Ok(()) }
}

fn on_targets(model: &Model) -> Result<(), &'static str> {
    no(model.targets().is_empty(), "no conversation is selected")
}

/// What the server does not do to all of a view.
fn on_each(model: &Model) -> Result<(), &'static str> {
    on_targets(model)?;
    no(
        model.list.everything.is_some(),
        "select them one by one for this",
    )
}

/// What a conversation is already, it need not become.
fn on_state(model: &Model, action: Action) -> Result<(), &'static str> {
    on_targets(model)?;
    let rows = known(model);
    if rows.is_empty() {
        return Ok(());
    }
    let all = |is_so: fn(&Row) -> bool| rows.iter().all(is_so);
    match action {
        Action::Done => no(
            all(|it| it.conversation.status == Status::Closed),
            "already done",
        ),
        Action::Reopen => no(
            all(|it| it.conversation.status == Status::Open),
            "already open",
        ),
        Action::Unassign => no(
            all(|it| it.conversation.assignee_id.is_none()),
            "nobody has it",
        ),
        _ => Ok(()),
    }
}

fn known(model: &Model) -> Vec<Row> {
    let targets = model.targets().into_iter();
    targets.filter_map(|id| triage::known(model, id)).collect()
}

fn on_directory(model: &Model, action: Action) -> Result<(), &'static str> {
    let directory = &model.directory;
    match action {
        Action::Label => no(directory.tags.is_empty(), "there are no tags yet"),
        Action::Move => no(directory.inboxes.len() < 2, "there is no other inbox"),
        Action::InsertCanned => no(
            directory.canned_responses.is_empty()
                && model.macros.iter().all(|it| it.words.is_none()),
            "there are no canned replies yet",
        ),
        _ => Ok(()),
    }
}

/// What is there, or is seen.
fn on_screen(model: &Model, action: Action) -> Result<(), &'static str> {
    match action {
        Action::Links => no(!picker::has_links(model), "there are no links here"),
        Action::Attachments => {
            let has_none = !picker::has_attachments(model);
            no(has_none, "there are no attachments here")
        }
        Action::ShowNew => no(model.list.fresh.is_empty(), "nothing new came in"),
        Action::ClearSelection => no(model.list.marked.is_empty(), "nothing is selected"),
        Action::ContextPane => {
            let is_narrow = model.size.width < layout::CONTEXT;
            no(is_narrow, "the window is too narrow for it")
        }
        Action::GroupByCustomer => {
            let has_no_search =
                model.list.view.query().is_none() && model.list.view.number().is_some();
            no(has_no_search, "this view stands by itself")
        }
        Action::DismissSuggestions => {
            let said = model.current().and_then(|id| model.suggestions.of(id));
            no(said.is_none(), "nothing is suggested here")
        }
        Action::Later | Action::Proposals | Action::Learning => no(
            !model.connection.reaches_server(),
            "the server cannot be reached",
        ),
        Action::Connections => no(!model.is_admin(), "only admins see them"),
        Action::ChangeView => {
            let kept = model.kept.get(model.list.view);
            let kept = kept.ok_or("every desk has this view")?;
            no(
                kept.whose == Whose::Configuration,
                "it stands in your configuration",
            )?;
            no(
                !model.connection.reaches_server(),
                "the server cannot be reached",
            )
        }
        Action::KeepView => {
            no(kept::query(model).is_none(), "nothing is searched for")?;
            no(
                !model.connection.reaches_server(),
                "the server cannot be reached",
            )
        }
        Action::New => no(
            !model.connection.reaches_server(),
            "the server cannot be reached",
        ),
        Action::Messages => no(model.toasts.earlier.is_empty(), "nothing has been said yet"),
        _ => Ok(()),
    }
}

fn on_hits(model: &Model) -> Result<(), &'static str> {
    let finds = model.pane == Pane::Thread && !model.threads.find.needles.is_empty();
    let is_narrowed = model.list.narrowed.is_some();
    no(!is_narrowed && !finds, "nothing is looked for here")
}

/// What is of the agent's own making, or of what was told.
fn on_own(model: &Model, action: Action) -> Result<(), &'static str> {
    match action {
        Action::Macro => {
            let has_none = model.macros.is_empty();
            no(has_none, "your configuration has no macros yet")?;
            on_targets(model)
        }
        Action::Command => {
            let has_none = model.commands.is_empty();
            no(has_none, "your configuration has no commands yet")?;
            on_targets(model)
        }
        Action::PlayKept => no(model.recorder.named.is_empty(), "no keys are kept"),
        Action::Play | Action::KeepKeys => {
            no(model.recorder.kept().is_empty(), "no keys are recorded")
        }
        _ => no(model.toasts.last_bad().is_none(), "nothing has gone wrong"),
    }
}

fn on_history(model: &Model, action: Action) -> Result<(), &'static str> {
    let history = &model.history;
    match action {
        Action::Undo => no(
            history.done().is_empty() && !is_anything_held(model),
            "there is nothing to undo",
        ),
        Action::Redo => no(history.undone().is_empty(), "there is nothing to redo"),
        Action::Repeat => {
            on_targets(model)?;
            no(history.done().is_empty(), "there is nothing to do again")
        }
        _ => Ok(()),
    }
}

fn is_anything_held(model: &Model) -> bool {
    let mut holds = model.outbox.iter().filter_map(|it| it.hold_until);
    holds.any(|until| until > model.now)
}

fn on_outbox(model: &Model, action: Action) -> Result<(), &'static str> {
    let current = model.current();
    match action {
        Action::SendNow => no(!is_anything_held(model), "no message waits to be sent"),
        Action::RetryFailed => {
            let mut here = model.outbox.iter();
            let has_failed = here.any(|it| {
                Some(it.conversation_id) == current && matches!(it.state, OutState::Failed { .. })
            });
            no(!has_failed, "nothing has failed here")
        }
        _ => no(model.outbox.is_empty(), "nothing is on its way"),
    }
}

fn is_written(model: &Model) -> bool {
    let current = model.current();
    current.is_some_and(|id| writing::goes_on(model, id))
}

fn on_draft(model: &Model) -> Result<(), &'static str> {
    let current = model.current();
    let row = current.and_then(|id| triage::known(model, id));
    let in_thread = current.and_then(|id| model.threads.get(id)?.draft.as_ref());
    let is_there = row.is_some_and(|row| row.draft.is_to_decide()) || in_thread.is_some();
    no(!is_there && !is_written(model), "there is no draft here")
}
