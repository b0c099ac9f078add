//! What stands in the pane.

use super::*;
use crate::testing::{self, desk, row};
use serde_json::json;

fn customer() -> serde_json::Value {
    json!({
        "object": "customer", "id": uuid::Uuid::from_u128(1_001), "name": "Priya Raman",
        "email": "priya.r@example.org", "phone": "+358 40 555 01",
        "created_at": "2023-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        "title": "Priya Raman", "account_id": uuid::Uuid::from_u128(1),
        "first_seen": "2023-11-20", "last_seen_at": "2025-11-24T14:31:00Z",
        "time_zone": "Europe/Helsinki", "verified": true,
        "notes": [{
            "object": "note", "id": uuid::Uuid::from_u128(90),
            "body": "Prefers short answers.\nPays by invoice since the spring.",
            "content_type": "text", "customer_id": uuid::Uuid::from_u128(1_001), "author_id": 2,
            "created_at": "2025-11-20T08:00:00", "updated_at": "2025-11-20T08:00:00",
        }],
    })
}

fn full() -> (Model, Thread) {
    let mut model = desk(160, 45);
    let mut thread = testing::thread();
    thread.customer = Some(serde_json::from_value(customer()).unwrap());
    let mut mail = row(40, 180);
    mail.conversation.subject = Some("Duplicate charge on the statement".to_owned());
    let mut slack = row(41, 2_880);
    slack.conversation.source = "slack".parse().unwrap();
    slack.conversation.status = "closed".parse().unwrap();
    thread.others = vec![mail, slack];
    thread.row.tags = model.directory.tags.iter().map(|tag| tag.id).collect();
    model.presence.take(crate::model::presence::Presence {
        online: vec![testing::TEEMU],
        viewing: vec![(thread.id(), testing::TEEMU), (thread.id(), testing::ME)],
    });
    (model, thread)
}

fn text(model: &Model, thread: &Thread, width: usize) -> String {
    let sheet = sheet(model, &thread.row, Some(thread), width);
    let lines: Vec<String> = sheet.lines().iter().map(Line::plain).collect();
    lines.join("\n")
}

#[test]
fn everything_that_is_known_is_shown() {
    let (model, thread) = full();
    insta::assert_snapshot!(text(&model, &thread, 32));
}

#[test]
fn nothing_is_shown_of_what_is_not_known() {
    let (model, thread) = (desk(160, 45), testing::thread());
    insta::assert_snapshot!(text(&model, &thread, 32));
}

#[test]
fn a_place_that_does_not_exist_has_no_clock() {
    let (model, mut thread) = full();
    for zone in ["Europe/Atlantis", "", "../../etc/passwd"] {
        if let Some(customer) = &mut thread.customer {
            customer.time_zone = Some(zone.to_owned());
        }
        assert!(!text(&model, &thread, 32).contains("there"), "{zone}");
    }
}
