//! One customer's whole story over all channels, and answering in it.

use super::{Effects, compose, picker, thread};
use crate::channel;
use crate::effect::Effect;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::story::{MOST, Story};
use crate::model::thread::{Asking, Scroll};
use crate::model::{Model, Pane};
use crate::msg::Level;
use crate::time_ago::time_ago;
use frontdesk_protocol::id::ConversationId;

/// Tells the story of the customer of the current conversation, or only that conversation again.
pub(super) fn toggle(model: &mut Model) -> Effects {
    if model.story.take().is_some() {
        model.threads.scroll = Scroll::End;
        return Vec::new();
    }
    let Some(thread) = model.current().and_then(|id| model.threads.get(id)) else {
        return Vec::new();
    };
    let id = thread.id();
    let others = thread.others.iter().map(frontdesk_inbox::Row::id);
    let parts: Vec<ConversationId> = std::iter::once(id).chain(others).take(MOST).collect();
    if parts.len() == 1 {
        let words = "This customer has written in no other conversation.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    model.open = Some(id);
    model.pane = Pane::Thread;
    let mut effects = thread::opened(model);
    let missing = parts
        .iter()
        .filter(|id| model.threads.want(**id) == Asking::Needed);
    effects.extend(missing.map(|id| Effect::LoadThread(*id)));
    model.threads.scroll = Scroll::End;
    model.story = Story::around(id, parts, &model.threads).map(Box::new);
    effects
}

/// Whether the conversation is a part of the story that is told.
pub(super) fn has(model: &Model, id: ConversationId) -> bool {
    let story = model.story.as_ref();
    story.is_some_and(|story| story.parts.contains(&id))
}

/// Takes in what came for its parts; ends it when its customer is left.
pub(super) fn refresh(model: &mut Model) {
    let open = model.open;
    model
        .story
        .take_if(|story| open.is_none_or(|id| !story.parts.contains(&id)));
    if let (Some(story), Some(id)) = (&mut model.story, open) {
        story.refresh(id, &model.threads);
    }
}

/// Answers the customer: by which channel is asked first, where there is more than one way.
pub(super) fn reply(model: &mut Model) -> Effects {
    let has_text = model.composer.is_some();
    let Some(story) = model.story.as_ref().filter(|_| !has_text) else {
        return compose::reply(model);
    };
    let items: Vec<Item> = story
        .parts
        .iter()
        .filter_map(|id| way(model, *id))
        .collect();
    let title = format!("Reply to {}", story.thread.row.customer);
    let title = crate::text_safe::line(&title).into_owned();
    picker::push(model, Picker::new(Purpose::Channel, title, items))
}

/// A conversation as a way to answer: `chat #12 Card charged twice`.
fn way(model: &Model, id: ConversationId) -> Option<Item> {
    let it = &model.threads.get(id)?.row.conversation;
    let subject = it.subject.as_deref().unwrap_or("");
    let at = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
    let label = format!("{}  #{}  {subject}", channel::name(it.source), it.number);
    let detail = format!("{} {}", it.status, time_ago(at, model.now));
    Some(Item::new(label.trim_end(), Choice::ReplyIn(id)).with_detail(&detail))
}

/// Begins the answer in the conversation that was chosen.
pub(super) fn reply_in(model: &mut Model, id: ConversationId) -> Effects {
    model.open = Some(id);
    model.pane = Pane::Thread;
    let mut effects = thread::opened(model);
    refresh(model);
    effects.extend(compose::reply(model));
    effects
}

#[cfg(test)]
mod tests;
