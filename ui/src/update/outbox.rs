//! What is on its way: news of it, and what the agent wants done with it.

use super::{Effects, related, send, split};
use crate::effect::Effect;
use crate::model::Model;
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued};

/// Shows these as on their way, and has them written down.
pub(super) fn give(model: &mut Model, queued: Vec<Queued>) -> Effects {
    model.unwritten.extend(queued.iter().map(|it| it.id));
    model.outbox.extend(queued.iter().cloned());
    vec![Effect::Enqueue(queued)]
}

/// Everything that is on its way, as the store has it. What the agent did since the store said so
/// is on its way too.
pub(super) fn told(model: &mut Model, mut queued: Vec<Queued>) -> Effects {
    model
        .unwritten
        .retain(|id| queued.iter().all(|it| it.id != *id));
    let since = model.outbox.iter();
    queued.extend(since.filter(|it| model.unwritten.contains(&it.id)).cloned());
    let was_held = held(&model.outbox);
    let mut effects = related::settled(&model.outbox, &queued);
    effects.extend(split::settled(&model.outbox, &queued));
    model.outbox = queued;
    let is_held = held(&model.outbox);
    if is_held > was_held {
        let text = "Somebody wrote meanwhile, so your message is held back.";
        model.toasts.say(Level::Bad, text, model.now);
    }
    effects
}

fn held(queued: &[Queued]) -> usize {
    queued
        .iter()
        .filter(|it| matches!(it.state, OutState::Held { .. }))
        .count()
}

/// The server has it.
pub(super) fn confirmed(model: &mut Model, id: IntentId) -> Effects {
    model.outbox.retain(|it| it.id != id);
    Vec::new()
}

/// The server does not want it; what it changed has been put back, what was written is kept.
pub(super) fn refused(model: &mut Model, id: IntentId, reason: &str) -> Effects {
    let what = model
        .outbox
        .iter()
        .find(|it| it.id == id)
        .map_or("That", |it| name(&it.command));
    let after = match model.outbox.iter().find(|it| it.id == id) {
        Some(it) if it.command.has_words() => "Your text is kept.",
        _ => "It is as it was.",
    };
    let reason = text_safe::line(reason);
    let reason = reason.trim_end_matches('.');
    let text = match faster(model, id) {
        Some(who) => format!("{who} was faster, so your draft was not sent. {after}"),
        None => format!("{what} did not work: {reason}. {after}"),
    };
    model.toasts.say(Level::Bad, text, model.now);
    Vec::new()
}

/// The colleague who answered while the approval of a draft was on its way.
fn faster(model: &Model, id: IntentId) -> Option<String> {
    let queued = model.outbox.iter().find(|it| it.id == id)?;
    let Command::ApproveDraft { guard, .. } = &queued.command else {
        return None;
    };
    let (Guard::Seen(seen) | Guard::Forced(seen)) = guard;
    let thread = model.threads.get(queued.conversation_id)?;
    let mut newer = thread.messages.iter().rev().take_while(|it| it.seq > *seen);
    let user = newer.find_map(|it| it.user_id.filter(|user| *user != model.directory.me))?;
    Some(text_safe::line(model.directory.user_name(user)).into_owned())
}

/// These could not be written down, so they are not done. Words go back to where they were typed.
pub(super) fn not_kept(model: &mut Model, lost: Vec<Queued>) -> Effects {
    let is_kept = |id: &IntentId| lost.iter().all(|gone| gone.id != *id);
    model.outbox.retain(|it| is_kept(&it.id));
    model.unwritten.retain(is_kept);
    let written = lost.into_iter().filter(|it| it.command.has_words());
    written.flat_map(|it| send::revise(model, it)).collect()
}

/// What a command is called when it is spoken of.
pub(crate) fn name(command: &Command) -> &'static str {
    match command {
        Command::Reply { .. } => "Sending the reply",
        Command::SendLater { .. } => "Keeping the reply for later",
        Command::Note { .. } => "Adding the note",
        Command::Assign(_) | Command::AssignTeam(_) => "Assigning",
        Command::Close => "Closing",
        Command::Reopen | Command::PutBack { .. } => "Reopening",
        Command::Snooze(_) => "Snoozing",
        Command::Spam => "Marking it as spam",
        Command::Priority(_) => "Changing the priority",
        Command::Tag(_) | Command::Untag(_) => "Changing the tags",
        Command::Read | Command::Unread => "Marking it",
        Command::Move(_) => "Moving",
        Command::Block(_) => "Blocking",
        Command::Unblock(_) => "Unblocking",
        Command::Merge { .. } => "Merging",
        Command::UndoMerge { .. } | Command::PartCustomers(_) => "Taking the merge back",
        Command::Link(_) => "Linking",
        Command::Split { .. } => "Splitting",
        Command::Unsplit { .. } => "Taking the split back",
        Command::Forward { .. } => "Forwarding",
        Command::Unlink(_) => "Taking the link away",
        Command::MergeCustomers { .. } => "Merging the customers",
        Command::ApproveDraft { .. } => "Approving the draft",
        Command::RejectDraft { .. } => "Rejecting the draft",
    }
}

