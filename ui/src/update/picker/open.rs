//! What opens a box to choose from.

use super::super::{Effects, triage};
use super::push;
use crate::action::Action;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::time_until;
use frontdesk_inbox::command::Command;
use frontdesk_inbox::directory::name_of;
use frontdesk_inbox::outbox::{OutState, Queued};
use frontdesk_inbox::{IntentId, Sort, snooze as phrases};
use frontdesk_protocol::entity::User;
use frontdesk_protocol::kind::{Availability, Status};

/// How much of a text a line shows.
const SHOWN: usize = 60;

/// `Assign 3 conversations`.
fn about_targets(model: &Model, verb: &str) -> String {
    match model.targets().len() {
        1 => format!("{verb} 1 conversation"),
        count => format!("{verb} {count} conversations"),
    }
}

/// How long the selected conversations shall rest.
pub(crate) fn snooze(model: &mut Model) -> Effects {
    let presets = phrases::presets(model.now, &model.zone);
    let items = presets.into_iter().map(|preset| {
        let at = preset.snooze.until.map(|stamp| stamp.0);
        let at = at.map(|at| time_until::moment(at, model.now, &model.zone));
        Item::new(
            &format!("{}  {}", preset.letter, preset.words),
            Choice::Snooze(preset.snooze),
        )
        .with_detail(&at.unwrap_or_default())
    });
    let picker = Picker::new(
        Purpose::Snooze,
        about_targets(model, "Snooze"),
        items.collect(),
    );
    push(model, picker)
}

/// What the selected conversations are to be.
pub(crate) fn status(model: &mut Model) -> Effects {
    let rows: Vec<_> = model
        .targets()
        .into_iter()
        .filter_map(|id| triage::known(model, id))
        .collect();
    let all = |status: Status| {
        !rows.is_empty() && rows.iter().all(|row| row.conversation.status == status)
    };
    let snooze = Choice::Snooze(frontdesk_inbox::Snooze::until_reply());
    let items = [
        ("open", Choice::Action(Action::Reopen), all(Status::Open)),
        ("closed", Choice::Action(Action::Done), all(Status::Closed)),
        ("snoozed until…", Choice::Action(Action::Snooze), false),
        ("snoozed until the customer replies", snooze, false),
        ("spam", Choice::Action(Action::Spam), all(Status::Spam)),
    ];
    let items = items.into_iter().map(|(label, choice, is_on)| Item {
        is_on,
        ..Item::new(&model.glyphs.words(label), choice)
    });
    let title = about_targets(model, "Status of");
    push(model, Picker::new(Purpose::Status, title, items.collect()))
}

/// Whom to give the selected conversations to: the agent, nobody, colleagues, teams.
pub(crate) fn assign(model: &mut Model) -> Effects {
    let here = model.current();
    let viewing = here.map_or(&[][..], |id| model.presence.viewing(id));
    let directory = &model.directory;
    let me = directory.user(directory.me);
    let mut items = vec![
        Item::new("me", Choice::User(Some(directory.me)))
            .with_detail(me.map_or("", name_of))
            .found_by("take"),
        Item::new("nobody", Choice::User(None)).found_by("none unassign"),
    ];
    items.extend(colleagues(model).map(|user| {
        let mut detail = user.availability.to_string();
        if viewing.contains(&user.id) {
            detail.push_str(", viewing");
        }
        Item::new(name_of(user), Choice::User(Some(user.id)))
            .with_detail(&detail)
            .found_by(&user.email)
    }));
    items.extend(
        directory
            .teams
            .iter()
            .map(|team| Item::new(&team.name, Choice::Team(team.id)).with_detail("team")),
    );
    let picker = Picker::new(Purpose::Assign, about_targets(model, "Assign"), items);
    push(model, picker)
}

/// Everybody else who still works here.
pub(crate) fn colleagues(model: &Model) -> impl Iterator<Item = &User> {
    let me = model.directory.me;
    model.directory.users.iter().filter(move |user| {
        user.id != me && user.disabled_at.is_none() && user.archived_at.is_none()
    })
}

/// Which tags the selected conversations have.
pub(crate) fn label(model: &mut Model) -> Effects {
    let picker = Picker::new(Purpose::Label, about_targets(model, "Tag"), tags(model));
    push(model, picker)
}

