//! Twilio as its documents describe it: what it tells, what it is asked, what its answers mean.

use super::*;
use crate::channel::{Body, Consent, Delivery, FileLink, Heard, Outgoing, Request};
use frontdesk_domain::{DeliveryState, MessageId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const HOOK: &str = "https://desk.test/api/hooks/1";
const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

fn twilio(service: Service) -> Twilio {
    let settings = format!(
        r#"{{"account_sid": "{ACCOUNT}", "numbers": ["+15557654321"],
            "templates": [{{"sid": "HX00000000000000000000000000000001", "name": "late", "text": "Hello {{{{1}}}}, we are late."}}]}}"#
    );
    let secrets = Secrets {
        auth_token: TOKEN.to_owned(),
        api_key_secret: None,
    };
    Twilio::new(service, serde_json::from_str(&settings).unwrap(), secrets)
}

/// What Twilio sends, signed as Twilio signs it.
fn told(service: Service, url: &str, fields: &[(&str, &str)]) -> Vec<Heard> {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let mut sorted = fields.to_vec();
    sorted.sort_unstable();
    let signed: String = sorted
        .iter()
        .fold(url.to_owned(), |text, (name, value)| text + name + value);
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    let headers = [(
        "x-twilio-signature".to_owned(),
        STANDARD.encode(mac.finalize().into_bytes()),
    )];
    let request = Request {
        url,
        headers: &headers,
        body: body.as_bytes(),
        now: Timestamp::from_seconds(1_795_000_000),
    };
    Receive::receive(&twilio(service), &request).unwrap()
}

fn wrote<'a>(body: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("AccountSid", ACCOUNT),
        ("MessageSid", "SM1"),
        ("From", "+15551234567"),
        ("To", "+15557654321"),
        ("Body", body),
    ];
    fields.extend(more);
    fields
}