/// Sends what is held back for undoing, without waiting any longer.
pub(super) fn send_now(model: &mut Model) -> Effects {
    let now = model.now;
    let held = model
        .outbox
        .iter_mut()
        .rev()
        .find(|it| it.hold_until.is_some_and(|until| until > now));
    match held {
        Some(it) => {
            it.hold_until = None;
            vec![Effect::SendNow(it.id)]
        }
        None => Vec::new(),
    }
}

/// Tries again what the server refused in this conversation.
pub(super) fn retry(model: &mut Model) -> Effects {
    let current = model.current();
    let failed: Vec<IntentId> = model
        .outbox
        .iter()
        .filter(|it| Some(it.conversation_id) == current)
        .filter(|it| matches!(it.state, OutState::Failed { .. }))
        .map(|it| it.id)
        .collect();
    if failed.is_empty() {
        let text = "Nothing has failed here.";
        model.toasts.say(Level::Plain, text, model.now);
    }
    failed.into_iter().map(Effect::Retry).collect()
}

#[cfg(test)]
mod tests {
    use crate::effect::Effect;
    use crate::msg::{Msg, WrittenKind};
    use crate::testing::{desk, message, press, thread};
    use crate::update::update;

    #[test]
    fn what_was_done_since_the_store_spoke_is_on_its_way_too() {
        let mut model = desk(80, 24);
        press(&mut model, "A");
        let waiting = model.outbox.clone();
        assert_eq!(waiting.len(), 1);
        let now = model.now;
        update(&mut model, now, Msg::Outbox(Vec::new()));
        assert_eq!(model.outbox, waiting, "it was said before the key");
        update(&mut model, now, Msg::Outbox(waiting.clone()));
        assert_eq!(model.outbox, waiting);
        update(&mut model, now, Msg::Outbox(Vec::new()));
        assert!(model.outbox.is_empty() && model.unwritten.is_empty());
        press(&mut model, "A");
        let lost = model.outbox.clone();
        update(&mut model, now, Msg::NotKept(lost));
        assert!(model.outbox.is_empty() && model.unwritten.is_empty());
    }

    #[test]
    fn whoever_lost_a_race_is_told_who_won_it() {
        let mut model = desk(80, 24);
        press(&mut model, "A");
        let id = model.outbox.last().unwrap().id;
        let mut it = thread();
        it.messages.push(message(1, 5, "2", 0, "It is refunded."));
        let now = model.now;
        update(&mut model, now, Msg::Thread(Box::new(it)));
        let reason = "Somebody was faster: it is done already.".to_owned();
        update(&mut model, now, Msg::Refused { id, reason });
        let said = &model.toasts.shown.as_ref().unwrap().text;
        assert_eq!(
            said,
            "Teemu was faster, so your draft was not sent. It is as it was."
        );
    }

    #[test]
    fn words_that_could_not_be_written_down_go_back_to_where_they_were_typed() {
        for (keys, kind) in [("r", WrittenKind::Reply), ("c", WrittenKind::Note)] {
            let mut model = desk(80, 24);
            press(&mut model, keys);
            let now = model.now;
            update(&mut model, now, Msg::Paste("Precious".to_owned()));
            let before = model.outbox.len();
            let effects = press(&mut model, "ctrl-s");
            let written = effects.iter().find_map(|it| match it {
                Effect::Enqueue(queued) => Some(queued.clone()),
                _ => None,
            });
            assert!(model.composer.is_none());
            let effects = update(&mut model, now, Msg::NotKept(written.unwrap()));
            let composer = model.composer.as_ref().unwrap();
            assert_eq!(
                (composer.text().as_str(), composer.kind),
                ("Precious", kind)
            );
            assert!(composer.has_focus());
            assert_eq!(model.outbox.len(), before);
            assert!(effects.iter().any(|it| matches!(it, Effect::SaveText(_))));
        }
    }
}
