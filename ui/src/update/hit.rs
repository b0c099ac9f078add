//! The message that a search found, in its thread.

use crate::model::Model;
use crate::model::thread::{Hit, Scroll};
use crate::msg::Level;
use frontdesk_protocol::id::MessageId;

/// Marks the message in the thread that was just opened, and brings it to the screen.
pub(super) fn show(model: &mut Model, message: Option<MessageId>) {
    model.threads.hit = message.map(Hit::Wanted);
    seek(model);
}

/// Brings the message to the screen once its thread is here.
pub(super) fn seek(model: &mut Model) {
    let Some(Hit::Wanted(wanted)) = model.threads.hit else {
        return;
    };
    let Some(thread) = model.told().filter(|it| !it.messages.is_empty()) else {
        return;
    };
    let found = thread.messages.iter().find(|it| it.id == wanted);
    let found = found.map(|it| it.seq);
    model.threads.hit = Some(Hit::Shown(wanted));
    match found {
        Some(message) => model.threads.scroll = Scroll::At { message, line: 0 },
        None => model.toasts.say(
            Level::Plain,
            "The message that was found is further up.",
            model.now,
        ),
    }
}
