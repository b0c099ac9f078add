//! Slack as its documents describe it.

use super::*;
use crate::channel::{
    Found, Frame, Heard, Known, Message, Names, Outgoing, Question, Remote, Stands,
};
use frontdesk_domain::{MessageId, Timestamp};
use serde_json::{Value, json};

const TS: &str = "1795000000.000100";

fn app(members: Members) -> Slack {
    let settings = Settings {
        team_id: Some("T1".to_owned()),
        members,
        seat: Some(TeamSeat {
            channel: "C0TEAM".to_owned(),
            note_prefix: "note:".to_owned(),
        }),
        client_id: None,
        base_url: "https://slack.test/api".to_owned(),
    };
    let secrets = Secrets {
        bot_token: "xoxb-1".to_owned(),
        signing_secret: Some("8f742231b10e8888abcd99yyyzzz85a5".to_owned()),
        app_token: Some("xapp-1".to_owned()),
        client_secret: None,
        refresh_token: None,
        token_expires_at: None,
    };
    settings.check().unwrap();
    secrets.check().unwrap();
    Slack::new(settings, secrets)
}

/// An event as Slack tells it, around a message of a customer in a shared channel.
fn event(change: impl FnOnce(&mut Value)) -> String {
    let mut said = json!({
        "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
        "authorizations": [{ "team_id": "T1", "user_id": "UBOT", "is_bot": true }],
        "event": { "type": "message", "channel": "C1", "channel_type": "channel", "user": "U1",
            "team": "T2", "text": "hi <@U2>", "ts": TS },
    });
    change(&mut said["event"]);
    said.to_string()
}

fn names() -> Names {
    let known = |short: &str, email: Option<&str>| Known {
        short: short.to_owned(),
        full: Some(format!("{short} L")),
        email: email.map(str::to_owned),
    };
    Names::from([
        ("U1".to_owned(), known("ada", Some("ada@customer.test"))),
        ("U2".to_owned(), known("grace", None)),
        ("C1".to_owned(), known("shared", None)),
    ])
}

fn heard(change: impl FnOnce(&mut Value)) -> Vec<Heard> {
    app(Members::Colleagues).understand(&event(change), &names())
}

fn message(heard: Vec<Heard>) -> Message {
    match heard.into_iter().next() {
        Some(Heard::Message(message)) => *message,
        other => panic!("{other:?}"),
    }
}

fn answer(status: u16, body: &Value) -> Answer {
    Answer {
        status,
        retry_after: (status == 429).then_some(7),
        body: body.to_string().into_bytes(),
    }
}

#[test]
fn a_message_opens_a_thread_and_an_answer_continues_it() {
    let first = message(heard(|_| {}));
    assert_eq!(first.id, format!("C1:{TS}"));
    assert_eq!(first.theirs, first.id);
    assert_eq!(first.text.as_deref(), Some("hi @grace"));
    assert_eq!(first.name.as_deref(), Some("ada L"));
    assert_eq!(first.writer.as_deref(), Some("T2/U1"));
    assert_eq!(first.email.as_deref(), Some("ada@customer.test"));
    assert_eq!(first.subject.as_deref(), Some("#shared"));
    assert_eq!(first.sent_at, Some(Timestamp(1_795_000_000_000_100)));
    let next = message(heard(|it| {
        it["thread_ts"] = json!(TS);
        it["ts"] = json!("1795000001.000200");
    }));
    assert_eq!(next.theirs, first.theirs);
    let direct = message(heard(|it| {
        it["channel"] = json!("D1");
        it["channel_type"] = json!("im");
        it["thread_ts"] = json!(TS);
    }));
    assert_eq!(direct.theirs, "D1", "a direct conversation is one");
}

#[test]
fn what_programs_and_our_own_people_write_opens_nothing() {
    let ours = |it: &mut Value| it["team"] = json!("T1");
    assert!(matches!(&heard(ours)[..], [Heard::Aside(_)]));
    let served = app(Members::Customers).understand(&event(ours), &names());
    assert!(matches!(&served[..], [Heard::Message(_)]));
    for (field, value) in [
        ("bot_id", json!("B1")),
        ("subtype", json!("channel_join")),
        ("subtype", json!("bot_message")),
        ("user", json!("UBOT")),
        ("user", json!(null)),
        ("text", json!("  ")),
        ("channel", json!("../x")),
        ("type", json!("reaction_added")),
    ] {
        assert_eq!(heard(|it| it[field] = value.clone()), [], "{field} {value}");
    }
    for broken in [
        "",
        "[]",
        "null",
        "{\"event\": 5}",
        "{\"event\":{\"type\":\"message\"}}",
    ] {
        let it = app(Members::Colleagues);
        assert_eq!(it.understand(broken, &names()), []);
        assert!(it.names(broken).is_empty());
    }
}

