//! Messages that go into a conversation of their own: which, what will happen, and back again.

use super::choose::Afterwards;
use super::{Effects, picker, triage};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::text_safe;
use crate::view::message;
use frontdesk_inbox::{Command, Queued, Thread};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{ConversationId, MergeId, MessageId};
use frontdesk_protocol::kind::{MessageKind, Source};

/// How much of a message a line shows.
const SHOWN: usize = 60;
/// How many of those that go are named.
const NAMED: usize = 5;

/// Whether anything can be split off here.
///
/// # Errors
/// When it cannot: why, in a few words that follow a colon.
pub(super) fn available(model: &Model) -> Result<(), &'static str> {
    let Some(thread) = current(model) else {
        return Err("its messages are not here yet");
    };
    match thread.row.conversation.source {
        Source::Sms | Source::Whatsapp | Source::Telegram | Source::Custom | Source::Slack => {
            Err("by this channel a customer has only one conversation")
        }
        _ if movable(thread).count() < 2 => Err("there is nothing that could stay behind"),
        _ => Ok(()),
    }
}

fn current(model: &Model) -> Option<&Thread> {
    model.threads.get(model.current()?)
}

fn movable(thread: &Thread) -> impl DoubleEndedIterator<Item = &Message> {
    let messages = thread.messages.iter();
    messages.filter(|it| it.kind != MessageKind::System)
}

/// Which messages, the newest first.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(thread) = current(model) else {
        return Vec::new();
    };
    let items = movable(thread)
        .rev()
        .map(|it| item(model, thread, it))
        .collect();
    let title = format!("Split off from #{}", thread.row.conversation.number);
    picker::push(model, Picker::new(Purpose::Split, title, items))
}

fn item(model: &Model, thread: &Thread, it: &Message) -> Item {
    let name = message::name(it, &thread.row.customer);
    let at = message::here(message::moment(it), &model.zone);
    let body = it.body.as_deref().unwrap_or_default();
    let words: String = text_safe::line(body).chars().take(SHOWN).collect();
    Item::new(&format!("{name}: {words}"), Choice::Message(it.id))
        .with_detail(&at.strftime("%-d %b %H:%M").to_string())
        .found_by(body)
}

/// One more message goes, or those that were chosen do.
pub(super) fn chosen(model: &mut Model, afterwards: Afterwards) -> Effects {
    let Some(front) = picker::front(model) else {
        return Vec::new();
    };
    if afterwards == Afterwards::Stay {
        if let Some(at) = front.fitting.get(front.at).copied() {
            front.items[at].is_on = !front.items[at].is_on;
            front.step(1);
        }
        return Vec::new();
    }
    let is_on = |item: &&Item| item.is_on;
    let mut going: Vec<&Item> = front.items.iter().filter(is_on).collect();
    if going.is_empty() {
        going.extend(front.chosen());
    }
    let going = going.into_iter().filter_map(|item| match item.choice {
        Choice::Message(id) => Some(id),
        _ => None,
    });
    let going: Vec<MessageId> = going.collect();
    match going.is_empty() {
        true => Vec::new(),
        false => {
            model.layers.pop();
            preview(model, going)
        }
    }
}

/// Shows what will happen, and asks.
pub(super) fn preview(model: &mut Model, going: Vec<MessageId>) -> Effects {
    let Some(thread) = current(model) else {
        return Vec::new();
    };
    let id = thread.id();
    let is_said = |it: &&Message| !it.private;
    let stays = movable(thread).filter(is_said);
    if stays.filter(|it| !going.contains(&it.id)).count() == 0 {
        let words = "Nothing that was said would stay behind.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let goes = movable(thread).filter(|it| going.contains(&it.id));
    let named = goes.take(NAMED).map(|it| item(model, thread, it).label);
    let mut lines: Vec<String> = named.collect();
    if going.len() > NAMED {
        lines.push(format!("and {} more", going.len() - NAMED));
    }
    lines.push("They become a conversation of their own, of the same customer.".to_owned());
    let number = thread.row.conversation.number;
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("Split {} off from #{number}?", counted(going.len())),
        warnings: lines,
        yes: "split",
        then: Then::Split(id, going),
    }));
    Vec::new()
}

/// Splits them off, now that nobody has to be asked any more.
pub(super) fn confirmed(
    model: &mut Model,
    id: ConversationId,
    messages: Vec<MessageId>,
) -> Effects {
    let title = format!("{} split off", counted(messages.len()));
    let command = Command::Split {
        messages,
        new: ConversationId::random(),
        back: MergeId::random(),
    };
    triage::act(model, title, vec![(id, command)])
}

/// Shows a thread without what was split off.
pub(super) fn take(model: &mut Model, id: ConversationId, command: &Command) {
    if let Command::Split { messages, .. } = command
        && let Some(thread) = model.threads.get_mut(id)
    {
        thread.messages.retain(|it| !messages.contains(&it.id));
    }
}

/// Asks for the threads again in which something was settled: split, or put back.
pub(super) fn settled(before: &[Queued], now: &[Queued]) -> Effects {
    let is_gone = |it: &&Queued| {
        let is_split = matches!(it.command, Command::Split { .. } | Command::Unsplit { .. });
        is_split && !now.iter().any(|of| of.id == it.id)
    };
    let gone = before.iter().filter(is_gone);
    gone.map(|it| Effect::LoadThread(it.conversation_id))
        .collect()
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 message".to_owned(),
        _ => format!("{count} messages"),
    }
}

#[cfg(test)]
mod tests;
