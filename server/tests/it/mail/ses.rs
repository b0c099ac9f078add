//! Mail that goes out by Amazon SES, and what becomes of it, as SNS tells.

use super::amazon::{Amazon, TOPIC};
use super::post::{Post, letter};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_testkit::{TestServer, engines, eventually, http};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// What it got, and what it answers next.
#[derive(Debug, Default)]
struct Told {
    asked: Mutex<Vec<(HeaderMap, Value)>>,
    answers: Mutex<VecDeque<(u16, Value)>>,
}

/// SES as far as sending goes. It ends when it is dropped.
struct Ses {
    url: String,
    told: Arc<Told>,
    _serving: JoinSet<()>,
}

async fn take(
    State(told): State<Arc<Told>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    told.asked.lock().push((headers, body));
    let (status, answer) = told.answers.lock().pop_front().unwrap();
    (StatusCode::from_u16(status).unwrap(), Json(answer))
}

async fn account() -> Json<Value> {
    Json(
        json!({ "SendingEnabled": true, "ProductionAccessEnabled": true,
        "SendQuota": { "Max24HourSend": 50000.0, "MaxSendRate": 14.0, "SentLast24Hours": 1.0 } }),
    )
}

impl Ses {
    async fn start(answers: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let told = Arc::new(Told {
            answers: Mutex::new(answers.into_iter().collect()),
            ..Told::default()
        });
        let router = Router::new()
            .route("/v2/email/outbound-emails", post(take))
            .route("/v2/email/account", get(account))
            .with_state(Arc::clone(&told));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            told,
            _serving: serving,
        }
    }
}

async fn becomes(post: &Post<'_>, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = post.desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}

#[tokio::test]
async fn a_mail_goes_by_ses_signed_and_comes_back_under_the_name_it_got() {
    for engine in engines() {
        let amazon = Amazon::start().await;
        let taken = json!({ "MessageId": "0102-abc" });
        let refused = json!({ "message": "Email address is not verified." });
        let ses = Ses::start([(200, taken), (400, refused)]).await;
        let server = TestServer::start_calling(engine).await;
        let post = Post::open(&server).await;
        let settings = json!({ "address": "support@example.com",
            "ses": { "region": "eu-west-1", "access_key_id": "AKIDEXAMPLE", "base_url": ses.url },
            "hook": { "provider": "ses", "topic_arn": TOPIC, "base_url": amazon.url } });
        post.set_all(settings, json!({ "ses_secret_key": "secret" }))
            .await;
        let tested = post.test().await;
        assert_eq!(tested["works"], true, "{tested}");
        assert_eq!(
            tested["steps"][0]["said"],
            "Amazon SES takes 50000 mails a day from us"
        );
        post.brings(&letter("1@example.com", "Lamp", "It is dark."))
            .await;
        let found = post.conversations(1).await.remove(0);
        let id = found["id"].as_str().unwrap();
        let reply = post.desk.reply(id, "Press the switch.").await;
        becomes(&post, &reply, "sent").await;
        let (headers, body) = ses.told.asked.lock()[0].clone();
        let proof = headers["authorization"].to_str().unwrap();
        let scope = "/eu-west-1/ses/aws4_request, SignedHeaders=host;x-amz-date, Signature=";
        assert!(
            proof.contains("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
            "{proof}"
        );
        assert!(proof.contains(scope), "{proof}");
        let to = json!(["ada@example.com", "cc@example.com"]);
        assert_eq!(body["Destination"]["ToAddresses"], to);
        let raw = body["Content"]["Raw"]["Data"].as_str().unwrap();
        let mail = String::from_utf8(STANDARD.decode(raw).unwrap()).unwrap();
        assert!(mail.contains("In-Reply-To: <1@example.com>"), "{mail}");

        let failed = post.desk.reply(id, "Again.").await;
        let failed = becomes(&post, &failed, "failed").await;
        let why = failed["delivery_reason"].as_str().unwrap();
        assert!(why.contains("not verified"), "{why}");

        // SES was not told to repeat the header, so it names the mail by its own id.
        let arrived = json!({ "eventType": "Delivery", "mail": { "messageId": "0102-abc" },
            "delivery": { "recipients": ["ada@example.com"] } });
        let told = http().post(post.hook()).json(&amazon.notice(&arrived, 10));
        assert_eq!(told.send().await.unwrap().status().as_u16(), 200);
        becomes(&post, &reply, "delivered").await;
        let answer = letter("2@example.com", "Thanks", "It shines.").replacen(
            "Subject",
            "In-Reply-To: <0102-abc@eu-west-1.amazonses.com>\r\nSubject",
            1,
        );
        post.brings(&answer).await;
        post.conversations(1).await;
        server.stop().await;
    }
}