#[test]
fn changes_and_deletions_speak_of_the_first_message() {
    let inner = json!({ "type": "message", "user": "U1", "user_team": "T2", "text": "hello",
        "ts": TS, "edited": { "user": "U1", "ts": "1795000009.000000" } });
    let changed = |inner: &Value| {
        heard(|it| {
            it["subtype"] = json!("message_changed");
            it["ts"] = json!("1795000009.000300");
            it["message"] = inner.clone();
            it["previous_message"] = json!({ "text": "hi", "ts": TS, "user": "U1" });
        })
    };
    let told = changed(&inner);
    let [Heard::Edited(edited)] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(edited.id, format!("C1:{TS}"));
    assert_eq!(edited.text.as_deref(), Some("hello"));
    assert_eq!(edited.version.as_deref(), Some("1795000009.000000"));
    let preview =
        json!({ "user": "U1", "text": "hi", "ts": TS, "attachments": [{ "title": "x" }] });
    assert_eq!(changed(&preview), []);
    let gone = Heard::Deleted {
        id: format!("C1:{TS}"),
    };
    let tomb = json!({ "subtype": "tombstone", "user": "USLACKBOT", "text": "gone", "ts": TS });
    assert_eq!(changed(&tomb), std::slice::from_ref(&gone));
    let deleted = |previous: Value| {
        heard(|it| {
            it["subtype"] = json!("message_deleted");
            it["deleted_ts"] = json!(TS);
            it["previous_message"] = previous;
        })
    };
    assert_eq!(deleted(json!({ "user": "U1", "ts": TS })), [gone]);
    assert_eq!(deleted(json!({ "bot_id": "B1", "ts": TS })), []);
}

#[test]
fn files_and_messages_passed_on_are_read() {
    let shared = message(heard(|it| {
        it["subtype"] = json!("file_share");
        it["text"] = json!("");
        it["files"] = json!([
            { "id": "F1", "name": "a.png", "mimetype": "image/png",
              "url_private_download": "https://files.slack.com/a.png" },
            { "id": "F2", "mode": "tombstone" },
        ]);
        it["attachments"] = json!([
            { "is_share": true, "text": "passed on" },
            { "title": "a preview", "fallback": "no words of theirs" },
        ]);
    }));
    let place = "https://files.slack.com/a.png".to_owned();
    let content_type = Some("image/png".to_owned());
    let filename = "a.png".to_owned();
    assert_eq!(
        shared.files,
        [Remote {
            place,
            filename,
            content_type
        }]
    );
    assert_eq!(shared.text.as_deref(), Some("passed on"));
    let it = app(Members::Colleagues);
    assert!(it.first("https://files.slack.com/a.png").is_ok());
    for foreign in ["https://evil.test/a", "http://files.slack.com/a", "ftp", ""] {
        assert!(it.first(foreign).is_err(), "{foreign}");
    }
    assert!(it.refuses("text/html; charset=utf-8").is_some());
    assert!(it.refuses("image/png").is_none());
}

#[test]
fn names_are_asked_for_and_an_address_counts_once_it_is_confirmed() {
    let it = app(Members::Colleagues);
    assert_eq!(it.names(&event(|_| {})), ["U1", "C1", "U2"]);
    let Call { url, .. } = it.look_up("U1");
    assert_eq!(url, "https://slack.test/api/users.info?user=U1");
    let user = |confirmed: bool| {
        let profile = json!({ "real_name": "Ada L", "display_name": "ada", "email": "a@b.test" });
        json!({ "ok": true, "user": { "profile": profile, "is_email_confirmed": confirmed } })
    };
    let Found::Known(known) = it.found("U1", &answer(200, &user(true))) else {
        panic!();
    };
    assert_eq!(
        (known.short.as_str(), known.email.as_deref()),
        ("ada", Some("a@b.test"))
    );
    let Found::Known(known) = it.found("U1", &answer(200, &user(false))) else {
        panic!();
    };
    assert_eq!(known.email, None);
    let refused = |error: &str| json!({ "ok": false, "error": error });
    assert_eq!(
        it.found("U1", &answer(200, &refused("user_not_found"))),
        Found::Nobody
    );
    assert_eq!(
        it.found("U1", &answer(429, &refused("ratelimited"))),
        Found::Later
    );
}

fn outgoing(theirs: &'static str, text: &'static str) -> Outgoing<'static> {
    Outgoing {
        id: MessageId::random(),
        ours: "",
        theirs,
        text,
        files: &[],
        author: Some("Grace"),
        picture: Some("https://desk.test/g.png"),
        heard_at: None,
        now: Timestamp::from_seconds(1_795_000_000),
        hook: "",
        templates: &[],
    }
}

