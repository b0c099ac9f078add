//! Conversations that show each other: linking them, following a link, taking it away.

use super::{Effects, merge, palette, picker, triage};
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Hit;
use crate::text_safe;
use frontdesk_inbox::{Command, Row};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::search::Search;

/// How many conversations of the list are offered before anything is typed.
const OFFERED: usize = 12;

/// Links all that are selected with the one under the cursor, or asks for another one.
pub(super) fn open(model: &mut Model) -> Effects {
    let targets = model.targets();
    let under_cursor = model.list.selected.filter(|id| targets.contains(id));
    if let (Some(one), 2..) = (under_cursor, targets.len()) {
        return with(model, one);
    }
    let title = match triage::known_targets(model).as_slice() {
        [one] => format!("Link #{} with", one.conversation.number),
        several => format!("Link {} conversations with", several.len()),
    };
    let items = offered(model);
    picker::push(model, Picker::new(Purpose::Link, title, items))
}

/// The customer's other conversations, and what stands in the list.
fn offered(model: &Model) -> Vec<Item> {
    let targets = model.targets();
    let thread = model.current().and_then(|id| model.threads.get(id));
    let others = thread.map_or(&[][..], |thread| &thread.others);
    let mut seen: Vec<ConversationId> = targets;
    let rows = others.iter().chain(&model.list.rows);
    let new = rows.filter(|row| {
        let is_new = !seen.contains(&row.id());
        seen.push(row.id());
        is_new
    });
    new.take(OFFERED).map(item).collect()
}

fn item(row: &Row) -> Item {
    Item::new(&merge::named(row), Choice::LinkWith(row.id()))
        .with_detail(&text_safe::line(&row.customer))
}

/// Something is typed: a number, or words to look for.
pub(super) fn look_for(model: &mut Model) -> Effects {
    let typed = picker::front(model).map_or(String::new(), |it| it.field.text().trim().to_owned());
    if typed.is_empty() {
        let items = offered(model);
        if let Some(front) = picker::front(model) {
            front.refill(items);
        }
        return Vec::new();
    }
    let number = typed.trim_start_matches('#').parse::<i64>();
    let query = number.map_or(typed, |number| format!("number:{number}"));
    match Search::parse(&query, None).problems.is_empty() {
        true => palette::ask(model, query),
        false => Vec::new(),
    }
}

/// What was found, but for those that are to be linked.
pub(super) fn found(model: &mut Model, hits: &[Hit]) {
    let targets = model.targets();
    let hits = hits.iter().map(|hit| &hit.row);
    let items = hits.filter(|row| !targets.contains(&row.id())).map(item);
    let items = items.collect();
    if let Some(front) = picker::front(model) {
        front.refill(items);
    }
}

/// Links what is selected with this one.
pub(super) fn with(model: &mut Model, other: ConversationId) -> Effects {
    let targets = model.targets().into_iter().filter(|id| *id != other);
    let commands: Vec<(ConversationId, Command)> =
        targets.map(|id| (id, Command::Link(other))).collect();
    let title = triage::title(commands.len(), "linked");
    model.list.marked.clear();
    triage::act(model, title, commands)
}

/// The conversations it is linked with: one is opened, or its link taken away.
pub(super) fn linked(model: &mut Model) -> Effects {
    let links = super::related::links(model);
    let label = |it: &frontdesk_protocol::entity::LinkedConversation| {
        let about = it.conversation.subject.as_deref().unwrap_or_default();
        let text = format!("#{}  {}  {about}", it.conversation.number, it.customer);
        text_safe::line(&text).trim().to_owned()
    };
    let open = links.iter().map(|it| {
        let choice = Choice::Conversation(it.conversation.id);
        Item::new(&label(it), choice)
            .with_detail(it.conversation.status.as_str())
            .under("Open")
    });
    let away = links.iter().map(|it| {
        let choice = Choice::Unlink(it.conversation.id);
        Item::new(&label(it), choice).under("Take the link away")
    });
    let items = open.chain(away).collect();
    picker::push(model, Picker::new(Purpose::Linked, "Linked with", items))
}

/// Takes a link of the current conversation away.
pub(super) fn unlink(model: &mut Model, other: ConversationId) -> Effects {
    let current = model.current();
    let commands = current.map(|id| (id, Command::Unlink(other)));
    let title = triage::title(1, "no longer linked");
    triage::act(model, title, commands.into_iter().collect())
}

#[cfg(test)]
mod tests;
