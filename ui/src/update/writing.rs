//! A draft that is being written: what comes of it, into the thread and into a text that follows it.

use super::compose::SAVE_AFTER_MICROS;
use super::{Effects, compose, thread};
use crate::model::Model;
use crate::model::composer::{Composer, Followed};
use crate::msg::{Level, Origin, Typed, WrittenKind};
use frontdesk_protocol::draft_text::{DraftText, Writing};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::time::Timestamp;

/// More of it has come.
pub(super) fn told(model: &mut Model, told: DraftText) -> Effects {
    let (id, state) = (told.conversation_id, told.state);
    let (text, why) = (told.text.clone(), told.why.clone());
    let there = model.threads.get(id).and_then(|it| it.draft.clone());
    model.writings.take(told, there.as_ref(), model.now);
    let save_at = Timestamp(model.now.0.saturating_add(SAVE_AFTER_MICROS));
    let follows = follower(model, id).map(|it| {
        it.save_at = Some(save_at);
        it.follow(&text)
    });
    match (state, follows) {
        (Writing::Broken, follows) => broken(model, id, why.as_deref(), follows.is_some()),
        (_, Some(Followed::Anew)) => {
            let words = "The draft is written anew. What you have stays as it is.";
            model.toasts.say(Level::Plain, words, model.now);
        }
        (_, Some(Followed::Changed)) => {
            let words = "You changed the end of the draft, so what comes after it is not added.";
            model.toasts.say(Level::Plain, words, model.now);
        }
        (Writing::Done, _) => {
            model.asked.retain(|it| *it != id);
            settle(model, id);
        }
        _ => {}
    }
    Vec::new()
}

fn broken(model: &mut Model, id: ConversationId, why: Option<&str>, was_followed: bool) {
    let was_asked = model.asked.contains(&id);
    model.asked.retain(|it| *it != id);
    if let Some(it) = follower(model, id) {
        it.follows = None;
    }
    let why = why.unwrap_or("It broke off.").trim_end_matches('.');
    if was_followed {
        let words = format!("The draft broke off: {why}. What you have is yours.");
        model.toasts.say(Level::Bad, words, model.now);
    } else if was_asked {
        let words = format!("There is no draft: {why}.");
        model.toasts.say(Level::Plain, words, model.now);
    }
}

/// A text that followed a draft to its end approves it when it is sent.
pub(super) fn settle(model: &mut Model, id: ConversationId) {
    let there = model.threads.get(id).and_then(|it| it.draft.as_ref());
    let Some((draft, body)) = there.and_then(|it| Some((it, it.body.clone()?))) else {
        return;
    };
    let origin = Origin::Draft {
        id: draft.id,
        version: draft.version,
    };
    let whole = |it: &&mut Composer| it.follows.as_ref() == Some(&body);
    if let Some(it) = follower(model, id).filter(whole) {
        it.follows = None;
        it.origin = origin;
    }
}

/// The text that follows what is written in a conversation, on the screen or put aside.
fn follower(model: &mut Model, id: ConversationId) -> Option<&mut Composer> {
    let follows = |it: &Composer| it.conversation_id == id && it.follows.is_some();
    match &mut model.composer {
        Some(it) if follows(it) => Some(it),
        _ => model.aside.find_mut(follows),
    }
}

/// Whether something is being written there now.
pub(super) fn goes_on(model: &Model, id: ConversationId) -> bool {
    let written = model.writings.of(id, None);
    written.is_some_and(|it| it.state == Writing::Going)
}

/// Takes what has come so far into the composer, and whatever comes after it.
pub(super) fn edit(model: &mut Model, id: ConversationId) -> Effects {
    let text = model.writings.of(id, None).map(|it| it.text.clone());
    let text = text.unwrap_or_default();
    let mut effects = compose::enter(model, id);
    effects.extend(compose::put_aside(model));
    let typed = Typed {
        conversation_id: id,
        kind: WrittenKind::Reply,
        text: crate::text_safe::block(&text).into_owned(),
        seen: None,
        origin: Origin::Fresh,
        files: Vec::new(),
    };
    let mut composer = Composer::new(&typed, compose::seen(model, id));
    composer.follows = Some(text);
    model.composer = Some(composer);
    effects.extend(thread::to_end(model));
    effects
}

#[cfg(test)]
mod tests;
