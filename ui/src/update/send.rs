//! Sending what was written: what is noteworthy is asked about first, then it is written down
//! and held for a moment in which it can be taken back.

mod check;

use super::{Effects, compose, forward, outbox, triage, writing};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::Assist;
pub(super) use crate::model::composer::After;
use crate::model::composer::{Composer, Writing};
use crate::model::layer::{Confirm, Layer, Then};
use crate::msg::{Level, Origin, Typed, WrittenKind};
use crate::time_until;
use frontdesk_inbox::{Command, Enclosure, Guard, IntentId, OutState, Queued, Quoting, Snooze};
use frontdesk_protocol::id::{ConversationId, DraftId};
use frontdesk_protocol::time::{Timestamp, UtcStamp};

/// Sends what stands in the composer, unless something about it should be asked first.
pub(super) fn send(model: &mut Model, after: After) -> Effects {
    compose::look(model);
    if let Some(id) = unfinished(model) {
        let words =
            "The draft is still being written. It is stopped; send again to send what is there.";
        model.toasts.say(Level::Plain, words, model.now);
        return vec![Effect::Assist(Assist::Stop(id))];
    }
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.after = after;
    if composer.is_blank() {
        let words = "There is nothing to send yet.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    if composer.copying > 0 {
        let words = "A file is still being copied. Send again in a moment.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let id = composer.conversation_id;
    let warnings = check::warnings(model);
    if warnings.is_empty() {
        return confirmed(model, id);
    }
    told(model, id);
    model.layers.push(Layer::Confirm(Confirm {
        question: "Send this?".to_owned(),
        warnings,
        yes: "send",
        then: Then::Send(id),
    }));
    Vec::new()
}

/// The conversation whose draft goes on being written into the text.
fn unfinished(model: &Model) -> Option<ConversationId> {
    let composer = model.composer.as_ref().filter(|it| it.follows.is_some())?;
    let id = composer.conversation_id;
    writing::goes_on(model, id).then_some(id)
}

/// Takes in that the question names what was written meanwhile. What comes in while it is open
/// has not been told, and still holds the reply back.
fn told(model: &mut Model, id: ConversationId) {
    let newest = model.threads.get(id).and_then(|it| it.messages.last());
    if let (Some(composer), Some(message)) = (&mut model.composer, newest) {
        composer.seen = composer.seen.max(message.seq);
    }
}

/// Sends what stands in the composer, now that nobody has to be asked any more.
pub(super) fn confirmed(model: &mut Model, id: ConversationId) -> Effects {
    let Some(composer) = model.composer.take_if(|it| it.conversation_id == id) else {
        return Vec::new();
    };
    let after = composer.after;
    let command = match after {
        After::Later(at) => later(&composer, at),
        _ => command(model, &composer),
    };
    let mut effects = match command {
        Command::Note { .. } => note(model, id, command, composer.files.clone()),
        Command::SendLater { at, .. } => wait(model, id, at.0, command),
        _ => to_customer(model, id, command, composer.files.clone()),
    };
    // Only once it is written down as something to send, so that a crash never loses it.
    effects.extend(compose::forget(&composer));
    effects.extend(follow(model, id, after));
    effects
}

/// What is to be done with the text.
///
/// The guard is the newest event the agent has had time to notice while the text was written,
/// not the newest there is: whatever comes in between looking and sending holds the reply back,
/// so that a customer who just said "it works now" is not answered past, and two agents never
/// answer the same message. What the agent's own earlier replies bring does not count as news;
/// the server leaves it out.
fn command(model: &Model, composer: &Composer) -> Command {
    let body = composer.text().trim_end().to_owned();
    let guard = Guard::Seen(composer.seen);
    match (composer.kind, composer.origin) {
        (WrittenKind::Note, _) => Command::Note { body },
        (WrittenKind::Reply, Origin::Fresh) => Command::Reply { body, guard },
        (WrittenKind::Reply, Origin::Draft { id, version }) => Command::ApproveDraft {
            draft: id,
            version,
            edited: Some(body),
            guard,
            quoting: quoting(model, composer.conversation_id, id),
        },
    }
}

/// Whoever sends a draft that rests on a text for the company only has been asked before.
fn quoting(model: &Model, id: ConversationId, draft: DraftId) -> Quoting {
    let there = model.threads.get(id).and_then(|it| it.draft.as_ref());
    let rests = there.is_some_and(|it| it.id == draft && !it.internal_sources().is_empty());
    if rests {
        Quoting::Internal
    } else {
        Quoting::Public
    }
}

/// The text as one that the server keeps until its time.
fn later(composer: &Composer, at: Timestamp) -> Command {
    Command::SendLater {
        body: composer.text().trim_end().to_owned(),
        at: UtcStamp(at),
        guard: Guard::Seen(composer.seen),
    }
}

fn wait(model: &mut Model, id: ConversationId, at: Timestamp, command: Command) -> Effects {
    let when = time_until::moment(at, model.now, &model.zone);
    let words = format!("Goes out {when}, unless the customer writes first.");
    model.toasts.say(Level::Good, words, model.now);
    enqueue(model, id, command, Vec::new(), None)
}

fn note(model: &mut Model, id: ConversationId, command: Command, files: Vec<Enclosure>) -> Effects {
    model.toasts.say(Level::Good, "Note added.", model.now);
    enqueue(model, id, command, files, None)
}

/// Queues words to the customer. They are held for as long as the channel wants, so that they
/// can be taken back.
pub(super) fn to_customer(
    model: &mut Model,
    id: ConversationId,
    command: Command,
    files: Vec<Enclosure>,
) -> Effects {
    let hold = compose::source(model, id).map_or(0, |source| model.settings.hold.of(source));
    let until = (hold > 0).then(|| model.now.plus_seconds(i64::from(hold)));
    let mut effects = super::thread::to_end(model);
    effects.extend(enqueue(model, id, command, files, until));
    effects
}

pub(super) fn enqueue(
    model: &mut Model,
    conversation_id: ConversationId,
    command: Command,
    files: Vec<Enclosure>,
    hold_until: Option<Timestamp>,
) -> Effects {
    let queued = Queued {
        id: IntentId::random(),
        conversation_id,
        command,
        files,
        made_at: model.now,
        hold_until,
        state: OutState::Waiting,
    };
    outbox::give(model, vec![queued])
}

/// What was asked for after the message. It waits its turn behind the message, as everything
/// that is done to one conversation does, and is taken back with it.
fn follow(model: &mut Model, id: ConversationId, after: After) -> Effects {
    let (command, words) = match after {
        After::Nothing | After::Later(_) => return Vec::new(),
        After::Close => (Command::Close, "answered and done"),
        After::SnoozeUntilReply => (
            Command::Snooze(Snooze::until_reply()),
            "answered and snoozed until a reply",
        ),
    };
    let mut effects = triage::act(model, triage::title(1, words), vec![(id, command)]);
    effects.extend(triage::advance(model, &[id]));
    effects
}

/// Brings words that were taken back into the composer again.
pub(super) fn revise(model: &mut Model, queued: Queued) -> Effects {
    let id = queued.conversation_id;
    let (text, origin, guard) = match queued.command {
        Command::Reply { body, guard } | Command::SendLater { body, guard, .. } => {
            (body, Origin::Fresh, Some(guard))
        }
        Command::Note { body } => (body, Origin::Fresh, None),
        Command::ApproveDraft {
            draft,
            version,
            edited: Some(text),
            guard,
            ..
        } => (text, Origin::Draft { id: draft, version }, Some(guard)),
        Command::Forward { to, body } => return forward::words(model, &to, &body),
        // The draft itself stands in the thread again.
        _ => return forget_what_followed(model, id),
    };
    let kind = guard.map_or(WrittenKind::Note, |_| WrittenKind::Reply);
    let seen = match guard {
        Some(Guard::Seen(seq) | Guard::Forced(seq)) => seq,
        None => compose::seen(model, id),
    };
    let mut effects = forget_what_followed(model, id);
    effects.extend(compose::enter(model, id));
    effects.extend(compose::put_aside(model));
    let mut typed = Typed {
        conversation_id: id,
        kind,
        text,
        seen: Some(seen),
        origin,
        files: queued.files,
    };
    with_newer(model, &mut typed);
    let mut composer = Composer::new(&typed, seen);
    composer.focus = Writing::Now;
    model.composer = Some(composer);
    effects.push(Effect::SaveText(typed));
    effects
}

/// Puts what was begun since below the text: neither is lost.
fn with_newer(model: &mut Model, typed: &mut Typed) {
    if let Some(newer) = model.aside.take(typed.conversation_id, typed.kind) {
        typed.files.extend(newer.files.iter().cloned());
        if !newer.has_no_words() {
            typed.text = format!("{}\n\n{}", typed.text, newer.text());
        }
    }
}

/// Closing or snoozing that was to follow the words has been taken back with them, so it is
/// nothing to undo any more.
fn forget_what_followed(model: &mut Model, id: ConversationId) -> Effects {
    let outbox = &model.outbox;
    let is_gone = |deed: &crate::model::history::Deed| {
        deed.parts.iter().all(|part| {
            part.conversation_id == id
                && matches!(part.command, Command::Close | Command::Snooze(_))
                && !outbox.iter().any(|it| it.id == part.intent)
        })
    };
    let last = model.history.done().last();
    if let Some(deed) = last.filter(|it| is_gone(it)) {
        let id = deed.id;
        model.history.forget(id);
    }
    Vec::new()
}

#[cfg(test)]
mod tests;
