//! Conversations, messages and choices as sentences. Everything is safe to print.

use crate::channel;
use crate::model::Model;
use crate::model::picker::{Item, Picker};
use crate::model::thread::Quotes;
use crate::text_safe;
use crate::time_ago::time_ago;
use crate::view::message;
use frontdesk_inbox::{DraftMark, Row, Speaker};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::kind::{DeliveryState, MessageKind, Priority, Status};

/// How much of the last words a list tells.
const LAST_WORDS: usize = 80;

fn safe(text: &str) -> String {
    text_safe::line(text).trim().to_owned()
}

/// `Priya Raman, chat, unread, assigned to you, 1m ago. Card charged twice. It just happened.`
pub(super) fn row(model: &Model, row: &Row) -> String {
    let it = &row.conversation;
    let mut facts = vec![safe(&row.customer), channel::name(it.source).to_owned()];
    if !it.read {
        facts.push("unread".to_owned());
    }
    if it.priority == Priority::High {
        facts.push("priority".to_owned());
    }
    if row.is_blocked {
        facts.push("blocked".to_owned());
    }
    if it.status != Status::Open {
        facts.push(it.status.to_string());
    }
    facts.push(assignee(model, row));
    let at = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
    facts.push(ago(&time_ago(at, model.now)));
    if row.draft == DraftMark::Ready {
        facts.push("a draft is ready".to_owned());
    }
    let mut sentences = vec![facts.join(", ")];
    sentences.extend(it.subject.as_deref().map(safe).filter(|it| !it.is_empty()));
    if let Some(last) = &row.last {
        let text: String = safe(&last.text).chars().take(LAST_WORDS).collect();
        let by = match last.by {
            Speaker::Me => "You: ",
            _ => "",
        };
        if !text.is_empty() {
            sentences.push(format!("{by}{text}"));
        }
    }
    sentences.join(". ")
}

fn ago(age: &str) -> String {
    if age == "now" {
        "just now".to_owned()
    } else {
        format!("{age} ago")
    }
}

/// `assigned to you`, `assigned to Teemu`, `unassigned`.
pub(super) fn assignee(model: &Model, row: &Row) -> String {
    match row.conversation.assignee_id {
        Some(user) if user == model.directory.me => "assigned to you".to_owned(),
        Some(user) => format!("assigned to {}", safe(model.directory.user_name(user))),
        None => "unassigned".to_owned(),
    }
}

/// A message: who, when, and its lines.
pub(super) fn message(model: &Model, customer: &str, it: &Message) -> Vec<String> {
    let at = message::here(message::moment(it), &model.zone);
    let today = message::here(model.now, &model.zone).date();
    let when = if at.date() == today {
        at.strftime("%H:%M").to_string()
    } else {
        at.strftime("%-d %B, %H:%M").to_string()
    };
    let text = it.body.as_deref().unwrap_or("");
    if it.kind == MessageKind::System {
        return vec![format!("{when}: {}", safe(text))];
    }
    let name = safe(&message::name(it, customer));
    let is_note = it.private || it.kind == MessageKind::Note;
    let who = match it.user_id {
        _ if is_note => format!("Note by {name}"),
        Some(user) if user == model.directory.me => format!("{name}, you"),
        _ => name,
    };
    let mut lines = vec![format!("{who}, {when}:")];
    let body = message::spoken(text, Quotes::Folded);
    lines.extend(body.into_iter().map(|line| format!("  {line}")));
    for file in &it.attachments {
        lines.push(format!("  File: {}", safe(&file.filename)));
    }
    let delivery = match it.delivery_state {
        DeliveryState::Failed => Some("Not delivered."),
        DeliveryState::Unknown => Some("It may have been sent; nobody can say."),
        _ => None,
    };
    let is_mine = it.user_id.is_some() && !is_note;
    lines.extend(delivery.filter(|_| is_mine).map(|it| format!("  {it}")));
    lines
}

/// The choices of a box, numbered, with what cannot be chosen and why.
pub(super) fn choices(picker: &Picker, most: usize) -> Vec<String> {
    let mut lines = vec![format!("{}:", picker.heading().trim())];
    let fitting = picker.fitting.iter().filter_map(|at| picker.items.get(*at));
    for (number, item) in (1..).zip(fitting.take(most)) {
        lines.push(format!("{number}. {}", choice(item)));
    }
    let more = picker.fitting.len().saturating_sub(most);
    if more > 0 {
        lines.push(format!("{more} more; some letters of one find it."));
    }
    if picker.fitting.is_empty() {
        lines.push("Nothing fits so far.".to_owned());
    }
    lines
}

fn choice(item: &Item) -> String {
    let mut words = item.label.trim().to_owned();
    if item.is_on {
        words.push_str(", on");
    }
    match &item.unavailable {
        Some(why) => format!("{words} (not now: {why})"),
        None if item.detail.trim().is_empty() => words,
        None => format!("{words}: {}", item.detail.trim()),
    }
}
