//! Merging conversations: which of them stays is chosen, what will happen is shown, and it can be
//! taken back.

use super::{Effects, choose, list, picker, triage};
use crate::channel;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::{Command, Row};
use frontdesk_protocol::id::{ConversationId, MergeId};

/// How many of those that go are named.
const NAMED: usize = 5;

/// Which conversation stays: one of those that are selected, or another of the same customer.
pub(super) fn open(model: &mut Model) -> Effects {
    let rows = triage::known_targets(model);
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let customer = first.conversation.customer_id;
    if rows
        .iter()
        .any(|row| row.conversation.customer_id != customer)
    {
        let words = "These are of different customers, who would read each other's messages.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let candidates = match rows.as_slice() {
        [one] => others(model, one.id()),
        _ => rows.clone(),
    };
    if candidates.is_empty() {
        let words = "This customer has no other conversation here.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let under_cursor = model.list.selected;
    let mut items: Vec<Item> = candidates.iter().map(item).collect();
    // The one under the cursor is what the agent looks at.
    items.sort_by_key(|it| match it.choice {
        Choice::MergeInto(id) => Some(id) != under_cursor,
        _ => true,
    });
    let title = match rows.len() {
        1 => format!("Merge #{} into", first.conversation.number),
        count => format!("Merge {count} conversations into"),
    };
    picker::push(model, Picker::new(Purpose::Merge, title, items))
}

/// The customer's other conversations, those that are open first.
fn others(model: &Model, id: ConversationId) -> Vec<Row> {
    let thread = model.threads.get(id);
    let others = thread.map_or(&[][..], |thread| &thread.others);
    let mut others: Vec<Row> = others
        .iter()
        .filter(|row| row.conversation.merged_into.is_none())
        .cloned()
        .collect();
    others.sort_by_key(|row| row.conversation.closed_at.is_some());
    others
}

/// `#12  Invoice 10432`, with its channel and status.
fn item(row: &Row) -> Item {
    let it = &row.conversation;
    let detail = format!("{}, {}", channel::name(it.source), it.status);
    Item::new(&named(row), Choice::MergeInto(row.id())).with_detail(&detail)
}

pub(super) fn named(row: &Row) -> String {
    let it = &row.conversation;
    let last = row.last.as_ref().map_or("", |last| &last.text);
    let about = it.subject.as_deref().unwrap_or(last);
    format!("#{}  {}", it.number, text_safe::line(about).trim())
}

/// Shows what will happen, and asks.
pub(super) fn preview(model: &mut Model, into: ConversationId) -> Effects {
    let Some(target) = row(model, into) else {
        return Vec::new();
    };
    let going: Vec<Row> = triage::known_targets(model)
        .into_iter()
        .filter(|row| row.id() != into)
        .collect();
    let mut lines: Vec<String> = going.iter().take(NAMED).map(named).collect();
    if going.len() > NAMED {
        lines.push(format!("and {} more", going.len() - NAMED));
    }
    let number = target.conversation.number;
    lines.push(format!(
        "All their messages, notes and tags go into #{number}."
    ));
    let source = target.conversation.source;
    if going.iter().any(|row| row.conversation.source != source) {
        let name = channel::name(source);
        lines.push(format!(
            "They came by other channels; answers go out by {name}."
        ));
    }
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("{} into #{number}?", merged("Merge", going.len())),
        warnings: lines,
        yes: "merge",
        then: Then::Merge {
            from: going.iter().map(Row::id).collect(),
            into,
        },
    }));
    Vec::new()
}

fn merged(verb: &str, count: usize) -> String {
    match count {
        1 => format!("{verb} 1 conversation"),
        _ => format!("{verb} {count} conversations"),
    }
}

/// A conversation that may stand in no list.
fn row(model: &Model, id: ConversationId) -> Option<Row> {
    triage::known(model, id).or_else(|| model.other(id).cloned())
}

/// Merges them, now that nobody has to be asked any more, and goes to the one that stays.
pub(super) fn confirmed(
    model: &mut Model,
    from: &[ConversationId],
    into: ConversationId,
) -> Effects {
    let number = row(model, into).map_or(0, |row| row.conversation.number);
    let words = format!("merged into #{number}");
    let title = triage::title(from.len(), &words);
    let commands = from.iter().map(|id| {
        let merge = MergeId::random();
        (*id, Command::Merge { into, merge })
    });
    let mut effects = triage::act(model, title, commands.collect());
    model.list.marked.clear();
    if model.open.is_some() {
        effects.extend(choose::open(model, into));
    } else if let Some(at) = model.list.rows.iter().position(|row| row.id() == into) {
        effects.extend(list::select_at(model, at));
    } else {
        effects.extend(triage::advance(model, from));
    }
    effects
}

#[cfg(test)]
mod tests;
