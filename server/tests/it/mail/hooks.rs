//! Mail that providers post, with signatures that are good, bad, repeated and old.

use super::amazon::{Amazon, TOPIC};
use super::post::{Post, letter};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_connectors::verify::sign_identity;
use frontdesk_testkit::{START, TestServer, engines, http};
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

async fn status(request: RequestBuilder) -> u16 {
    request.send().await.unwrap().status().as_u16()
}

/// When something is signed, in seconds before now.
fn ago(seconds: i64) -> String {
    START.plus_seconds(-seconds).seconds().to_string()
}

/// A form without files, as Mailgun posts it.
fn posted(hook: &str, fields: &[(&str, &str)]) -> RequestBuilder {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    http()
        .post(hook)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.finish())
}

fn by_mailgun(hook: &str, key: &str, timestamp: &str, token: &str, mail: &str) -> RequestBuilder {
    let signature = sign_identity(key.as_bytes(), &format!("{timestamp}{token}"));
    let form = [
        ("timestamp", timestamp),
        ("token", token),
        ("signature", &signature),
        ("recipient", "support@example.com"),
        ("body-mime", mail),
    ];
    posted(hook, &form)
}

#[tokio::test]
async fn mailgun_is_believed_once_for_each_token() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let settings =
            json!({ "address": "support@example.com", "hook": { "provider": "mailgun" } });
        post.set_all(settings, json!({ "hook_key": "key" })).await;
        let hook = post.hook();
        let mail = letter("1@example.com", "Broken lamp", "Hello");
        let good = by_mailgun(&hook, "key", &ago(10), "t1", &mail);
        assert_eq!(status(good).await, 200);
        let other = letter("2@example.com", "Forged", "By who saw the token");
        let repeated = by_mailgun(&hook, "key", &ago(10), "t1", &other);
        assert_eq!(status(repeated).await, 200);
        let again = by_mailgun(&hook, "key", &ago(5), "t2", &mail);
        assert_eq!(status(again).await, 200);
        let bad = by_mailgun(&hook, "another", &ago(10), "t3", &other);
        assert_eq!(status(bad).await, 403);
        let old = by_mailgun(&hook, "key", &ago(10 * 3600), "t4", &other);
        assert_eq!(status(old).await, 403);
        let nothing = posted(&hook, &[("a", "b")]);
        assert_eq!(status(nothing).await, 403);
        let found = post.conversations(1).await;
        assert_eq!(found[0]["subject"], "Broken lamp");
        post.waiting(0).await;
        server.stop().await;
    }
}

/// A request as Inbound Parse makes it, signed over time and body.
fn by_sendgrid(hook: &str, key: &EcdsaKeyPair, timestamp: &str, mail: &str) -> RequestBuilder {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n\
        {{\"to\":[\"support@example.com\"],\"from\":\"ada@example.com\"}}\r\n\
        --x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n{mail}\r\n--x--\r\n"
    );
    let signed = format!("{timestamp}{body}");
    let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    http()
        .post(hook)
        .header("content-type", "multipart/form-data; boundary=x")
        .header(
            "x-twilio-email-event-webhook-signature",
            STANDARD.encode(signature.as_ref()),
        )
        .header("x-twilio-email-event-webhook-timestamp", timestamp)
        .body(body)
}

fn pair() -> EcdsaKeyPair {
    let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
    let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).unwrap()
}

/// The public key as SendGrid shows it.
fn shown(key: &EcdsaKeyPair) -> String {
    let head = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgA=";
    let mut der = STANDARD.decode(head).unwrap();
    der.extend_from_slice(key.public_key().as_ref());
    STANDARD.encode(der)
}

#[tokio::test]
async fn sendgrid_is_believed_by_its_key() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        let key = pair();
        let hook = json!({ "provider": "sendgrid", "public_key": shown(&key) });
        let settings = json!({ "address": "support@example.com", "hook": hook });
        post.set_all(settings, json!({})).await;
        let hook = post.hook();
        let mail = letter("1@example.com", "Broken lamp", "Hello");
        for _ in 0..2 {
            let good = by_sendgrid(&hook, &key, &ago(10), &mail);
            assert_eq!(status(good).await, 200);
        }
        let bad = by_sendgrid(&hook, &pair(), &ago(10), &mail);
        assert_eq!(status(bad).await, 403);
        let old = by_sendgrid(&hook, &key, &ago(5 * 24 * 3600), &mail);
        assert_eq!(status(old).await, 403);
        let form = Form::new().part("email", Part::text(mail));
        assert_eq!(status(http().post(&hook).multipart(form)).await, 403);
        let found = post.conversations(1).await;
        assert_eq!(post.messages(&found[0], 1).await[0]["body"], "Hello");
        server.stop().await;
    }
}

fn received(mail: &str) -> Value {
    json!({ "notificationType": "Received", "content": STANDARD.encode(mail),
        "receipt": { "recipients": ["support@example.com"],
            "action": { "type": "SNS", "encoding": "BASE64" } } })
}

#[tokio::test]
async fn amazon_is_believed_by_its_certificate() {
    for engine in engines() {
        let amazon = Amazon::start().await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        let hook = json!({ "provider": "ses", "topic_arn": TOPIC, "base_url": amazon.url });
        let settings = json!({ "address": "support@example.com", "hook": hook });
        post.set_all(settings, json!({})).await;
        let hook = post.hook();
        let posts = async |notice: &Value| {
            let sent = http().post(&hook).header("content-type", "text/plain");
            status(sent.body(notice.to_string())).await
        };
        assert_eq!(posts(&amazon.wish()).await, 200);
        assert_eq!(amazon.confirmed(), 1);

        let mail = received(&letter("1@example.com", "Broken lamp", "Hello"));
        for _ in 0..2 {
            assert_eq!(posts(&amazon.notice(&mail, 10)).await, 200);
        }
        let found = post.conversations(1).await;
        assert_eq!(found[0]["subject"], "Broken lamp");

        let other = received(&letter("2@example.com", "Forged", "No"));
        let mut forged = amazon.notice(&other, 10);
        forged["Message"] = json!("something else");
        assert_eq!(posts(&forged).await, 403);
        assert_eq!(posts(&amazon.notice(&other, 3 * 3600)).await, 403);
        let mut topic = amazon.notice(&other, 10);
        topic["TopicArn"] = json!("arn:aws:sns:us-east-1:666666666666:evil");
        assert_eq!(posts(&topic).await, 403);
        let mut elsewhere = amazon.notice(&other, 10);
        elsewhere["SigningCertURL"] = json!("https://evil.test/x.pem");
        assert_eq!(posts(&elsewhere).await, 403);
        assert_eq!(posts(&json!("no notice")).await, 400);
        assert_eq!(amazon.fetched(), 1, "the certificate is fetched once");
        post.conversations(1).await;
        server.stop().await;
    }
}

#[tokio::test]
async fn a_mailbox_without_a_hook_has_no_address() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        assert_eq!(status(http().post(post.hook()).body("x")).await, 404);
        server.stop().await;
    }
}