/// All tags; those that every selected conversation has are on.
pub(crate) fn tags(model: &Model) -> Vec<Item> {
    let rows: Vec<_> = model
        .targets()
        .into_iter()
        .filter_map(|id| triage::known(model, id))
        .collect();
    let tags = model.directory.tags.iter();
    tags.map(|tag| Item {
        is_on: !rows.is_empty() && rows.iter().all(|row| row.tags.contains(&tag.id)),
        ..Item::new(&tag.name, Choice::Tag(tag.id))
    })
    .collect()
}

/// Which inbox the selected conversations belong to.
pub(crate) fn move_to(model: &mut Model) -> Effects {
    let here = model
        .current()
        .and_then(|id| triage::known(model, id))
        .and_then(|row| row.conversation.inbox_id);
    let inboxes = model.directory.inboxes.iter();
    let items = inboxes.map(|inbox| Item {
        is_on: Some(inbox.id) == here,
        ..Item::new(&inbox.name, Choice::Inbox(inbox.id)).with_detail(inbox.channel.as_str())
    });
    let picker = Picker::new(Purpose::Move, about_targets(model, "Move"), items.collect());
    push(model, picker)
}

/// Which canned reply, or text of a macro, is put into the text.
pub(crate) fn canned(model: &mut Model) -> Effects {
    canned_for(model, Purpose::Canned)
}

/// The same, in the place of a slash that was typed.
pub(crate) fn slash(model: &mut Model) -> Effects {
    canned_for(model, Purpose::Slash)
}

fn canned_for(model: &mut Model, purpose: Purpose) -> Effects {
    let all = model.directory.canned_responses.iter();
    let items = all.map(|it| {
        Item::new(&it.name, Choice::Canned(it.id))
            .with_detail(&beginning(&it.content))
            .found_by(&it.content)
    });
    let kind = model.composer.as_ref().map(|it| it.kind);
    let with_words = model.macros.iter().filter_map(|it| {
        let words = it
            .words
            .as_ref()
            .filter(|it| kind.is_none_or(|kind| it.fits(kind)))?;
        let text = words.text();
        let choice = Choice::MacroText(it.name.clone());
        Some(
            Item::new(&it.name, choice)
                .with_detail(&beginning(text))
                .found_by(text),
        )
    });
    let items = items.chain(with_words).collect();
    let picker = Picker::new(purpose, "Canned replies", items);
    push(model, picker)
}

/// In which order the view stands.
pub(crate) fn sort_by(model: &mut Model) -> Effects {
    let now = model.list.sort();
    let items = Sort::ALL.iter().map(|sort| Item {
        is_on: *sort == now,
        ..Item::new(sort_words(*sort), Choice::Sort(*sort))
    });
    let title = format!("Sort {}", model.title(model.list.view));
    let picker = Picker::new(Purpose::SortBy, title, items.collect());
    push(model, picker)
}

fn sort_words(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "latest activity first",
        Sort::Oldest => "oldest activity first",
        Sort::WaitingLongest => "who waits longest first",
        Sort::Priority => "priority first",
        Sort::WakesNext => "what wakes next first",
    }
}

/// Whether colleagues and customers see the agent as there.
pub(crate) fn availability(model: &mut Model) -> Effects {
    let me = model.directory.user(model.directory.me);
    let now = me.map(|user| user.availability);
    let items = Availability::ALL.iter().map(|it| Item {
        is_on: Some(*it) == now,
        ..Item::new(it.as_str(), Choice::Availability(*it))
    });
    let picker = Picker::new(Purpose::Availability, "You are", items.collect());
    push(model, picker)
}

/// Why an AI's draft is not used.
pub(crate) fn reject_draft(model: &mut Model) -> Effects {
    let picker = Picker::new(Purpose::RejectDraft, "Reject the draft", reasons(""));
    push(model, picker)
}

/// The usual reasons, and what was typed as a reason of its own.
pub(super) fn reasons(typed: &str) -> Vec<Item> {
    let usual = ["wrong facts", "wrong tone", "not needed"];
    let own = Some(typed.trim()).filter(|it| !it.is_empty() && !usual.contains(it));
    let reasons = usual.into_iter().chain(own);
    reasons
        .map(|reason| Item::new(reason, Choice::Reason(reason.to_owned())))
        .collect()
}

/// Everything that is on its way, what needs the agent first.
pub(crate) fn outbox(model: &mut Model) -> Effects {
    let mut queued: Vec<&Queued> = model.outbox.iter().collect();
    queued.sort_by_key(|it| std::cmp::Reverse(it.state.mark()));
    let items = queued.into_iter().map(|it| {
        Item::new(&in_words(model, it), Choice::Intent(it.id)).with_detail(&state_words(model, it))
    });
    let picker = Picker::new(Purpose::Outbox, "On its way", items.collect());
    push(model, picker)
}

