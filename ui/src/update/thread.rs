//! The thread on the screen: loading it and its neighbours, keeping the reader's place, and
//! marking it read.

use super::{Effects, beside, compose, hit, story, templates, triage, writing};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::find::Find;
use crate::model::thread::{Asking, Quotes, Scroll};
use crate::msg::{Focus, Level};
use crate::view::layout;
use crate::view::thread::scene::Scene;
use frontdesk_inbox::{Command, Row, Thread};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, EventSeq};
use frontdesk_protocol::kind::MessageKind;
use frontdesk_protocol::time::Timestamp;

/// How near to the beginning of what is loaded older messages are asked for, in messages.
const NEAR: usize = 3;
/// How long the cursor rests before its thread comes to the screen. A held key comes again
/// sooner, so that it draws the list alone.
const REST_MICROS: i64 = 60_000;
/// How long a message is on the screen before the agent can be expected to have noticed it.
const NOTICED_SECONDS: i64 = 2;

/// A thread has come, for the first time or again.
pub(super) fn loaded(model: &mut Model, thread: Thread) -> Effects {
    let id = thread.id();
    let newest = newest(&thread);
    let before = model.threads.get(id).map(self::newest);
    let is_current = model.current() == Some(id);
    let is_outdated = is_older_than_the_list(model, &thread);
    if is_current && before != Some(newest) {
        model.threads.newest_since = model.now;
        if let (Some(before), Scroll::At { .. }) = (before, model.threads.scroll) {
            let is_new = |it: &&Message| it.seq > before && it.kind != MessageKind::System;
            model.threads.fresh += thread.messages.iter().rev().filter(is_new).count();
        }
    }
    let line_was_known = model.threads.get(id).and_then(templates::line).is_some();
    model.threads.keep(thread);
    if !line_was_known {
        templates::line_is_known(model, id);
    }
    if before.is_some_and(|before| before != newest) {
        model.writings.let_go(id);
    }
    writing::settle(model, id);
    let mut effects = Vec::new();
    if is_current {
        // It was asked for when the cursor came, and was waited for.
        effects.extend(settle(model));
        looked_at(model);
        effects.extend(hit::seek(model));
    }
    if is_outdated {
        effects.extend(ask(model, id));
    }
    effects
}

fn newest(thread: &Thread) -> EventSeq {
    thread.messages.last().map_or(EventSeq(0), |it| it.seq)
}

/// Whether the conversation went on while its thread was being fetched.
fn is_older_than_the_list(model: &Model, thread: &Thread) -> bool {
    let shown = &thread.row.conversation;
    model.list.find(thread.id()).is_some_and(|row| {
        let listed = &row.conversation;
        listed.version > shown.version || listed.last_message_seq > shown.last_message_seq
    })
}

/// Older messages have come. They stand above what the reader sees, which does not move.
pub(super) fn older(
    model: &mut Model,
    id: ConversationId,
    messages: Vec<Message>,
    has_older: bool,
) -> Effects {
    if model.threads.older_wanted == Some(id) {
        model.threads.older_wanted = None;
    }
    let Some(thread) = model.threads.get_mut(id) else {
        return Vec::new();
    };
    let first = thread.messages.first().map(|it| it.seq);
    let new = messages
        .into_iter()
        .filter(|it| first.is_none_or(|first| it.seq < first));
    thread.messages.splice(0..0, new);
    thread.has_older = has_older;
    hit::seek(model)
}

/// A conversation is different now. Its thread is asked for again if it is on the screen, and
/// forgotten if it is not.
pub(super) fn changed(model: &mut Model, row: &Row) -> Effects {
    let id = row.id();
    let Some(thread) = model.threads.get(id) else {
        return Vec::new();
    };
    let (was, is) = (&thread.row, row);
    let went_on = was.conversation.version != is.conversation.version
        || was.conversation.last_message_seq != is.conversation.last_message_seq
        || was.draft != is.draft;
    if let Some(thread) = model.threads.get_mut(id) {
        thread.row = row.clone();
    }
    if went_on {
        ask_if_shown(model, id)
    } else {
        Vec::new()
    }
}

/// Messages that were there are different, which a conversation itself does not tell. A thread that is
/// being loaded may have been read before that, so it is loaded once more.
pub(super) fn reworded(model: &mut Model, ids: &[ConversationId]) -> Effects {
    let mut effects = Vec::new();
    for id in ids.iter().copied() {
        if model.threads.get(id).is_some() || model.threads.wanted.contains(&id) {
            model.threads.wanted.retain(|it| *it != id);
            effects.extend(ask_if_shown(model, id));
        }
    }
    effects
}

fn ask_if_shown(model: &mut Model, id: ConversationId) -> Effects {
    let is_held = model.beside.place(id).is_some();
    if model.current() == Some(id) || is_held || story::has(model, id) {
        return ask(model, id);
    }
    model.threads.forget(id);
    Vec::new()
}

