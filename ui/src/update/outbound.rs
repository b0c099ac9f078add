//! A conversation that the agent begins: to whom, by which way, about what; then it opens, and
//! the text is written as any other.

use super::{Effects, choose, compose, forward, picker, same_person};
use crate::channel;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use frontdesk_inbox::outbound::{Address, Outbound, Recipient, Whom};
use frontdesk_protocol::entity::CustomerBasic;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::{ChannelKind, Source};

/// Asks whom to write to.
pub(super) fn open(model: &mut Model) -> Effects {
    let effects = picker::push(model, Picker::new(Purpose::NewTo, "Write to", Vec::new()));
    [effects, look_for(model)].concat()
}

/// Asks for the customers who have the words in the field.
pub(super) fn look_for(model: &mut Model) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    match picker::front(model) {
        Some(front) => vec![Effect::FindCustomers {
            generation,
            text: front.field.text().trim().to_owned(),
        }],
        None => Vec::new(),
    }
}

/// Customers have been found, the best first.
pub(super) fn found(model: &mut Model, generation: u64, customers: Vec<CustomerBasic>) -> Effects {
    if generation != model.searches {
        return Vec::new();
    }
    if picker::front(model).is_some_and(|it| it.purpose == Purpose::SamePerson) {
        same_person::found(model, customers);
        return Vec::new();
    }
    if picker::front(model).is_some_and(|it| it.purpose == Purpose::ForwardTo) {
        forward::found(model, &customers);
        return Vec::new();
    }
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::NewTo) {
        let typed = Address::read(front.field.text());
        let is_known = |address: &Address| customers.iter().any(|it| has(it, address));
        let new = typed.filter(|it| !is_known(it)).map(|address| {
            let label = format!("{}, who is new", address.as_str());
            Item::new(&label, Choice::NewTo(Box::new(stranger(address))))
        });
        let known = customers.into_iter().map(|it| {
            let detail = it.email.clone().or_else(|| it.phone.clone());
            let title = it.title.clone();
            Item::new(&title, Choice::NewTo(Box::new(acquaintance(it))))
                .with_detail(&detail.unwrap_or_default())
        });
        let items = new.into_iter().chain(known).collect();
        front.refill(items);
    }
    Vec::new()
}

fn has(customer: &CustomerBasic, address: &Address) -> bool {
    match address {
        Address::Email(text) => customer
            .email
            .as_deref()
            .is_some_and(|it| it.eq_ignore_ascii_case(text)),
        Address::Phone(text) => customer.phone.as_deref() == Some(text),
    }
}

fn stranger(address: Address) -> Recipient {
    let text = address.as_str().to_owned();
    Recipient {
        name: text.clone(),
        email: matches!(address, Address::Email(_)).then(|| text.clone()),
        phone: matches!(address, Address::Phone(_)).then_some(text),
        whom: Whom::At(address),
    }
}

fn acquaintance(it: CustomerBasic) -> Recipient {
    Recipient {
        whom: Whom::Known(it.id),
        name: it.title,
        email: it.email,
        phone: it.phone,
    }
}

/// Asks by which way to write to them.
pub(super) fn by(model: &mut Model, to: &Recipient) -> Effects {
    let mailboxes = model.directory.inboxes.iter();
    let mailboxes: Vec<_> = mailboxes
        .filter(|it| it.channel == ChannelKind::Email)
        .collect();
    let way = |label: &str, source: Source| {
        let outbound = Outbound {
            to: to.whom.clone(),
            source,
            inbox: None,
            subject: None,
        };
        Item::new(label, Choice::NewBy(outbound))
    };
    let mail = match mailboxes.as_slice() {
        [] | [_] => vec![way("by email", Source::Email)],
        several => several
            .iter()
            .map(|inbox| {
                let outbound = Outbound {
                    to: to.whom.clone(),
                    source: Source::Email,
                    inbox: Some(inbox.id),
                    subject: None,
                };
                Item::new(
                    &format!("by email, from {}", inbox.name),
                    Choice::NewBy(outbound),
                )
            })
            .collect(),
    };
    let mail = mail
        .into_iter()
        .map(|item| reached(item, to.email.as_deref(), "no address is known"));
    let text = reached(
        way("by SMS", Source::Sms),
        to.phone.as_deref(),
        "no number is known",
    );
    let chat = way("by chat", Source::Chat).with_detail("they read it when they come back");
    let mut items: Vec<Item> = mail.chain([text, chat]).collect();
    items.sort_by_key(|item| item.unavailable.is_some());
    let name = crate::text_safe::line(&to.name).into_owned();
    let title = format!("Write to {name}");
    picker::push(model, Picker::new(Purpose::NewBy, title, items))
}

fn reached(item: Item, address: Option<&str>, unknown: &'static str) -> Item {
    match address {
        Some(address) => item.with_detail(address),
        None => Item {
            unavailable: Some(unknown.into()),
            ..item.with_detail(unknown)
        },
    }
}

/// Begins it; what goes by mail is asked for its subject first.
pub(super) fn about(model: &mut Model, outbound: Outbound) -> Effects {
    if outbound.source != Source::Email {
        return begin(model, outbound);
    }
    let items = subjects(&outbound, "");
    let purpose = Purpose::NewSubject(Box::new(outbound));
    picker::push(model, Picker::new(purpose, "Subject", items))
}

/// What the mail can be about: what was typed.
pub(super) fn subjects(outbound: &Outbound, typed: &str) -> Vec<Item> {
    let typed = typed.trim();
    let subject = (!typed.is_empty()).then(|| typed.to_owned());
    let label = match &subject {
        Some(subject) => format!("about: {subject}"),
        None => "without a subject".to_owned(),
    };
    let outbound = Outbound {
        subject,
        ..outbound.clone()
    };
    vec![Item::new(&label, Choice::Begin(outbound))]
}

/// Has the server begin it.
pub(super) fn begin(model: &mut Model, outbound: Outbound) -> Effects {
    let way = channel::name(outbound.source);
    let words = format!(
        "Beginning a conversation by {way}{}",
        model.glyphs.more_follows()
    );
    model.toasts.say(Level::Plain, words, model.now);
    vec![Effect::Begin(outbound)]
}

/// It has begun: it opens, and a text to it.
pub(super) fn begun(model: &mut Model, id: ConversationId) -> Effects {
    let mut effects = choose::open(model, id);
    // Whoever is in a box by now finishes there first.
    if model.layers.is_empty() {
        effects.extend(compose::reply(model));
    }
    effects
}

#[cfg(test)]
mod tests;
