//! Taking back, doing again, and doing the same elsewhere.

use super::{Effects, bulk, send, triage};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::history::{Deed, Part};
use crate::msg::Level;
use frontdesk_inbox::{Command, OutState, Queued};
use frontdesk_protocol::id::ConversationId;

/// Takes the last deed back.
pub(super) fn undo(model: &mut Model) -> Effects {
    if let Some(queued) = still_held(model) {
        return take_words_back(model, queued);
    }
    let Some(deed) = model.history.done().last().cloned() else {
        model
            .toasts
            .say(Level::Plain, "There is nothing to undo.", model.now);
        return Vec::new();
    };
    take_back(model, &deed)
}

/// Takes a deed back, or the parts of it that are given.
pub(super) fn take_back(model: &mut Model, deed: &Deed) -> Effects {
    if let Some(run) = deed.run {
        return bulk::take_back(model, deed.id, run);
    }
    let mut inverses = commands(deed, |part| part.inverse.clone());
    // What was done last to a conversation is taken back first.
    inverses.reverse();
    if inverses.is_empty() {
        let text = "It has been sent; it cannot be taken back.";
        model.toasts.say(Level::Bad, text, model.now);
        model.history.forget(deed.id);
        return Vec::new();
    }
    // The undoing is no deed of its own: undoing again takes back the one before.
    let title = format!("Undone: {}", deed.title);
    let (effects, undoing) = triage::take_back(model, title, inverses);
    model.history.forget(deed.id);
    model.history.add_undone(Deed {
        parts: with_rows_of(deed, &undoing),
        ..deed.clone()
    });
    effects
}

/// Does again what was taken back last.
pub(super) fn redo(model: &mut Model) -> Effects {
    let Some(deed) = model.history.take_undone() else {
        model
            .toasts
            .say(Level::Plain, "There is nothing to redo.", model.now);
        return Vec::new();
    };
    let again = commands(&deed, |part| Some(part.command.again()));
    triage::act_again(model, deed.title, again)
}

/// Does the last thing to what is selected now. Never sends anything.
pub(super) fn repeat(model: &mut Model) -> Effects {
    let last = model.history.done().last().and_then(|deed| {
        let part = deed.parts.first()?;
        let words = deed.title.split_once(' ')?.1.split_once(' ')?.1;
        let is_one_thing = deed
            .parts
            .iter()
            .skip(1)
            .all(|it| it.conversation_id != part.conversation_id);
        (is_one_thing && !part.command.goes_out()).then(|| (part.command.again(), words.to_owned()))
    });
    let Some((command, words)) = last else {
        let text = "There is nothing to do again.";
        model.toasts.say(Level::Plain, text, model.now);
        return Vec::new();
    };
    if let Some(effects) = bulk::instead(model, &words, &command) {
        return effects;
    }
    let targets = model.targets();
    let ends_it = matches!(command, Command::Close | Command::Spam | Command::Snooze(_));
    let commands: Vec<(ConversationId, Command)> =
        targets.iter().map(|id| (*id, command.again())).collect();
    let title = triage::title(commands.len(), &words);
    let mut effects = triage::act(model, title, commands);
    if ends_it {
        effects.extend(triage::advance(model, &targets));
    }
    effects
}

fn commands(deed: &Deed, of: impl Fn(&Part) -> Option<Command>) -> Vec<(ConversationId, Command)> {
    deed.parts
        .iter()
        .filter_map(|part| Some((part.conversation_id, of(part)?)))
        .collect()
}

/// The parts of a deed with the conversations as what came later left them.
fn with_rows_of(deed: &Deed, later: &[Part]) -> Vec<Part> {
    let mut parts = deed.parts.clone();
    for part in &mut parts {
        let newer = later
            .iter()
            .find(|it| it.conversation_id == part.conversation_id);
        if let Some(newer) = newer {
            part.row = newer.row.clone();
        }
    }
    parts
}

/// The message that was sent last and can still be held back.
fn still_held(model: &Model) -> Option<Queued> {
    model
        .outbox
        .iter()
        .rev()
        .find(|it| {
            let is_held = it.hold_until.is_some_and(|until| until > model.now);
            is_held && it.state == OutState::Waiting && it.command.goes_out()
        })
        .cloned()
}

/// The message comes back into the composer, with what was to happen after it. Messages to
/// several customers that went at once are taken back at once.
fn take_words_back(model: &mut Model, queued: Queued) -> Effects {
    let at_once = |it: &&Queued| {
        it.made_at == queued.made_at && it.state == OutState::Waiting && it.command.goes_out()
    };
    let count = model.outbox.iter().filter(at_once).count();
    if count > 1 {
        return take_all_back(model, &queued, count);
    }
    let behind = model
        .outbox
        .iter()
        .filter(|it| it.conversation_id == queued.conversation_id && it.made_at == queued.made_at);
    let taken: Vec<_> = behind.map(|it| it.id).collect();
    model.outbox.retain(|it| !taken.contains(&it.id));
    model.history.let_go(&taken);
    let mut effects = vec![Effect::TakeBack(taken)];
    effects.extend(send::revise(model, queued));
    effects
}

/// Takes back everything that was done at the same moment as this. What is already being sent
/// stays.
fn take_all_back(model: &mut Model, queued: &Queued, count: usize) -> Effects {
    let held = |it: &&Queued| it.made_at == queued.made_at && it.state == OutState::Waiting;
    let taken: Vec<_> = model.outbox.iter().filter(held).map(|it| it.id).collect();
    model.outbox.retain(|it| !taken.contains(&it.id));
    model.history.let_go(&taken);
    let words = format!("{count} messages taken back.");
    model.toasts.say(Level::Good, words, model.now);
    vec![Effect::TakeBack(taken)]
}
