//! Customers whom nobody wants to hear from: what they write goes to the spam.

use super::{Effects, triage};
use crate::action::Action;
use crate::model::Model;
use crate::model::layer::{Confirm, Layer, Then};
use crate::text_safe;
use frontdesk_inbox::{Command, Row};
use frontdesk_protocol::id::{ConversationId, CustomerId};
use frontdesk_protocol::kind::Status;
use std::collections::HashSet;

/// Blocks the customers of all that is selected, after asking; hears them again where all are
/// blocked.
pub(super) fn toggle(model: &mut Model) -> Effects {
    let rows = triage::known_targets(model);
    if rows.is_empty() {
        return Vec::new();
    }
    if rows.iter().all(|row| row.is_blocked) {
        return unblock(model, &rows);
    }
    let blocked = customers(&rows).len();
    let question = match (blocked, &rows[0]) {
        (1, row) => format!("Block {}?", text_safe::line(&row.customer)),
        (count, _) => format!("Block {count} customers?"),
    };
    let them = match rows.len() {
        1 => "This conversation goes there too.".to_owned(),
        count => format!("These {count} conversations go there too."),
    };
    model.layers.push(Layer::Confirm(Confirm {
        question,
        warnings: vec![
            "What they write from now on goes to the spam, unread.".to_owned(),
            them,
        ],
        yes: "block",
        then: Then::Act(Action::Block),
    }));
    Vec::new()
}

/// Blocks them, now that nobody has to be asked any more.
pub(super) fn confirmed(model: &mut Model) -> Effects {
    let rows = triage::known_targets(model);
    let targets: Vec<ConversationId> = rows.iter().map(Row::id).collect();
    let title = counted(customers(&rows).len(), "blocked");
    let mut seen = HashSet::new();
    let mut commands = Vec::new();
    for row in &rows {
        let it = &row.conversation;
        if !row.is_blocked && seen.insert(it.customer_id) {
            commands.push((row.id(), Command::Block(it.customer_id)));
        }
        if it.status != Status::Spam {
            commands.push((row.id(), Command::Spam));
        }
    }
    let mut effects = triage::act(model, title, commands);
    effects.extend(triage::advance(model, &targets));
    effects
}

/// Hears them again; what lies in the spam of theirs comes out of it.
fn unblock(model: &mut Model, rows: &[Row]) -> Effects {
    let mut seen = HashSet::new();
    let mut commands = Vec::new();
    for row in rows {
        let it = &row.conversation;
        if seen.insert(it.customer_id) {
            commands.push((row.id(), Command::Unblock(it.customer_id)));
        }
        if it.status == Status::Spam {
            commands.push((row.id(), Command::Reopen));
        }
    }
    triage::act(model, counted(seen.len(), "heard again"), commands)
}

fn customers(rows: &[Row]) -> HashSet<CustomerId> {
    let rows = rows.iter();
    rows.map(|row| row.conversation.customer_id).collect()
}

/// `1 customer blocked`, `3 customers blocked`.
fn counted(count: usize, words: &str) -> String {
    match count {
        1 => format!("1 customer {words}"),
        _ => format!("{count} customers {words}"),
    }
}

#[cfg(test)]
mod tests;