fn sent(outgoing: &Outgoing<'_>) -> Value {
    match app(Members::Colleagues).call(outgoing).unwrap().body {
        Body::Json(body) => body,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_goes_into_its_thread_under_the_agents_name() {
    let out = outgoing("C1:1795000000.000100", "see <!channel> & **this**");
    let body = sent(&out);
    assert_eq!(body["channel"], "C1");
    assert_eq!(body["thread_ts"], TS);
    assert_eq!(body["text"], "see &lt;!channel&gt; &amp; *this*");
    assert_eq!(body["username"], "Grace");
    assert_eq!(body["icon_url"], "https://desk.test/g.png");
    assert_eq!(body["metadata"]["event_payload"]["id"], out.id.to_string());
    assert_eq!(sent(&outgoing("D1", "hi")).get("thread_ts"), None);
    assert!(
        app(Members::Colleagues)
            .call(&outgoing("C1:1", " "))
            .is_err()
    );
}

#[test]
fn a_lost_answer_is_found_by_what_the_message_carries() {
    let it = app(Members::Colleagues);
    let out = outgoing("C1:1795000000.000100", "hi");
    let asked = Trace::ask(&it, &out).url;
    assert!(
        asked.starts_with("https://slack.test/api/conversations.replies?channel=C1&"),
        "{asked}"
    );
    let carries =
        |id: &str| json!({ "event_type": "frontdesk_message", "event_payload": { "id": id } });
    let said = json!({ "ok": true, "messages": [
        { "ts": "1.1", "metadata": carries("another") },
        { "ts": "1.2", "metadata": carries(&out.id.to_string()) },
        { "ts": "1.3", "text": "hi" },
    ] });
    assert_eq!(
        it.find(&out, &answer(200, &said)),
        Some(vec!["C1:1.2".to_owned()])
    );
    // An answer that lists nothing at all says nothing.
    let busy = json!({ "ok": false, "error": "ratelimited" });
    assert_eq!(it.find(&out, &answer(200, &busy)), None);
}

#[test]
fn answers_are_told_apart() {
    let it = app(Members::Colleagues);
    let read = |status: u16, error: &str| {
        Deliver::read(
            &it,
            &answer(status, &json!({ "ok": false, "error": error })),
        )
    };
    let sent = json!({ "ok": true, "channel": "C1", "ts": "1.2" });
    let id = Some("C1:1.2".to_owned());
    assert_eq!(
        Deliver::read(&it, &answer(200, &sent)),
        Delivery::Sent { id }
    );
    assert_eq!(
        read(429, "ratelimited"),
        Delivery::later("Slack takes no more messages just now", Some(7))
    );
    let page = Answer {
        status: 200,
        retry_after: None,
        body: b"<html>".to_vec(),
    };
    for doubtful in [
        Deliver::read(&it, &page),
        read(200, "internal_error"),
        read(200, ""),
        read(500, ""),
        read(502, ""),
    ] {
        assert!(
            matches!(doubtful, Delivery::Doubtful { .. }),
            "{doubtful:?}"
        );
    }
    for passing in [read(200, "service_unavailable"), read(503, "")] {
        assert!(matches!(passing, Delivery::Later { .. }), "{passing:?}");
    }
    for lasting in [
        "channel_not_found",
        "is_archived",
        "restricted_action_read_only_channel",
        "what_is_this",
    ] {
        assert!(
            matches!(read(200, lasting), Delivery::Refused { .. }),
            "{lasting}"
        );
    }
    for dead in ["invalid_auth", "token_revoked", "missing_scope"] {
        assert!(matches!(read(200, dead), Delivery::Broken { .. }), "{dead}");
    }
}

#[test]
fn a_frame_is_answered_by_its_envelope() {
    let it = app(Members::Colleagues);
    let said: Value = serde_json::from_str(&event(|_| {})).unwrap();
    let envelope = json!({ "type": "events_api", "envelope_id": "E1", "payload": said });
    let Frame::Keep { arrival, reply } = it.frame(&envelope.to_string()) else {
        panic!();
    };
    assert_eq!(arrival.key, "Ev1");
    assert_eq!(it.understand(&arrival.body, &names()).len(), 1);
    assert_eq!(reply, r#"{"envelope_id":"E1"}"#);
    let unknown = json!({ "type": "what", "envelope_id": "E2", "payload": {} }).to_string();
    assert!(matches!(it.frame(&unknown), Frame::Reply(_)));
    assert_eq!(it.frame(r#"{"type":"hello"}"#), Frame::Hello);
    assert_eq!(
        it.frame(r#"{"type":"disconnect","reason":"warning"}"#),
        Frame::Leave
    );
    let off = r#"{"type":"disconnect","reason":"link_disabled"}"#;
    assert!(matches!(it.frame(off), Frame::Off(_)));
    for nothing in ["", "[]", "{}", "null"] {
        assert_eq!(it.frame(nothing), Frame::Nothing);
    }
}

#[test]
fn what_came_meanwhile_is_asked_for_channel_by_channel_and_thread_by_thread() {
    let it = app(Members::Colleagues);
    let since = "1795000000.000000";
    let ask = |question: &Question| {
        Recall::ask(&it, question)
            .url
            .split_off("https://slack.test/api/".len())
    };
    let read = |question: &Question, said: Value| {
        Recall::read(&it, question, &answer(200, &said)).unwrap()
    };
    let first = it.begin(
        since,
        &[
            "C1:1794000000.000100".to_owned(),
            "D1".to_owned(),
            "C9:1.0".to_owned(),
        ],
    );
    assert_eq!(ask(&first), "auth.test");
    let (_, next) = read(&first, json!({ "ok": true, "team_id": "T1" }));
    assert!(ask(&next[0]).starts_with("users.conversations?types=public_channel"));
    let channels = json!({ "ok": true, "channels": [{ "id": "C1" }, { "id": "D1", "is_im": true }],
        "response_metadata": { "next_cursor": "more" } });
    let (_, next) = read(&next[0], channels);
    let asked: Vec<String> = next.iter().map(ask).collect();
    assert_eq!(asked.len(), 4);
    assert!(
        asked[0].starts_with("conversations.history?channel=C1&oldest=1795000000.000000&limit=")
    );
    assert!(
        asked[1].contains("conversations.replies?channel=C1&")
            && asked[1].contains("ts=1794000000.000100")
    );
    assert!(asked[2].starts_with("conversations.history?channel=D1"));
    assert!(asked[3].ends_with("cursor=more"));
    let (found, more) = read(
        &next[0],
        json!({ "ok": true, "messages": [
        { "type": "message", "user": "U1", "team": "T2", "text": "hi", "ts": TS, "reply_count": 1 },
        { "type": "message", "user": "U1", "team": "T2", "text": "old", "ts": "1794000000.000100" },
    ] }),
    );
    assert_eq!(ask(&more[0]).matches(TS).count(), 1);
    assert_eq!(found.len(), 1, "what is older was told before");
    let heard = it.understand(&found[0].body, &names());
    assert!(matches!(&heard[..], [Heard::Message(message)] if message.id == format!("C1:{TS}")));
}

#[test]
fn what_the_team_writes_in_a_thread_of_its_channel_is_for_the_customer_or_a_note() {
    let said = |change: &dyn Fn(&mut Value)| {
        heard(|it| {
            (it["channel"], it["team"]) = (json!("C0TEAM"), json!("T1"));
            it["thread_ts"] = json!("1794000000.000100");
            change(it);
        })
    };
    let reply = said(&|it| it["text"] = json!("On it"));
    let [Heard::Reply(message)] = &reply[..] else {
        panic!("{reply:?}");
    };
    assert_eq!(message.theirs, "C0TEAM:1794000000.000100");
    let note = said(&|it| it["text"] = json!("Note: she is new"));
    assert!(matches!(&note[..], [Heard::Note(it)] if it.text.as_deref() == Some("she is new")));
    assert_eq!(
        said(&|it| it["thread_ts"] = json!(null)),
        [],
        "talk among colleagues"
    );
    assert_eq!(
        said(&|it| it["team"] = json!("T2")),
        [],
        "a guest of another company"
    );
    assert_eq!(said(&|it| it["bot_id"] = json!("B1")), []);
    assert_eq!(said(&|it| it["subtype"] = json!("message_deleted")), []);
}

#[test]
fn a_sign_is_put_to_a_message_of_a_shared_channel() {
    let sign = |channel: &str, user: &str| {
        heard(|it| {
            *it = json!({ "type": "reaction_added", "user": user, "reaction": "tada", "event_ts": TS,
                "item": { "type": "message", "channel": channel, "ts": TS } });
        })
    };
    let [Heard::Reacted(it)] = &sign("C1", "U1")[..] else {
        panic!("it is told");
    };
    assert_eq!(it.id, format!("C1:{TS}"));
    assert_eq!(
        (it.name.as_deref(), it.sign.as_str()),
        (Some("ada L"), "tada")
    );
    assert_eq!((it.stands, it.version.as_str()), (Stands::Put, TS));
    let away = heard(|it| {
        *it = json!({ "type": "reaction_removed", "user": "U1", "reaction": "tada", "event_ts": TS,
            "item": { "type": "message", "channel": "C1", "ts": TS } });
    });
    assert!(matches!(&away[..], [Heard::Reacted(it)] if it.stands == Stands::TakenAway));
    for (channel, user) in [("C0TEAM", "U1"), ("C1", "UBOT"), ("../x", "U1")] {
        assert_eq!(sign(channel, user), [], "{channel} {user}");
    }
}
