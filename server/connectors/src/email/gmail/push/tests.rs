//! Proofs of Google's, good and bad.

use super::*;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::Value;

/// Made for this test, and known to everybody.
const KEY: &str = include_str!("google.pem");

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

fn key() -> RsaKeyPair {
    let lines = KEY.lines().filter(|line| !line.starts_with("-----"));
    let der = STANDARD.decode(lines.collect::<String>()).unwrap();
    RsaKeyPair::from_pkcs8(&der).unwrap()
}

fn keys() -> Keys {
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(key().public());
    let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let body = json!({ "keys": [{ "kid": "k1", "kty": "RSA", "alg": "RS256", "use": "sig",
        "n": number(&public.n), "e": number(&public.e) }] });
    Keys::read(&Answer {
        status: 200,
        retry_after: None,
        body: body.to_string().into_bytes(),
    })
    .unwrap()
}

fn claims() -> Value {
    let now = NOW.0 / 1_000_000;
    json!({ "iss": "https://accounts.google.com", "aud": "https://desk.test/push",
        "email": "push@acme.iam.gserviceaccount.com", "email_verified": true,
        "iat": now - 10, "exp": now + 3590 })
}

fn signed(head: &Value, claims: &Value) -> String {
    let text = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
    let told = format!("{}.{}", text(head), text(claims));
    let key = key();
    let mut signature = vec![0; key.public().modulus_len()];
    let random = SystemRandom::new();
    key.sign(&RSA_PKCS1_SHA256, &random, told.as_bytes(), &mut signature)
        .unwrap();
    format!("Bearer {told}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn judged(authorization: &str, now: Timestamp) -> Result<(), Rejected> {
    let us = Expected {
        audience: "https://desk.test/push",
        account: "push@acme.iam.gserviceaccount.com",
        now,
    };
    Proof::read(authorization)?.check(&keys(), &us)
}

#[test]
fn only_what_google_signed_for_us_just_now_is_believed() {
    let head = json!({ "alg": "RS256", "kid": "k1", "typ": "JWT" });
    let good = signed(&head, &claims());
    assert_eq!(judged(&good, NOW), Ok(()));
    let forged = Err(Rejected::Forged);
    assert_eq!(judged(&good, NOW.plus_seconds(3590 + OFF + 1)), forged);
    assert_eq!(judged(&good, NOW.plus_seconds(-OFF - 11)), forged);
    let changes = [
        ("iss", json!("https://evil.test")),
        ("aud", json!("https://other.test")),
        ("email", json!("somebody@evil.test")),
        ("email_verified", json!(false)),
    ];
    for (name, value) in changes {
        let mut other = claims();
        other[name] = value;
        assert_eq!(judged(&signed(&head, &other), NOW), forged, "{name}");
    }
    for head in [
        json!({ "alg": "none", "kid": "k1" }),
        json!({ "alg": "HS256", "kid": "k1" }),
        json!({ "alg": "RS256", "kid": "k2" }),
    ] {
        assert_eq!(judged(&signed(&head, &claims()), NOW), forged, "{head}");
    }
    let (told, _) = good.rsplit_once('.').unwrap();
    for other in ["", "Bearer", "Bearer a.b.c", told, &format!("{told}.AAAA")] {
        assert_eq!(judged(other, NOW), forged, "{other}");
    }
}

#[test]
fn what_changed_is_read_in_either_alphabet() {
    let told = |data: &str| json!({ "message": { "data": data, "messageId": "1" } }).to_string();
    let data = r#"{"emailAddress":"Support@acme.test","historyId":"9"}"#;
    for text in [URL_SAFE_NO_PAD.encode(data), STANDARD.encode(data)] {
        let whose = whose(told(&text).as_bytes());
        assert_eq!(whose.as_deref(), Ok("support@acme.test"));
    }
    assert_eq!(whose(b"{}"), Err(Rejected::Unreadable));
}
