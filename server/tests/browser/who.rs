//! Who is on either side: a visitor whom the site has signed in, and a program that answers.

use crate::bed::Bed;
use frontdesk_connectors::verify::sign_identity;
use frontdesk_testkit::{Answers, ModelServer};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

/// What a site puts into the fragment of the address for its visitor.
fn fragment(external_id: &str, hash: &str) -> String {
    let customer =
        json!({ "external_id": external_id, "name": "Grace", "identity_hash": hash }).to_string();
    let customer = utf8_percent_encode(&customer, NON_ALPHANUMERIC);
    format!("#customer={customer}")
}

#[tokio::test]
async fn who_is_signed_in_finds_the_chat_on_every_device_and_nobody_else_does() {
    let bed = Bed::make().await;
    let inbox = &bed.desk.inbox_id;
    let path = format!("/api/v1/inboxes/{inbox}/identity_secret");
    let secret = bed.desk.post(&path, json!({})).await.data(200);
    let secret = secret["identity_secret"].as_str().unwrap();
    let required = json!({ "inbox": { "identity_required": true } });
    let path = format!("/api/inboxes/{inbox}");
    bed.desk.put(&path, required).await.is(200);
    let grace = fragment("42", &sign_identity(secret.as_bytes(), "42"));
    bed.open(&grace).await;
    bed.say("From my desk").await;
    bed.is_sent().await;
    let customer = bed.conversation().await["customer"].clone();
    assert_eq!(customer["external_id"], "42", "{customer}");
    // Another device: nothing is kept there.
    elsewhere(&bed).await;
    bed.open(&grace).await;
    bed.bubbles(&["From my desk"]).await;
    // Somebody who claims the same without the site's signature.
    elsewhere(&bed).await;
    bed.open(&fragment("42", &sign_identity(b"guessed", "42")))
        .await;
    bed.until("document.querySelector('#line').textContent.startsWith('The site has to confirm')")
        .await;
    bed.bubbles(&[]).await;
    bed.end().await;
}

/// The browser forgets everything, as one does that was never here.
async fn elsewhere(bed: &Bed) {
    bed.eval("localStorage.clear()").await;
    // The same page with another fragment would be no new page.
    bed.page.goto("about:blank").await.unwrap();
}

#[tokio::test]
async fn a_program_that_answers_is_seen_writing() {
    let answer = Answers::Streams("Five days [1].".to_owned());
    let model = ModelServer::start([Answers::Waits(Box::new(answer))]).await;
    let bed = Bed::make_with(|config| config.ai.base_url.clone_from(&model.url)).await;
    let inbox = &bed.desk.inbox_id;
    let mode = json!({ "mode": "auto" });
    let path = format!("/api/v1/ai/modes/{inbox}");
    bed.desk.put(&path, mode).await.is(200);
    let known = json!({ "knowledge": {
        "title": "Refunds for parcels", "body": "Refunds take five days.", "audience": "public" } });
    bed.desk.post("/api/v1/knowledge", known).await.is(201);
    bed.open("&companyName=Tea%20House").await;
    bed.say("When is the refund for my parcel?").await;
    bed.is_sent().await;
    bed.server.clock.advance_seconds(1);
    bed.until("document.querySelector('#typing').textContent === 'Tea House is typing'")
        .await;
    model.release();
    bed.bubbles(&["When is the refund for my parcel?", "Five days."])
        .await;
    bed.until("document.querySelector('#typing').textContent === ''")
        .await;
    bed.end().await;
}
