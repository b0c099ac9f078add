//! The message that a search found, in its thread.

use super::{Effects, thread};
use crate::model::Model;
use crate::model::thread::{Hit, Scroll};
use crate::msg::Level;
use frontdesk_protocol::id::MessageId;

/// Marks the message in the thread that was just opened, and brings it to the screen.
pub(super) fn show(model: &mut Model, message: Option<MessageId>) -> Effects {
    model.threads.hit = message.map(Hit::Wanted);
    seek(model)
}

/// Brings the message to the screen once its thread is here, and asks for older messages until it
/// is among them.
pub(super) fn seek(model: &mut Model) -> Effects {
    let Some(Hit::Wanted(wanted)) = model.threads.hit else {
        return Vec::new();
    };
    let Some(thread) = model.told().filter(|it| !it.messages.is_empty()) else {
        return Vec::new();
    };
    let found = thread.messages.iter().find(|it| it.id == wanted);
    let found = found.map(|it| it.seq);
    if let Some(message) = found {
        model.threads.hit = Some(Hit::Shown(wanted));
        model.threads.scroll = Scroll::At { message, line: 0 };
        return Vec::new();
    }
    if thread.has_older {
        // With the answer it is looked for again; one question is under way at most.
        return thread::load_older(model);
    }
    model.threads.hit = Some(Hit::Shown(wanted));
    let text = "The message that was found is no longer in this conversation.";
    model.toasts.say(Level::Plain, text, model.now);
    Vec::new()
}
