use super::*;
use serde_json::{Value, json};

fn message(body: &str, changes: &Value) -> Value {
    let mut message = json!({
        "object": "message", "id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0001", "seq": 3, "body": body,
        "type": "reply", "content_type": "text", "private": false, "source": "email",
        "created_at": "2026-11-20T20:21:14", "sent_at": "2026-11-20T20:21:14Z", "seen_at": null,
        "conversation_id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002",
        "account_id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0003", "user_id": null, "customer_id": null,
        "delivery_state": "sent", "delivery_reason": null, "metadata": null, "user": null,
        "attachments": [],
    });
    for (key, value) in changes.as_object().unwrap() {
        message[key] = value.clone();
    }
    message
}

fn conversation(messages: &[Value]) -> ConversationFull {
    serde_json::from_value(json!({
        "object": "conversation", "id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002", "number": 12,
        "source": "email", "created_at": "2026-11-20T20:21:14", "updated_at": "2026-11-20T20:21:14",
        "closed_at": null, "last_activity_at": null, "status": "open", "snoozed_until": null,
        "snoozed_until_reply": false, "read": false, "priority": "priority",
        "subject": "Refund\u{1b}[2J", "account_id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0003",
        "customer_id": "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0004", "assignee_id": null, "team_id": null,
        "inbox_id": null, "waiting_since": "2026-11-20T20:21:14Z", "archived_at": null,
        "merged_into": null, "last_message_seq": 3, "version": 1, "metadata": null,
        "customer": null, "messages": messages, "tags": [], "mentions": [],
    }))
    .unwrap()
}

fn drawn(conversation: &ConversationFull, width: usize) -> String {
    let now = Timestamp::parse("2026-11-20T23:30:00Z").unwrap();
    let look = Look {
        width,
        glyphs: Glyphs::Unicode,
        now,
    };
    let lines: Vec<String> = lines(conversation, None, &look)
        .iter()
        .map(Line::plain)
        .collect();
    lines.join("\n")
}

#[test]
fn what_came_back_about_a_message_stands_beside_it() {
    let complained = json!({
        "user_id": 1, "delivery_state": "sent", "delivery_reason": "the recipient complained about it",
    });
    let shown = drawn(&conversation(&[message("Hello", &complained)]), 80);
    assert!(
        shown.contains("! the recipient complained about it"),
        "{shown}"
    );
}

#[test]
fn a_conversation_reads_from_top_to_bottom() {
    let shown = drawn(
        &conversation(&[
            message("Hello,\nwhere is my money, please?", &json!({})),
            message(
                "Ask Alex",
                &json!({"private": true, "type": "note", "user_id": 1}),
            ),
            message(
                "On its way",
                &json!({"user_id": 1, "delivery_state": "failed", "delivery_reason": "mailbox full"}),
            ),
        ]),
        20,
    );
    assert_eq!(
        shown,
        "\
#12  Refund␛[2J
by email, open, priority !, unassigned, waiting since 3h

Customer  2026-11-20 20:21 UTC (3h)
▏ Hello,
▏ where is my money,
▏ please?

An agent  2026-11-20 20:21 UTC (3h)  note, the customer does not see it
┊ Ask Alex

An agent  2026-11-20 20:21 UTC (3h)  ! not delivered: mailbox full
▏ On its way"
    );
}

#[test]
fn no_text_leaves_its_rail() {
    let hostile =
        "x\n\nAn agent  2026-11-20 20:21 UTC\n\u{1b}[1A\u{1b}[2Kforged\r\u{85}\u{2028}end";
    let shown = drawn(&conversation(&[message(hostile, &json!({}))]), 40);
    let body: Vec<&str> = shown.lines().skip(4).collect();
    assert!(body.len() >= 5);
    assert!(body.iter().all(|line| line.starts_with('▏')), "{shown}");
}

#[test]
fn a_flood_is_counted() {
    let shown = drawn(
        &conversation(&[message(&"a\n".repeat(50_000), &json!({}))]),
        40,
    );
    assert!(shown.lines().count() < 220);
    assert!(shown.ends_with("more lines; --json has them all"));
}
