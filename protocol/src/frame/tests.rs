use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn encoded(frame: &Outgoing<'_>, serializer: Serializer) -> Value {
    let mut out = Vec::new();
    assert_eq!(frame.encode(serializer, &mut out), Ok(Encoding::Text));
    serde_json::from_slice(&out).unwrap()
}

fn reply<'a>(join_ref: &'a Ref<'a>, reference: &'a Ref<'a>, topic: &'a str) -> Outgoing<'a> {
    Outgoing::Reply {
        join_ref,
        reference,
        topic,
        status: Status::Ok,
        response: Payload::EMPTY,
    }
}

#[test]
fn the_version_picks_the_serializer() {
    assert_eq!(Serializer::from_vsn(None), Some(Serializer::V1));
    assert_eq!(Serializer::from_vsn(Some("1.0.0")), Some(Serializer::V1));
    assert_eq!(Serializer::from_vsn(Some("2.0.0")), Some(Serializer::V2));
    assert_eq!(Serializer::from_vsn(Some("2.0.11")), Some(Serializer::V2));
    for other in ["", "2", "2.0", "2.0.", "2.0.x", "3.0.0", "2.1.0", "2é0.0"] {
        assert_eq!(Serializer::from_vsn(Some(other)), None, "{other}");
    }
}

