//! A conversation is shown to somebody else by mail: to whom, with which words, and what leaves.

use super::{Effects, picker, send, triage};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::Command;
use frontdesk_inbox::outbound::Address;
use frontdesk_protocol::entity::CustomerBasic;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Source;

/// To whom.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(row) = model.current().and_then(|id| triage::known(model, id)) else {
        return Vec::new();
    };
    let title = format!("Forward #{} to", row.conversation.number);
    picker::push(model, Picker::new(Purpose::ForwardTo, title, Vec::new()))
}

/// Asks for customers who have the words in the field; colleagues are found at once.
pub(super) fn look_for(model: &mut Model) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    found(model, &[]);
    match picker::front(model) {
        Some(front) => vec![Effect::FindCustomers {
            generation,
            text: front.field.text().trim().to_owned(),
        }],
        None => Vec::new(),
    }
}

/// The address that was typed, and whoever is known by something like it.
pub(super) fn found(model: &mut Model, customers: &[CustomerBasic]) {
    let Some(front) = picker::front(model) else {
        return;
    };
    let typed = match Address::read(front.field.text()) {
        Some(Address::Email(address)) => Some(address),
        _ => None,
    };
    let typed = typed.map(|address| Item::new(&address, Choice::ForwardTo(address.clone())));
    let known = customers.iter().filter_map(|it| {
        let address = it.email.as_ref()?;
        let choice = Choice::ForwardTo(address.clone());
        Some(Item::new(&it.title, choice).with_detail(address))
    });
    let items = typed.into_iter().chain(known).collect();
    front.refill(items);
}

/// With which words above it; `begun` stands there already.
pub(super) fn words(model: &mut Model, to: &str, begun: &str) -> Effects {
    let title = format!("What {} reads above it", text_safe::line(to));
    let purpose = Purpose::ForwardWords(to.to_owned());
    let mut picker = Picker::new(purpose, title, sendable(to, begun));
    picker.field.insert(begun);
    picker::push(model, picker)
}

/// What can be sent: it, with what was typed.
pub(super) fn sendable(to: &str, typed: &str) -> Vec<Item> {
    let words = typed.trim().to_owned();
    let label = match words.as_str() {
        "" => "forward it without a word".to_owned(),
        words => format!("forward it with: {words}"),
    };
    let to = to.to_owned();
    vec![Item::new(&label, Choice::Forward { to, words })]
}

/// Shows what leaves, and asks.
pub(super) fn preview(model: &mut Model, to: &str, words: &str) -> Effects {
    let Some(row) = model.current().and_then(|id| triage::known(model, id)) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if !words.is_empty() {
        lines.push(words.to_owned());
    }
    lines.push("Below it stands what was said with the customer, files too; no notes.".to_owned());
    lines.push("Answers come into a conversation of their own and are noted here.".to_owned());
    model.layers.push(Layer::Confirm(Confirm {
        question: format!(
            "Forward #{} to {}?",
            row.conversation.number,
            text_safe::line(to)
        ),
        warnings: lines,
        yes: "forward",
        then: Then::Forward {
            id: row.id(),
            to: to.to_owned(),
            body: words.to_owned(),
        },
    }));
    Vec::new()
}

/// Forwards it. It is held for as long as a mail is, so that it can be taken back.
pub(super) fn confirmed(
    model: &mut Model,
    id: ConversationId,
    to: String,
    body: String,
) -> Effects {
    let hold = model.settings.hold.of(Source::Email);
    let until = (hold > 0).then(|| model.now.plus_seconds(i64::from(hold)));
    if until.is_none() {
        let said = format!("Forwarded to {}.", text_safe::line(&to));
        model.toasts.say(Level::Good, said, model.now);
    }
    send::enqueue(model, id, Command::Forward { to, body }, Vec::new(), until)
}

#[cfg(test)]
mod tests;
