//! One event of the account as one line.

use crate::cell;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::thread::author;
use frontdesk_protocol::entity::Event;
use frontdesk_protocol::kind::EventKind;

/// How much of a message's text one line shows.
const WORDS: usize = 100;

/// The event, or nothing when it is of no interest to a reader.
#[must_use]
pub fn event_line(event: &Event) -> Option<Line> {
    if event.kind == EventKind::Hidden {
        return None;
    }
    let time = event.at.0.utc().strftime("%H:%M:%S").to_string();
    let mut line = Line::new()
        .with(Role::Muted, format!("{time}  "))
        .with(Role::Number, format!("{:<8}", subject(event)))
        .with(Role::Text, what(event));
    if let Some(message) = &event.message {
        let role = if message.private {
            Role::Note
        } else {
            Role::Strong
        };
        let start: String = message
            .body
            .as_deref()
            .unwrap_or("")
            .chars()
            .take(4 * WORDS)
            .collect();
        let words = text_safe::line(&start);
        line.push(role, format!(" {}", author(message)));
        line.push(
            Role::Text,
            format!(": {}", cell::cut(words.trim(), WORDS, "…")),
        );
    } else if let Some(customer) = &event.customer {
        line.push(
            Role::Strong,
            format!(" {}", text_safe::line(&customer.title)),
        );
    }
    Some(line)
}

fn subject(event: &Event) -> String {
    event.conversation.as_ref().map_or_else(
        || "-".to_owned(),
        |conversation| format!("#{}", conversation.number),
    )
}

fn what(event: &Event) -> String {
    let words = match event.kind {
        EventKind::ConversationCreated => "new conversation",
        EventKind::ConversationUpdated => return conversation_state(event),
        EventKind::ConversationDeleted => "conversation gone",
        EventKind::MessageCreated if event.message.as_ref().is_some_and(|it| it.private) => {
            "note by"
        }
        EventKind::MessageCreated => "message from",
        EventKind::MessageUpdated => "message changed, from",
        EventKind::MessageDeleted => "message deleted",
        EventKind::CustomerCreated => "new customer",
        EventKind::CustomerUpdated => "customer changed",
        EventKind::CustomerDeleted => "customer deleted",
        EventKind::DraftUpdated => "draft changed",
        EventKind::EntityChanged => return entity(event, "changed"),
        EventKind::EntityDeleted => return entity(event, "deleted"),
        EventKind::Hidden => "",
    };
    words.to_owned()
}

fn conversation_state(event: &Event) -> String {
    let Some(it) = &event.conversation else {
        return "conversation changed".to_owned();
    };
    let owner = it.assignee_id.map_or_else(
        || "unassigned".to_owned(),
        |user| format!("assigned to user {user}"),
    );
    let read = if it.read { "read" } else { "unread" };
    format!("now {}, {read}, {owner}", it.status)
}

fn entity(event: &Event, how: &str) -> String {
    let what = event.entity.map_or("something", |entity| entity.as_str());
    format!("{} {how}", what.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(event: serde_json::Value) -> Option<String> {
        event_line(&serde_json::from_value(event).unwrap()).map(|line| line.plain())
    }

    #[test]
    fn events_read_like_a_diary() {
        let at = "2026-11-20T20:21:14Z";
        let table = [
            (
                json!({"seq": 1, "at": at, "kind": "customer.created"}),
                "20:21:14  -       new customer",
            ),
            (
                json!({"seq": 2, "at": at, "kind": "entity.changed", "entity": "canned_response", "entity_id": "1"}),
                "20:21:14  -       canned response changed",
            ),
            (
                json!({"seq": 3, "at": at, "kind": "message.deleted"}),
                "20:21:14  -       message deleted",
            ),
        ];
        for (event, line) in table {
            assert_eq!(shown(event).as_deref(), Some(line));
        }
    }

    #[test]
    fn what_may_not_be_seen_has_no_line() {
        assert_eq!(
            shown(json!({"seq": 1, "at": "2026-11-20T20:21:14Z", "kind": "hidden"})),
            None
        );
    }
}