/// `Priya Raman: reply, Hi Priya`.
fn in_words(model: &Model, queued: &Queued) -> String {
    let row = triage::known(model, queued.conversation_id);
    let who = row.map_or_else(|| "a conversation".to_owned(), |row| row.customer);
    match &queued.command {
        Command::Reply { body, .. } => format!("{who}: reply, {}", beginning(body)),
        Command::SendLater { body, .. } => format!("{who}: later, {}", beginning(body)),
        Command::Note { body } => format!("{who}: note, {}", beginning(body)),
        Command::Forward { to, .. } => format!("{who}: forward to {to}"),
        other => format!("{who}: {}", kind_words(other)),
    }
}

fn kind_words(command: &Command) -> &'static str {
    match command {
        Command::Reply { .. } => "reply",
        Command::SendLater { .. } => "send later",
        Command::Note { .. } => "note",
        Command::Assign(_) | Command::AssignTeam(_) => "assign",
        Command::Close => "done",
        Command::Reopen | Command::PutBack { .. } => "reopen",
        Command::Snooze(_) => "snooze",
        Command::Spam => "spam",
        Command::Priority(_) => "priority",
        Command::Tag(_) => "add a tag",
        Command::Untag(_) => "remove a tag",
        Command::Read => "read",
        Command::Unread => "unread",
        Command::Move(_) => "move",
        Command::Block(_) => "block the customer",
        Command::Unblock(_) => "unblock the customer",
        Command::Merge { .. } => "merge",
        Command::UndoMerge { .. } | Command::PartCustomers(_) => "take a merge back",
        Command::Link(_) => "link",
        Command::Split { .. } => "split",
        Command::Unsplit { .. } => "take a split back",
        Command::Forward { .. } => "forward",
        Command::Unlink(_) => "take a link away",
        Command::MergeCustomers { .. } => "merge customers",
        Command::ApproveDraft { .. } => "approve the draft",
        Command::RejectDraft { .. } => "reject the draft",
    }
}

fn state_words(model: &Model, queued: &Queued) -> String {
    match &queued.state {
        OutState::Waiting => match queued.hold_until.filter(|until| *until > model.now) {
            Some(until) => format!("goes {}", time_until::span(until, model.now)),
            None => "waits".to_owned(),
        },
        OutState::Sending => "is being sent".to_owned(),
        OutState::Unsure => "may have been sent; the server is asked again".to_owned(),
        OutState::Held { .. } => "held: somebody wrote meanwhile".to_owned(),
        OutState::Failed { reason } => format!("failed: {reason}"),
    }
}

/// What can be done with one thing of the outbox.
pub(crate) fn outbox_entry(model: &mut Model, id: IntentId) -> Effects {
    let Some(queued) = model.outbox.iter().find(|it| it.id == id) else {
        return Vec::new();
    };
    let is_text = matches!(
        queued.command,
        Command::Reply { .. }
            | Command::SendLater { .. }
            | Command::Note { .. }
            | Command::Forward { .. }
    );
    let mut items = match queued.state {
        OutState::Waiting => vec![
            Item::new("send now", Choice::SendNow(id)),
            Item::new("take it back", Choice::Drop(id)),
        ],
        OutState::Sending | OutState::Unsure => {
            vec![Item::new("it may have arrived already", Choice::Nothing)]
        }
        OutState::Held { .. } => vec![
            Item::new("send anyway", Choice::SendAnyway(id)),
            Item::new("drop it", Choice::Drop(id)),
        ],
        OutState::Failed { .. } => vec![
            Item::new("try again", Choice::Retry(id)),
            Item::new("drop it", Choice::Drop(id)),
        ],
    };
    if is_text && !queued.state.may_have_arrived() {
        items.insert(1, Item::new("revise the text", Choice::Revise(id)));
    }
    items.push(Item::new(
        "open the conversation",
        Choice::Conversation(queued.conversation_id),
    ));
    let title = in_words(model, queued);
    let picker = Picker::new(
        Purpose::OutboxEntry(id),
        crate::text_safe::line(&title).into_owned(),
        items,
    );
    push(model, picker)
}

fn beginning(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.unwrap_or("").trim().chars().take(SHOWN).collect()
}

/// The name of an action without the sign that it asks something.
pub(crate) fn bare_title(action: Action) -> &'static str {
    action.title().trim_end_matches('…')
}