/// Asks for a thread again, although an old state of it is here.
fn ask(model: &mut Model, id: ConversationId) -> Effects {
    if model.threads.wanted.contains(&id) {
        return Vec::new();
    }
    model.threads.wanted.push(id);
    vec![Effect::LoadThread(id)]
}

/// The cursor went on by a key that may be held. After a rest its thread is shown at once where
/// it is here; while the key is held, what is on the screen stays until the cursor rests.
pub(super) fn show_at_rest(model: &mut Model) -> Effects {
    let since = model.now.0.saturating_sub(model.threads.moved_at.0);
    let is_held = (0..REST_MICROS).contains(&since);
    model.threads.moved_at = model.now;
    let is_here = model
        .current()
        .is_some_and(|id| model.threads.get(id).is_some());
    if is_here && !is_held {
        return show(model);
    }
    model.threads.show_at = Some(Timestamp(model.now.0.saturating_add(REST_MICROS)));
    // What is looked at now is not what the cursor is on.
    model.threads.read_at = None;
    if is_held { Vec::new() } else { load(model) }
}

/// Shows the thread under the cursor now, if it has been put off.
pub(super) fn settle(model: &mut Model) -> Effects {
    match model.threads.show_at {
        Some(_) => show(model),
        None => Vec::new(),
    }
}

/// Shows the thread under the cursor when the cursor has come to rest.
pub(super) fn show_in_time(model: &mut Model) -> Effects {
    match model.threads.show_at {
        Some(at) if at <= model.now => show(model),
        _ => Vec::new(),
    }
}

/// The selection or the size is different now: brings the right thread to the screen.
pub(super) fn show(model: &mut Model) -> Effects {
    model.threads.show_at = None;
    let current = model.current();
    let mut effects = Vec::new();
    if model.threads.on_screen != current {
        effects.extend(compose::put_aside(model));
        model.threads.on_screen = current;
        model.threads.scroll = Scroll::End;
        model.threads.fresh = 0;
        model.threads.quotes = Quotes::Folded;
        model.threads.hit = None;
        model.threads.find = Find::default();
        model.context_top = 0;
        model.threads.newest_since = model.now;
        if model.open.is_some() {
            effects.extend(compose::bring_back(model));
        }
    }
    effects.extend(load(model));
    effects.extend(watch(model));
    looked_at(model);
    effects
}

/// Asks for the thread, and for its neighbours in the list, which are likely to be next.
fn load(model: &mut Model) -> Effects {
    let Some(current) = model.current() else {
        return Vec::new();
    };
    let list = &model.list;
    let at = list.rows.iter().position(|row| row.id() == current);
    let beside = |at: usize| [Some(at + 1), at.checked_sub(1)];
    let neighbours: Vec<ConversationId> = at
        .into_iter()
        .flat_map(beside)
        .flatten()
        .filter_map(|place| list.rows.get(place).map(Row::id))
        .collect();
    let held: Vec<ConversationId> = match model.focus_beside() {
        Some(_) => model.beside.held().iter().map(|it| it.id).collect(),
        None => Vec::new(),
    };
    std::iter::once(current)
        .chain(held)
        .chain(neighbours)
        .filter(|id| model.threads.want(*id) == Asking::Needed)
        .map(Effect::LoadThread)
        .collect()
}

/// Tells the network what is looked at, when that is something else than before.
fn watch(model: &mut Model) -> Effects {
    let is_seen = layout::of(model).thread.height > 0;
    let watched: Vec<ConversationId> = model.current().filter(|_| is_seen).into_iter().collect();
    if watched == model.threads.watched {
        return Vec::new();
    }
    model.threads.watched.clone_from(&watched);
    vec![Effect::Watch(watched)]
}

/// A conversation was opened in its own right, which is reading it.
pub(super) fn opened(model: &mut Model) -> Effects {
    let mut effects = show(model);
    effects.extend(compose::bring_back(model));
    effects.extend(read(model));
    effects
}

fn read(model: &mut Model) -> Effects {
    model.threads.read_at = None;
    let Some(id) = model.current() else {
        return Vec::new();
    };
    if is_read(model, id) {
        return Vec::new();
    }
    triage::quietly(model, vec![(id, Command::Read)])
}

/// Whether looking at it changes nothing: it is read, or the agent may not say so.
fn is_read(model: &Model, id: ConversationId) -> bool {
    model.may_only_read().is_some()
        || triage::known(model, id).is_none_or(|row| row.conversation.read)
}

/// Somebody begins to look, or looks away: sets when the thread counts as read.
pub(super) fn looked_at(model: &mut Model) {
    let is_seen = model.window == Focus::Gained
        && model.threads.show_at.is_none()
        && layout::of(model).thread.height > 0;
    let unread = model.current().filter(|id| !is_read(model, *id));
    let wait = i64::from(model.settings.read_after_ms) * 1_000;
    model.threads.read_at = match unread {
        Some(_) if is_seen => Some(Timestamp(model.now.0.saturating_add(wait))),
        _ => None,
    };
}

/// Marks the thread read when it has been looked at for long enough.
pub(super) fn read_in_time(model: &mut Model) -> Effects {
    match model.threads.read_at {
        Some(at) if at <= model.now => read(model),
        _ => Vec::new(),
    }
}

