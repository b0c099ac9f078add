//! Two customers who are one person. It is only said by an agent, after a question, and can be taken
//! back.

use super::{Effects, picker, triage};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::related::Other;
use crate::text_safe;
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::CustomerBasic;
use frontdesk_protocol::id::{ConversationId, MergeId};

/// Who is the same person as the customer: those the server thinks of, or anybody by name.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(row) = model.current().and_then(|id| triage::known(model, id)) else {
        return Vec::new();
    };
    let title = format!("{} is the same person as", text_safe::line(&row.customer));
    let items = suggested(model, row.id());
    picker::push(model, Picker::new(Purpose::SamePerson, title, items))
}

fn suggested(model: &Model, id: ConversationId) -> Vec<Item> {
    let alike = model.related.alike(id).iter();
    let items = alike.map(|it| {
        let other = Other {
            id: it.customer.id,
            title: it.customer.title.clone(),
            reached: it
                .customer
                .email
                .clone()
                .or_else(|| it.customer.phone.clone()),
            is_proven: it.customer.verified,
        };
        let label = it.customer.title.clone();
        Item::new(&label, Choice::SamePerson(Box::new(other))).with_detail(&it.reason)
    });
    items.collect()
}

/// Asks for the customers who have the words in the field.
pub(super) fn look_for(model: &mut Model) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    let text = picker::front(model).map(|it| it.field.text().trim().to_owned());
    match (text, model.current()) {
        (Some(text), Some(id)) if text.is_empty() => {
            let items = suggested(model, id);
            if let Some(front) = picker::front(model) {
                front.refill(items);
            }
            Vec::new()
        }
        (Some(text), _) => vec![Effect::FindCustomers { generation, text }],
        (None, _) => Vec::new(),
    }
}

/// Customers have been found.
pub(super) fn found(model: &mut Model, customers: Vec<CustomerBasic>) {
    let row = model.current().and_then(|id| triage::known(model, id));
    let own = row.map(|row| row.conversation.customer_id);
    let others = customers.into_iter().filter(|it| Some(it.id) != own);
    let items = others.map(|it| {
        let reached = it.email.or(it.phone);
        let label = it.title.clone();
        let detail = reached.clone().unwrap_or_default();
        let other = Other {
            id: it.id,
            title: it.title,
            reached,
            is_proven: false,
        };
        Item::new(&label, Choice::SamePerson(Box::new(other))).with_detail(&detail)
    });
    let items = items.collect();
    if let Some(front) = picker::front(model) {
        front.refill(items);
    }
}

/// Says what will happen, and asks.
pub(super) fn preview(model: &mut Model, other: &Other) -> Effects {
    let Some(row) = model.current().and_then(|id| triage::known(model, id)) else {
        return Vec::new();
    };
    let stays = text_safe::line(&row.customer).into_owned();
    let goes = text_safe::line(&other.title).into_owned();
    let known = model
        .threads
        .get(row.id())
        .and_then(|it| it.customer.as_ref());
    let is_proven = other.is_proven || known.is_some_and(|it| it.verified);
    let mut lines = vec![match &other.reached {
        Some(reached) => format!("{goes}, {}", text_safe::line(reached)),
        None => goes.clone(),
    }];
    lines.push(format!(
        "All conversations and notes of theirs become those of {stays}."
    ));
    if is_proven {
        lines.push("A signature has proven who one of them is: be sure.".to_owned());
    }
    let command = Command::MergeCustomers {
        from: other.id,
        into: row.conversation.customer_id,
        merge: MergeId::random(),
        across_proof: is_proven,
    };
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("Are {stays} and {goes} one person?"),
        warnings: lines,
        yes: "merge them",
        then: Then::SamePerson(row.id(), Box::new(command)),
    }));
    Vec::new()
}

/// Merges them, now that the agent has said so.
pub(super) fn confirmed(model: &mut Model, id: ConversationId, command: Command) -> Effects {
    triage::act(model, "2 customers merged".to_owned(), vec![(id, command)])
}

#[cfg(test)]
mod tests;