#[test]
fn golden_frames_of_version_two() {
    let heartbeat = r#"[null,"1","phoenix","heartbeat",{}]"#;
    let message = Message::from_text(Serializer::V2, heartbeat).unwrap();
    assert!(message.join_ref.is_null());
    assert_eq!((&*message.topic, &*message.event), ("phoenix", "heartbeat"));
    assert_eq!(message.payload, Payload::EMPTY);
    assert_eq!(
        encoded(
            &reply(&Ref::NULL, &message.reference, "phoenix"),
            Serializer::V2
        ),
        json!([null, "1", "phoenix", "phx_reply", {"response": {}, "status": "ok"}])
    );

    let join = r#" ["7", "7" ,"conversation:x","phx_join",{"customer_id":"c"}] "#;
    let message = Message::from_text(Serializer::V2, join).unwrap();
    assert_eq!(message.payload, Payload::Json(r#"{"customer_id":"c"}"#));
    assert_eq!(
        encoded(
            &reply(&message.join_ref, &message.reference, &message.topic),
            Serializer::V2
        ),
        json!(["7", "7", "conversation:x", "phx_reply", {"response": {}, "status": "ok"}])
    );
    let close = Outgoing::Close {
        join_ref: &message.join_ref,
        topic: &message.topic,
    };
    assert_eq!(
        encoded(&close, Serializer::V2),
        json!(["7", "7", "conversation:x", "phx_close", {}])
    );
    let push = Outgoing::Push {
        join_ref: &message.join_ref,
        topic: "conversation:x",
        event: "presence_state",
        payload: Payload::EMPTY,
    };
    assert_eq!(
        encoded(&push, Serializer::V2),
        json!(["7", null, "conversation:x", "presence_state", {}])
    );
}

#[test]
fn golden_frames_of_version_one() {
    let text = r#"{"topic":"room:a","event":"phx_join","payload":{},"ref":"1"}"#;
    let message = Message::from_text(Serializer::V1, text).unwrap();
    assert!(message.join_ref.is_null());
    assert_eq!(
        encoded(
            &reply(&Ref::NULL, &message.reference, "room:a"),
            Serializer::V1
        ),
        json!({"topic": "room:a", "event": "phx_reply", "ref": "1",
               "payload": {"status": "ok", "response": {}}})
    );
    let shout = Outgoing::Broadcast {
        topic: "room:a",
        event: "shout",
        payload: Payload::EMPTY,
    };
    assert_eq!(
        encoded(&shout, Serializer::V1),
        json!({"topic": "room:a", "event": "shout", "payload": {}, "ref": null})
    );
    let crash = Outgoing::Crash {
        join_ref: &Ref::from_text("4"),
        topic: "room:a",
    };
    assert_eq!(
        encoded(&crash, Serializer::V1),
        json!({"topic": "room:a", "event": "phx_error", "payload": {}, "ref": "4"})
    );
}

#[test]
fn refs_keep_their_type() {
    for raw in ["\"1\"", "1", "0", "null", "1.50", "\"\\u0031\"", "[1]"] {
        let text = format!(r#"[{raw},{raw},"t","e",{{}}]"#);
        let message = Message::from_text(Serializer::V2, &text).unwrap();
        assert_eq!(
            (message.join_ref.as_json(), message.reference.as_json()),
            (raw, raw)
        );
        let mut out = Vec::new();
        reply(&message.join_ref, &message.reference, "t")
            .encode(Serializer::V2, &mut out)
            .unwrap();
        assert!(
            String::from_utf8(out)
                .unwrap()
                .starts_with(&format!("[{raw},{raw},"))
        );
    }
}

#[test]
fn what_is_not_a_frame_is_refused() {
    let malformed = [
        "",
        "{}",
        "[]",
        "null",
        "[1,2,3]",
        r#"[null,"1","t","e"]"#,
        r#"[null,"1",7,"e",{}]"#,
        r#"[null,"1","t","e",{}"#,
        r#"[null,"1","t","e",{]"#,
        r#"[null,"1","t","e",{}] x"#,
    ];
    for text in malformed {
        assert_eq!(
            Message::from_text(Serializer::V2, text),
            Err(FrameError::Malformed),
            "{text}"
        );
    }
    for text in ["[]", "{}", r#"{"topic":"t","event":"e","payload":{}}"#] {
        assert_eq!(
            Message::from_text(Serializer::V1, text),
            Err(FrameError::Malformed),
            "{text}"
        );
    }
    assert_eq!(
        Message::from_binary(Serializer::V1, &[0, 0, 0, 0, 0]),
        Err(FrameError::Malformed)
    );
}

#[test]
fn more_than_five_elements_are_tolerated() {
    let text = r#"[null,"1","t","e",{"a":1},"more",[2]]"#;
    let message = Message::from_text(Serializer::V2, text).unwrap();
    assert_eq!(message.payload, Payload::Json(r#"{"a":1}"#));
}

#[test]
fn depth_and_lengths_are_limited() {
    let nested = |depth: usize| {
        format!(
            r#"[null,"1","t","e",{}{}]"#,
            "[".repeat(depth),
            "]".repeat(depth)
        )
    };
    assert!(Message::from_text(Serializer::V2, &nested(MAX_DEPTH - 1)).is_ok());
    assert_eq!(
        Message::from_text(Serializer::V2, &nested(MAX_DEPTH)),
        Err(FrameError::TooDeep)
    );
    let brackets_in_text = format!(r#"[null,"1","t","e",{{"body":"\"{}"}}]"#, "[".repeat(200));
    assert!(Message::from_text(Serializer::V2, &brackets_in_text).is_ok());
    let siblings = format!(r#"[null,"1","t","e",[{}0]]"#, "[],".repeat(200));
    assert!(Message::from_text(Serializer::V2, &siblings).is_ok());
    let long = format!(r#"[null,"1","{}","e",{{}}]"#, "t".repeat(MAX_NAME + 1));
    assert_eq!(
        Message::from_text(Serializer::V2, &long),
        Err(FrameError::TooLong)
    );
    let long = format!(r#"[null,"{}","t","e",{{}}]"#, "1".repeat(MAX_REF));
    assert_eq!(
        Message::from_text(Serializer::V2, &long),
        Err(FrameError::TooLong)
    );
}

#[test]
fn a_binary_ping_is_answered_in_bytes() {
    let push = [&[0, 1, 2, 1, 4][..], b"712tping", &[1, 255, 0]].concat();
    let message = Message::from_binary(Serializer::V2, &push).unwrap();
    assert_eq!(
        (message.join_ref.as_json(), message.reference.as_json()),
        ("\"7\"", "\"12\"")
    );
    assert_eq!((&*message.topic, &*message.event), ("t", "ping"));
    assert_eq!(message.payload, Payload::Binary(&[1, 255, 0]));
    let answer = Outgoing::Reply {
        join_ref: &message.join_ref,
        reference: &message.reference,
        topic: "t",
        status: Status::Ok,
        response: message.payload,
    };
    let mut out = Vec::new();
    assert_eq!(
        answer.encode(Serializer::V2, &mut out),
        Ok(Encoding::Binary)
    );
    assert_eq!(
        out,
        [&[1, 1, 2, 1, 2][..], b"712tok", &[1, 255, 0]].concat()
    );
    assert_eq!(
        Outgoing::read_binary(&out, |read| *read == answer),
        Ok(true)
    );
    assert_eq!(
        answer.encode(Serializer::V1, &mut out),
        Err(FrameError::Malformed)
    );
}

proptest! {
    #[test]
    fn text_frames_come_back(
        join_ref in any::<Option<String>>(),
        reference in any::<u32>(),
        topic in ".{0,60}",
        event in ".{0,60}",
        body in ".*",
    ) {
        let join_ref = join_ref.filter(|text| text.len() < 20);
        let join_ref = join_ref.as_deref().map_or(Ref::NULL, Ref::from_text);
        let reference = reference.to_string();
        let payload = json!({ "body": body }).to_string();
        let message = Message {
            join_ref,
            reference: Ref::from_json(&reference),
            topic: topic.into(),
            event: event.into(),
            payload: Payload::Json(&payload),
        };
        for serializer in [Serializer::V1, Serializer::V2] {
            let mut out = Vec::new();
            prop_assert_eq!(message.encode(serializer, &mut out), Ok(Encoding::Text));
            let text = String::from_utf8(out).unwrap();
            prop_assert_eq!(Message::from_text(serializer, &text), Ok(message.clone()));
        }
    }

    #[test]
    fn binary_frames_come_back(
        join_ref in "[0-9]{0,9}",
        topic in "[a-z:]{0,50}",
        payload in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let message = Message {
            join_ref: Ref::from_bare_text(&join_ref),
            reference: Ref::from_text("3"),
            topic: topic.into(),
            event: "ping".into(),
            payload: Payload::Binary(&payload),
        };
        let mut out = Vec::new();
        prop_assert_eq!(message.encode(Serializer::V2, &mut out), Ok(Encoding::Binary));
        prop_assert_eq!(Message::from_binary(Serializer::V2, &out), Ok(message.clone()));
    }

    #[test]
    fn unknown_input_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".*") {
        for serializer in [Serializer::V1, Serializer::V2] {
            let _ignored = Message::from_binary(serializer, &bytes);
            let _ignored = Message::from_text(serializer, &text);
            let quoted = format!("[{text},\"1\",\"t\",\"e\",{text}]");
            let _ignored = Message::from_text(serializer, &quoted);
        }
        let _ignored = Outgoing::read_binary(&bytes, |frame| *frame == reply(&Ref::NULL, &Ref::NULL, ""));
    }
}
