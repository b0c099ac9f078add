//! Telegram as its documents describe it.

use super::*;
use crate::channel::{Consent, FileLink, Held, Outgoing, Rejected, Request};
use frontdesk_domain::{MessageId, Timestamp};
use serde_json::Value;

const SECRET: &str = "s3cret_Word-1";

fn bot(webhook_secret: Option<&str>) -> Telegram {
    let secrets = Secrets {
        bot_token: "5550001:abc".to_owned(),
        webhook_secret: webhook_secret.map(str::to_owned),
    };
    secrets.check().unwrap();
    Telegram::new(serde_json::from_str("{}").unwrap(), secrets)
}

fn answer(status: u16, body: &Value) -> Answer {
    Answer {
        status,
        retry_after: None,
        body: body.to_string().into_bytes(),
    }
}

fn update(id: i64, text: &str) -> Value {
    json!({ "update_id": id, "message": {
        "message_id": 7, "date": 1_795_000_000, "text": text,
        "chat": { "id": -100_123_456_789_i64, "type": "private" },
        "from": { "id": 9, "is_bot": false, "first_name": "Ada", "last_name": "L" } } })
}

#[test]
fn asking_moves_on_behind_what_was_read() {
    let it = bot(None);
    let said = json!({ "ok": true, "result": [update(5, "hi"), { "update_id": 6, "poll": {} }] });
    let (heard, next) = Poll::read(&it, 5, &answer(200, &said)).unwrap();
    assert_eq!(next, 7);
    let [Heard::Message(message)] = &heard[..] else {
        panic!("{heard:?}");
    };
    assert_eq!(message.id, "-100123456789:7");
    assert_eq!(message.theirs, "-100123456789");
    assert_eq!(message.name.as_deref(), Some("Ada L"));
    let nothing = json!({ "ok": true, "result": [] });
    assert_eq!(
        Poll::read(&it, 7, &answer(200, &nothing)).unwrap(),
        (Vec::new(), 7)
    );
}

#[test]
fn a_request_is_believed_with_its_secret_alone() {
    let it = bot(Some(SECRET));
    assert!(
        it.poll().is_none(),
        "what is told by requests is not asked for"
    );
    let body = update(1, "hi").to_string();
    let ask = |secret: Option<&str>, body: &str| {
        let name = "x-telegram-bot-api-secret-token".to_owned();
        let headers: Vec<_> = secret.map(|it| (name, it.to_owned())).into_iter().collect();
        let request = Request {
            url: "https://desk.test",
            headers: &headers,
            body: body.as_bytes(),
            now: Timestamp::from_seconds(1_795_000_000),
        };
        Receive::receive(&it, &request)
    };
    assert_eq!(ask(Some(SECRET), &body).unwrap().len(), 1);
    assert_eq!(ask(Some("other"), &body), Err(Rejected::Forged));
    assert_eq!(ask(None, &body), Err(Rejected::Forged));
    assert_eq!(ask(Some(SECRET), "{"), Err(Rejected::Unreadable));
    assert_eq!(ask(Some(SECRET), "{}"), Ok(Vec::new()));
}

#[test]
fn a_picture_is_its_largest_size_and_a_block_is_a_stop() {
    let mut picture = update(1, "look");
    let message = &mut picture["message"];
    message["caption"] = message["text"].take();
    message["photo"] = json!([{ "file_id": "s", "width": 90 }, { "file_id": "l", "width": 800 }]);
    let Some(Heard::Message(message)) = receive::update(&picture) else {
        panic!("no message");
    };
    assert_eq!(
        (message.text.as_deref(), message.files[0].place.as_str()),
        (Some("look"), "l")
    );
    let blocked = json!({ "my_chat_member": {
        "chat": { "id": 9 }, "new_chat_member": { "status": "kicked" } } });
    let theirs = "9".to_owned();
    let consent = Consent::Stop;
    assert_eq!(
        receive::update(&blocked),
        Some(Heard::Reach { theirs, consent })
    );
    let mut moved = update(2, "");
    moved["message"]["migrate_to_chat_id"] = json!(-5);
    let (from, to) = ("-100123456789".to_owned(), "-5".to_owned());
    assert_eq!(receive::update(&moved), Some(Heard::Moved { from, to }));
}

#[test]
fn an_answer_says_whether_to_try_again() {
    let it = bot(None);
    let outgoing = Outgoing {
        id: MessageId::random(),
        ours: "",
        theirs: "-5",
        text: "<b>*plain*",
        files: &[],
        author: None,
        picture: None,
        heard_at: None,
        now: Timestamp(0),
        hook: "",
        templates: &[],
    };
    let call = it.call(&outgoing).unwrap();
    assert_eq!(
        call.body,
        Body::Json(json!({ "chat_id": -5, "text": "<b>*plain*" }))
    );
    let sent = json!({ "ok": true, "result": { "message_id": 8, "chat": { "id": -5 } } });
    let id = Some("-5:8".to_owned());
    assert_eq!(
        Deliver::read(&it, &answer(200, &sent)),
        Delivery::Sent { id }
    );
    let wait = json!({ "ok": false, "parameters": { "retry_after": 3 } });
    let Delivery::Later { after, .. } = Deliver::read(&it, &answer(429, &wait)) else {
        panic!("it waits");
    };
    assert_eq!(after.unwrap().as_secs(), 3);
    let moved = json!({ "ok": false, "parameters": { "migrate_to_chat_id": -9 } });
    let to = "-9".to_owned();
    assert_eq!(
        Deliver::read(&it, &answer(400, &moved)),
        Delivery::Moved { to }
    );
    let no = json!({ "ok": false });
    assert!(matches!(
        Deliver::read(&it, &answer(401, &no)),
        Delivery::Broken { .. }
    ));
    assert!(matches!(
        Deliver::read(&it, &answer(403, &no)),
        Delivery::Stopped { .. }
    ));
    assert!(matches!(
        Deliver::read(&it, &answer(400, &no)),
        Delivery::Refused { .. }
    ));
}

#[test]
fn files_that_do_not_fit_beside_their_text_go_as_links() {
    let it = bot(None);
    let file = |size| FileLink {
        url: "https://desk.test/files/1".to_owned(),
        filename: "a.png".to_owned(),
        content_type: "image/png".to_owned(),
        size,
        held: Held::Here,
    };
    let takes = |text: &str, files: &[FileLink]| {
        let outgoing = Outgoing {
            id: MessageId::random(),
            ours: "",
            theirs: "42",
            text,
            files,
            author: None,
            picture: None,
            heard_at: None,
            now: Timestamp(0),
            hook: "",
            templates: &[],
        };
        it.takes(&outgoing)
    };
    let long = "x".repeat(1024);
    assert!(takes(&long, &vec![file(5_000_000); 10]));
    assert!(!takes(&format!("{long}x"), &[file(1)]));
    assert!(!takes("", &vec![file(1); 11]));
    assert!(!takes("", &[file(50_000_000), file(1)]));
    assert!(
        !takes("", &[file(0)]),
        "Telegram has no files without bytes"
    );
}
