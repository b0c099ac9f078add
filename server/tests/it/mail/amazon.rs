//! SNS: it signs notices, has a certificate to fetch, and waits to be told that a topic is wanted.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_testkit::START;
use rcgen::{CertificateParams, KeyPair};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub(super) const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:inbox";

/// Made for this test, and known to everybody.
const KEY: &str = include_str!("amazon.pem");

#[derive(Debug, Default)]
struct Counts {
    fetched: AtomicUsize,
    confirmed: AtomicUsize,
}

/// The stand-in. It ends when it is dropped.
pub(super) struct Amazon {
    pub(super) url: String,
    counts: Arc<Counts>,
    _serving: JoinSet<()>,
}

async fn certificate(State(counts): State<Arc<Counts>>) -> String {
    counts.fetched.fetch_add(1, Ordering::SeqCst);
    let key = KeyPair::from_pem(KEY).unwrap();
    let made = CertificateParams::default().self_signed(&key).unwrap();
    made.pem()
}

async fn confirm(State(counts): State<Arc<Counts>>) {
    counts.confirmed.fetch_add(1, Ordering::SeqCst);
}

impl Amazon {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let counts = Arc::<Counts>::default();
        let router = Router::new()
            .route("/cert.pem", get(certificate))
            .route("/", get(confirm))
            .with_state(Arc::clone(&counts));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            counts,
            _serving: serving,
        }
    }

    /// How often its certificate was fetched.
    pub(super) fn fetched(&self) -> usize {
        self.counts.fetched.load(Ordering::SeqCst)
    }

    /// How often it was told that the topic is wanted.
    pub(super) fn confirmed(&self) -> usize {
        self.counts.confirmed.load(Ordering::SeqCst)
    }

    /// A notice that brings a message, signed so many seconds ago.
    pub(super) fn notice(&self, message: &Value, ago: i64) -> Value {
        let message = message.to_string();
        let at = START.plus_seconds(-ago).to_utc_stamp();
        let text = format!(
            "Message\n{message}\nMessageId\nm-1\nTimestamp\n{at}\nTopicArn\n{TOPIC}\nType\nNotification\n"
        );
        json!({ "Type": "Notification", "MessageId": "m-1", "TopicArn": TOPIC, "Message": message,
            "Timestamp": at, "SignatureVersion": "2", "Signature": signed(&text),
            "SigningCertURL": "https://sns.us-east-1.amazonaws.com/cert.pem",
            "UnsubscribeURL": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe" })
    }

    /// The wish to be confirmed.
    pub(super) fn wish(&self) -> Value {
        let at = START.to_utc_stamp();
        let url = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
        let text = format!(
            "Message\nConfirm\nMessageId\nm-0\nSubscribeURL\n{url}\nTimestamp\n{at}\nToken\nt\n\
            TopicArn\n{TOPIC}\nType\nSubscriptionConfirmation\n"
        );
        json!({ "Type": "SubscriptionConfirmation", "MessageId": "m-0", "TopicArn": TOPIC,
            "Message": "Confirm", "Token": "t", "SubscribeURL": url, "Timestamp": at,
            "SignatureVersion": "2", "Signature": signed(&text),
            "SigningCertURL": "https://sns.us-east-1.amazonaws.com/cert.pem" })
    }
}

/// With SHA-256, which is what version 2 says.
fn signed(text: &str) -> String {
    let der = pem_body(KEY);
    let pair = RsaKeyPair::from_pkcs8(&der).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        text.as_bytes(),
        &mut signature,
    )
    .unwrap();
    STANDARD.encode(signature)
}

fn pem_body(pem: &str) -> Vec<u8> {
    let lines = pem.lines().filter(|line| !line.starts_with('-'));
    STANDARD.decode(lines.collect::<String>()).unwrap()
}
