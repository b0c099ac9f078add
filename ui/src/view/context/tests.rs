//! What stands in the pane.

use super::*;
use crate::testing::{self, customer, desk, row};
use serde_json::json;

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

/// The customer of the thread, reached by this line.
fn by_line(source: &str, line: &serde_json::Value) -> (Model, Thread) {
    let (model, mut thread) = full();
    thread.row.conversation.source = source.parse().unwrap();
    let mut customer = customer();
    customer["lines"] = json!([line]);
    customer["lines"][0]["conversation_id"] = json!(thread.id());
    thread.customer = Some(serde_json::from_value(customer).unwrap());
    (model, thread)
}

/// The part of the pane that tells of the line.
fn line_of((model, thread): &(Model, Thread)) -> String {
    let text = text(model, thread, 32);
    let (_, rest) = text.split_once("LINE\n").unwrap();
    rest.split("\n\n").next().unwrap().to_owned()
}

#[test]
fn how_a_customer_is_reached_is_said_and_what_keeps_words_from_them() {
    let sms = json!({ "ours": "+15557654321", "theirs": "+15551234567",
        "stopped_at": "2025-11-24T14:31:00Z" });
    let open = json!({ "ours": "+1", "theirs": "+2", "open_until": "2099-11-25T14:31:00Z" });
    let closed = json!({ "ours": "+1", "theirs": "+2", "open_until": "2020-11-25T14:31:00Z" });
    let mut thread = by_line(
        "slack",
        &json!({ "ours": "", "theirs": "C1:1795000000.000100" }),
    );
    thread.1.row.conversation.subject = Some("#acme-and-us".to_owned());
    let direct = by_line("slack", &json!({ "ours": "", "theirs": "D1" }));
    let shown = [
        by_line("sms", &sms),
        by_line("whatsapp", &open),
        by_line("whatsapp", &closed),
        thread,
        direct,
    ];
    let shown: Vec<String> = shown.iter().map(line_of).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn one_customer_has_three_threads_side_by_side() {
    let (model, mut thread) = full();
    thread.row.conversation.source = "email".parse().unwrap();
    let of = |n, minutes, source: &str, about: &str| {
        let mut it = row(n, minutes);
        it.conversation.source = source.parse().unwrap();
        it.conversation.subject = Some(about.to_owned());
        it
    };
    thread.others = vec![
        of(40, 3, "sms", "When will it come?"),
        of(41, 12, "slack", "#acme-and-us"),
    ];
    insta::assert_snapshot!(text(&model, &thread, 40));
}
