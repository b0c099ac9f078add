//! A channel of others, from its own side.

use super::*;
use crate::channel::{Body, Delivery, Heard, Outgoing, Rejected, Request};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_domain::{DeliveryState, MessageId, Timestamp};
use serde_json::{Value, json};

const KEY: &str = "a-key-of-more-than-twenty-four-letters";

fn channel() -> Custom {
    let secrets = Secrets {
        key: KEY.to_owned(),
        signing_secret: "another secret of many letters".to_owned(),
    };
    let url = "https://bridge.test/out".to_owned();
    Custom::new(Settings { url }, secrets)
}

fn posted(key: &str, body: &Value) -> Result<Vec<Heard>, Rejected> {
    let headers = [("authorization".to_owned(), format!("Bearer {key}"))];
    let body = body.to_string();
    let request = Request {
        url: "https://desk.test",
        headers: &headers,
        body: body.as_bytes(),
        now: Timestamp::from_seconds(1_795_000_000),
    };
    Receive::receive(&channel(), &request)
}

#[test]
fn a_message_needs_the_key_an_id_a_sender_and_something_said() {
    let message = json!({ "message": { "id": "1", "from": "ada", "text": "hi" } });
    assert_eq!(posted(KEY, &message).unwrap().len(), 1);
    assert_eq!(posted("other", &message), Err(Rejected::Forged));
    for odd in [
        json!({ "message": { "id": "", "from": "ada", "text": "hi" } }),
        json!({ "message": { "id": "1", "from": " ", "text": "hi" } }),
        json!({ "message": { "id": "1", "from": "ada", "text": " " } }),
        json!({ "message": { "id": "1" } }),
        json!({ "other": {} }),
        json!([]),
    ] {
        assert_eq!(posted(KEY, &odd), Err(Rejected::Unreadable), "{odd}");
    }
}

#[test]
fn a_receipt_says_what_became_of_a_message() {
    let id = MessageId::random();
    let told = json!({ "receipt": { "message_id": id, "state": "failed", "reason": "gone" } });
    let Heard::Receipt(it) = posted(KEY, &told).unwrap().remove(0) else {
        panic!("no receipt");
    };
    assert_eq!((it.message_id, it.state), (id, DeliveryState::Failed));
    assert_eq!(it.reason.as_deref(), Some("gone"));
}

#[test]
fn an_answer_is_signed_over_its_id_its_time_and_its_text() {
    let outgoing = Outgoing {
        id: MessageId::random(),
        ours: "",
        theirs: "ada",
        text: "hello",
        files: &[],
        author: Some("Grace"),
        picture: None,
        heard_at: None,
        now: Timestamp::from_seconds(1_795_000_000),
        hook: "",
        templates: &[],
    };
    let call = channel().call(&outgoing).unwrap();
    let Body::Text(text) = &call.body else {
        panic!("no text");
    };
    let said: Value = serde_json::from_str(text).unwrap();
    assert_eq!(said["to"], "ada");
    assert_eq!(said["author"], "Grace");
    let signed = format!("{}.1795000000.{text}", outgoing.id);
    let mac = crate::verify::hmac_sha256(b"another secret of many letters", signed.as_bytes());
    let mut headers = call.headers.iter();
    let signature = headers.find(|(name, _)| *name == "webhook-signature");
    let expected = format!("v1,{}", STANDARD.encode(mac));
    assert_eq!(signature.unwrap().1, expected);
}

#[test]
fn what_it_is_answered_says_whether_to_try_again() {
    let read = |status, body: &str| {
        let answer = Answer {
            status,
            retry_after: None,
            body: body.as_bytes().to_vec(),
        };
        Deliver::read(&channel(), &answer)
    };
    assert_eq!(read(204, ""), Delivery::Sent { id: None });
    assert!(matches!(read(503, ""), Delivery::Later { .. }));
    assert!(matches!(read(404, ""), Delivery::Broken { .. }));
    let why = "the channel refused it (422): no such person".to_owned();
    assert_eq!(
        read(422, r#"{"error": "no such person"}"#),
        Delivery::Refused { why }
    );
}