fn message(heard: Vec<Heard>) -> crate::channel::Message {
    match heard.into_iter().next() {
        Some(Heard::Message(message)) => *message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_message_becomes_what_a_customer_wrote() {
    let files = [
        ("NumMedia", "1"),
        ("MediaUrl0", "https://api.twilio.com/media/1"),
        ("MediaContentType0", "image/jpeg"),
    ];
    let it = message(told(Service::Sms, HOOK, &wrote("Grüße & <b>", &files)));
    assert_eq!((it.id.as_str(), it.ours.as_str()), ("SM1", "+15557654321"));
    assert_eq!(it.phone.as_deref(), Some("+15551234567"));
    assert_eq!(it.text.as_deref(), Some("Grüße & <b>"));
    assert_eq!(it.files[0].filename, "1.jpeg");
    assert_eq!(it.consent, None);
}

#[test]
fn the_words_of_the_networks_are_honoured_in_text_messages_alone() {
    for (said, consent) in [
        ("STOP", Some(Consent::Stop)),
        (" unsubscribe ", Some(Consent::Stop)),
        ("start", Some(Consent::Start)),
        ("HELP", Some(Consent::Help)),
        ("help me", None),
        ("please stop that noise", None),
    ] {
        let it = message(told(Service::Sms, HOOK, &wrote(said, &[])));
        assert_eq!(it.consent, consent, "{said}");
    }
    let fields = [
        ("AccountSid", ACCOUNT),
        ("MessageSid", "SM1"),
        ("From", "whatsapp:+15551234567"),
        ("To", "whatsapp:+15557654321"),
        ("Body", "cancel"),
        ("ProfileName", "Ada"),
    ];
    let it = message(told(Service::Whatsapp, HOOK, &fields));
    assert_eq!((it.consent, it.name.as_deref()), (None, Some("Ada")));
    assert_eq!(it.theirs, "+15551234567");
}

#[test]
fn what_is_sent_to_somebody_else_is_left_alone() {
    let mut fields = wrote("hi", &[]);
    fields[3].1 = "+15550000000";
    assert_eq!(told(Service::Sms, HOOK, &fields), []);
    fields[3].1 = "+15557654321";
    fields[0].1 = "AC00000000000000000000000000000002";
    assert_eq!(told(Service::Sms, HOOK, &fields), []);
    assert_eq!(told(Service::Whatsapp, HOOK, &wrote("hi", &[])), []);
}

#[test]
fn a_status_is_a_receipt_for_the_message_our_address_names() {
    let id = MessageId::random();
    let url = format!("{HOOK}?message={id}");
    let status = |status, code| {
        let mut fields = vec![
            ("AccountSid", ACCOUNT),
            ("MessageSid", "SM2"),
            ("MessageStatus", status),
        ];
        if let Some(code) = code {
            fields.push(("ErrorCode", code));
        }
        told(Service::Sms, &url, &fields)
    };
    assert_eq!(status("queued", None), []);
    let Heard::Receipt(it) = status("undelivered", Some("30006")).remove(0) else {
        panic!("no receipt");
    };
    assert_eq!((it.message_id, it.state), (id, DeliveryState::Failed));
    let words = "this is a landline, which takes no text messages (Twilio 30006)";
    assert_eq!(it.reason.as_deref(), Some(words));
    let Heard::Receipt(it) = status("failed", Some("21610")).remove(0) else {
        panic!("no receipt");
    };
    assert_eq!(it.consent, Some(Consent::Stop));
    let Heard::Receipt(it) = status("delivered", None).remove(0) else {
        panic!("no receipt");
    };
    assert_eq!((it.state, it.reason), (DeliveryState::Delivered, None));
}

fn outgoing<'a>(text: &'a str, files: &'a [FileLink]) -> Outgoing<'a> {
    Outgoing {
        id: MessageId::random(),
        ours: "+15557654321",
        theirs: "+15551234567",
        text,
        files,
        author: None,
        picture: None,
        heard_at: Some(NOW),
        now: NOW,
        hook: HOOK,
        templates: &[],
    }
}

fn form(call: &Call) -> Vec<(&'static str, String)> {
    match &call.body {
        Body::Form(form) => form.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_reply_goes_from_the_number_the_customer_knows() {
    let files = [FileLink {
        url: "https://desk.test/files/1".to_owned(),
        filename: "a.png".to_owned(),
        content_type: "image/png".to_owned(),
        size: 3,
        held: crate::channel::Held::Here,
    }];
    let out = outgoing("Hello", &files);
    let call = twilio(Service::Sms).call(&out).unwrap();
    assert_eq!(
        call.url,
        format!("https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    );
    let form = form(&call);
    let value = |name| {
        form.iter()
            .find(|(it, _)| *it == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("To"), Some("+15551234567"));
    assert_eq!(value("From"), Some("+15557654321"));
    assert_eq!(value("MediaUrl"), Some("https://desk.test/files/1"));
    let callback = format!("{HOOK}?message={}", out.id);
    assert_eq!(value("StatusCallback"), Some(callback.as_str()));
    assert!(
        !format!("{call:?}").contains(ACCOUNT),
        "a call shows nothing of itself"
    );
}

#[test]
fn when_whatsapps_window_is_closed_only_a_template_goes_out() {
    let it = twilio(Service::Whatsapp);
    let late = Outgoing {
        now: window_closes(NOW),
        ..outgoing("Sorry", &[])
    };
    assert!(it.call(&late).unwrap_err().contains("only a template"));
    let template = Outgoing {
        text: "Hello Ada, we are late.",
        ..late
    };
    let form = form(&it.call(&template).unwrap());
    assert!(form.contains(&(
        "ContentSid",
        "HX00000000000000000000000000000001".to_owned()
    )));
    assert!(form.contains(&("ContentVariables", r#"{"1":"Ada"}"#.to_owned())));
    assert!(it.call(&outgoing("Sorry", &[])).is_ok());
}

#[test]
fn what_is_too_long_is_not_sent_in_part() {
    let text = "a".repeat(1601);
    let why = twilio(Service::Sms)
        .call(&outgoing(&text, &[]))
        .unwrap_err();
    assert_eq!(
        why,
        "a text message has at most 1600 characters, and this has 1601; send it in parts"
    );
}

#[test]
fn an_answer_says_whether_to_try_again() {
    let it = twilio(Service::Sms);
    let read = |status, body: &str| {
        Deliver::read(
            &it,
            &Answer {
                status,
                retry_after: Some(7),
                body: body.as_bytes().to_vec(),
            },
        )
    };
    let sent = Delivery::Sent {
        id: Some("SM9".to_owned()),
    };
    assert_eq!(read(201, r#"{"sid": "SM9", "status": "queued"}"#), sent);
    for (status, body) in [
        (429, r#"{"code": 20429}"#),
        (503, "oops"),
        (400, r#"{"code": 21611}"#),
    ] {
        let Delivery::Later { after, .. } = read(status, body) else {
            panic!("{status} {body}");
        };
        assert_eq!(after, Some(std::time::Duration::from_secs(7)));
    }
    assert!(matches!(
        read(401, r#"{"code": 20003}"#),
        Delivery::Broken { .. }
    ));
    assert!(matches!(
        read(400, r#"{"code": 21610}"#),
        Delivery::Stopped { .. }
    ));
    assert!(matches!(
        read(400, r#"{"code": 21211}"#),
        Delivery::Refused { .. }
    ));
    assert!(matches!(
        read(400, r#"{"code": 99999, "message": "odd"}"#),
        Delivery::Refused { .. }
    ));
}

#[test]
fn a_lost_answer_is_looked_up_by_what_was_said() {
    let it = twilio(Service::Sms);
    let listed = br#"{"messages": [
        {"sid": "SM3", "direction": "outbound-api", "body": "Hello"},
        {"sid": "SM2", "direction": "inbound", "body": "Hello"},
        {"sid": "SM1", "direction": "outbound-reply", "body": "Hello "},
        {"sid": "SM0", "direction": "outbound-api", "body": "Bye"}]}"#;
    let answer = Answer {
        status: 200,
        retry_after: None,
        body: listed.to_vec(),
    };
    let found = it.find(&outgoing("Hello", &[]), &answer).unwrap();
    assert_eq!(found, ["SM3", "SM1"]);
    assert!(
        Trace::ask(&it, &outgoing("Hello", &[]))
            .url
            .contains("To=%2B15551234567")
    );
}

#[test]
fn the_password_goes_to_twilio_alone() {
    let it = twilio(Service::Sms);
    assert!(it.first("https://api.twilio.com/2010-04-01/x").is_ok());
    for other in [
        "https://api.twilio.com.evil.test/x",
        "http://api.twilio.com/x",
        "x",
    ] {
        assert!(it.first(other).is_err(), "{other}");
    }
}