/// The newest event the agent has noticed in the thread on the screen: everything in it, unless
/// the reader is further up, looks elsewhere, or has not had the time.
pub(super) fn noticed(model: &Model, id: ConversationId) -> Option<EventSeq> {
    let thread = model.threads.get(id)?;
    let is_seen = model.threads.on_screen == Some(id)
        && model.threads.scroll == Scroll::End
        && model.window == Focus::Gained
        && layout::of(model).thread.height > 0;
    let since = model.threads.newest_since.plus_seconds(NOTICED_SECONDS);
    (is_seen && since <= model.now).then(|| newest(thread))
}

/// Scrolls by lines, down for positive numbers.
pub(super) fn scroll(model: &mut Model, by: isize) -> Effects {
    let Some(scene) = Scene::now(model) else {
        return Vec::new();
    };
    model.threads.scroll = scene.moved(by);
    beside::follow(model);
    if model.threads.scroll == Scroll::End {
        return to_end(model);
    }
    let is_near = Scene::now(model).is_some_and(|scene| scene.messages_above() < NEAR);
    if is_near && by < 0 {
        load_older(model)
    } else {
        Vec::new()
    }
}

/// To the first message that is here, and asks for older ones if there are any.
pub(super) fn to_start(model: &mut Model) -> Effects {
    let Some(scene) = Scene::now(model) else {
        return Vec::new();
    };
    model.threads.scroll = scene.start();
    beside::follow(model);
    load_older(model)
}

pub(super) fn load_older(model: &mut Model) -> Effects {
    let wanted = model.threads.older_wanted;
    let next = match model.story_shown() {
        Some(story) => story.next_older(&model.threads),
        None => model.current(),
    };
    let thread = next.and_then(|id| model.threads.get(id));
    let Some(thread) = thread.filter(|it| it.has_older && wanted != Some(it.id())) else {
        return Vec::new();
    };
    let Some(before) = thread.messages.first().map(|it| it.seq) else {
        return Vec::new();
    };
    let conversation_id = thread.id();
    model.threads.older_wanted = Some(conversation_id);
    vec![Effect::LoadOlder {
        conversation_id,
        before,
    }]
}

/// To the newest message, and on with it when more comes in.
pub(super) fn to_end(model: &mut Model) -> Effects {
    if model.threads.fresh > 0 {
        // What came in below begins to be seen only now.
        model.threads.newest_since = model.now;
    }
    model.threads.scroll = Scroll::End;
    model.threads.fresh = 0;
    beside::follow(model);
    Vec::new()
}

/// Shows quotes and signatures, or folds them.
pub(super) fn fold(model: &mut Model) -> Effects {
    model.threads.quotes = model.threads.quotes.flipped();
    Vec::new()
}

/// Copies the newest message, without what it quotes.
pub(super) fn copy_text(model: &mut Model) -> Effects {
    let thread = model.current().and_then(|id| model.threads.get(id));
    let is_said = |it: &&Message| it.kind != MessageKind::System;
    let newest = thread.and_then(|it| it.messages.iter().rev().find(is_said));
    let Some(text) = newest.and_then(|it| it.body.as_deref()) else {
        return nothing_to_copy(model, "There is no message to copy.");
    };
    copy("the message", crate::text_safe::block(text).into_owned())
}

/// Copies the number of the conversation, as colleagues and the command line know it.
pub(super) fn copy_number(model: &mut Model) -> Effects {
    let known = model.current().and_then(|id| triage::known(model, id));
    let Some(row) = known else {
        return nothing_to_copy(model, "No conversation is selected.");
    };
    let number = row.conversation.number;
    copy("the number of the conversation", format!("#{number}"))
}

/// Copies the address or number the customer writes from.
pub(super) fn copy_address(model: &mut Model) -> Effects {
    let thread = model.current().and_then(|id| model.threads.get(id));
    let customer = thread.and_then(|it| it.customer.as_ref());
    let address = customer.and_then(|it| it.email.as_deref().or(it.phone.as_deref()));
    let Some(address) = address else {
        return nothing_to_copy(model, "No address of this customer is known.");
    };
    copy(
        "the customer's address",
        crate::text_safe::line(address).into_owned(),
    )
}

/// Copies what went wrong last, to be shown to somebody who can help.
pub(super) fn copy_error(model: &mut Model) -> Effects {
    let Some(toast) = model.toasts.last_bad() else {
        return nothing_to_copy(model, "Nothing has gone wrong.");
    };
    let at = toast.at.to_utc_stamp();
    let text = crate::text_safe::block(&toast.text);
    copy("the last error", format!("{at} {text}"))
}

fn copy(what: &'static str, text: String) -> Effects {
    vec![Effect::Copy { what, text }]
}

fn nothing_to_copy(model: &mut Model, words: &str) -> Effects {
    model.toasts.say(Level::Plain, words, model.now);
    Vec::new()
}

#[cfg(test)]
mod tests;
