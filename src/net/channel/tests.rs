use super::*;
use frontdesk_protocol::id::AccountId;

const NAME: &str = "notification:6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0003";

fn topic() -> Topic {
    let account: AccountId = "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0003".parse().unwrap();
    Topic::Notification(account)
}

fn told(channel: &mut Channel, frame: &str) -> Option<Told> {
    channel.receive(&frame.replace("TOPIC", NAME)).unwrap()
}

fn joined() -> Channel {
    let mut channel = Channel::new();
    let frame = channel.join(&topic(), r#"{"cursor":7}"#);
    assert_eq!(
        frame,
        format!(r#"["1","1","{NAME}","phx_join",{{"cursor":7}}]"#)
    );
    assert!(channel.is_joining());
    let answer = r#"["1","1","TOPIC","phx_reply",{"status":"ok","response":{"seq":9}}]"#;
    let response = r#"{"seq":9}"#.to_owned();
    assert_eq!(
        told(&mut channel, answer),
        Some(Told::Joined {
            topic: topic(),
            response
        })
    );
    assert!(!channel.is_joining());
    channel
}

#[test]
fn what_frames_mean_on_a_joined_topic() {
    let pushed = |event: &str, payload: &str| {
        Some(Told::Pushed {
            topic: topic(),
            event: event.into(),
            payload: payload.into(),
        })
    };
    let table = [
        (
            r#"[null,null,"TOPIC","shout",{"a":1}]"#,
            pushed("shout", r#"{"a":1}"#),
        ),
        (r#"["1",null,"TOPIC","event",{}]"#, pushed("event", "{}")),
        (r#"[1,null,"TOPIC","event",{}]"#, pushed("event", "{}")),
        // Another join's, another topic's, nobody's.
        (r#"["9",null,"TOPIC","event",{}]"#, None),
        (r#"[null,null,"room:1","event",{}]"#, None),
        (r#"[null,null,"nonsense","event",{}]"#, None),
        (
            r#"["1","77","TOPIC","phx_reply",{"status":"ok","response":{}}]"#,
            None,
        ),
        (r#"["9","9","TOPIC","phx_close",{}]"#, None),
        (
            r#"["1","1","TOPIC","phx_close",{}]"#,
            Some(Told::Closed { topic: topic() }),
        ),
        (
            r#"["1","1","TOPIC","phx_error",{"reason":"x"}]"#,
            Some(Told::Crashed { topic: topic() }),
        ),
    ];
    for (frame, meaning) in table {
        assert_eq!(told(&mut joined(), frame), meaning, "{frame}");
    }
}

#[test]
fn a_refused_join_says_why() {
    let table = [
        (
            r#"{"status":"error","response":{"reason":"resync"}}"#,
            "resync",
        ),
        (r#"{"status":"error","response":{}}"#, "no reason given"),
    ];
    for (payload, why) in table {
        let mut channel = Channel::new();
        channel.join(&topic(), "{}");
        let frame = format!(r#"["1","1","TOPIC","phx_reply",{payload}]"#);
        let refused = Told::Refused {
            topic: topic(),
            reason: why.to_owned(),
        };
        assert_eq!(told(&mut channel, &frame), Some(refused));
        assert!(!channel.is_joining());
    }
}

#[test]
fn a_new_join_silences_the_old_one() {
    let mut channel = joined();
    channel.join(&topic(), "{}");
    assert_eq!(
        told(&mut channel, r#"["1","1","TOPIC","phx_close",{}]"#),
        None
    );
    assert_eq!(told(&mut channel, r#"["1",null,"TOPIC","event",{}]"#), None);
    // Before the answer to the new join not even broadcasts are ours.
    assert_eq!(
        told(&mut channel, r#"[null,null,"TOPIC","event",{}]"#),
        None
    );
    let answer = r#"["2","2","TOPIC","phx_reply",{"status":"ok","response":{}}]"#;
    assert!(matches!(
        told(&mut channel, answer),
        Some(Told::Joined { .. })
    ));
}

#[test]
fn a_push_gets_its_own_answer() {
    let mut channel = joined();
    let (reference, frame) = channel.push(&topic(), "read", r#"{"a":1}"#).unwrap();
    assert_eq!(
        frame,
        format!(r#"["1","{reference}","{NAME}","read",{{"a":1}}]"#)
    );
    let answer =
        format!(r#"["1","{reference}","TOPIC","phx_reply",{{"status":"ok","response":{{}}}}]"#);
    let outcome = Ok("{}".to_owned());
    assert_eq!(
        told(&mut channel, &answer),
        Some(Told::Answered {
            topic: topic(),
            reference,
            outcome
        })
    );
    assert_eq!(
        told(&mut channel, &answer),
        None,
        "one answer is all there is"
    );
}

#[test]
fn only_joined_topics_are_spoken_on() {
    let mut channel = Channel::new();
    assert_eq!(channel.push(&topic(), "read", "{}"), Err(NotJoined));
    assert_eq!(channel.leave(&topic()), Err(NotJoined));
    channel.join(&topic(), "{}");
    assert_eq!(channel.push(&topic(), "read", "{}"), Err(NotJoined));
    let mut channel = joined();
    let frame = channel.leave(&topic()).unwrap();
    assert_eq!(frame, format!(r#"["1","2","{NAME}","phx_leave",{{}}]"#));
    assert_eq!(
        told(&mut channel, r#"[null,null,"TOPIC","event",{}]"#),
        None
    );
}

#[test]
fn a_missed_heartbeat_is_death() {
    let mut channel = Channel::new();
    assert_eq!(
        channel.heartbeat().unwrap(),
        r#"[null,"1","phoenix","heartbeat",{}]"#
    );
    assert_eq!(channel.heartbeat(), Err(Unanswered));
    let answer = r#"[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]"#;
    assert_eq!(told(&mut channel, answer), None);
    assert!(channel.heartbeat().is_ok());
}

#[test]
fn what_is_no_frame_is_an_error() {
    for text in [
        "",
        "{}",
        "[]",
        r#"["1","1","TOPIC","phx_reply"]"#,
        "[null,null,1,2,3]",
    ] {
        assert!(joined().receive(text).is_err(), "{text}");
    }
    let broken = format!(r#"["1","1","{NAME}","phx_reply",[]]"#);
    assert!(joined().receive(&broken).is_err());
}
