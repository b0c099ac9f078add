//! Files that cannot be fetched when their message comes.

use super::twilio::{TOKEN, Twilio, posts};
use super::{by_text, conversations, text};
use frontdesk_testkit::{Desk, Engine, TestServer, engines, eventually};
use serde_json::{Value, json};

/// A desk to which a customer sent a message with a file.
async fn with_file(engine: Engine, twilio: &Twilio) -> (TestServer, Desk) {
    let server = TestServer::start_calling(engine).await;
    let desk = server.company("Acme").await;
    let hook = by_text(&desk, twilio).await;
    let file = format!("{}/media/1", twilio.url);
    let mut fields = text("MM1", "Look");
    fields.extend([
        ("MediaUrl0", file.as_str()),
        ("MediaContentType0", "image/png"),
    ]);
    for _ in 0..2 {
        assert_eq!(posts(&hook, TOKEN, &fields).await, 204);
    }
    (server, desk)
}

async fn thread(desk: &Desk) -> Vec<Value> {
    let found = conversations(desk).await;
    found[0]["messages"].as_array().unwrap().clone()
}

fn body(message: &Value) -> &str {
    message["body"].as_str().unwrap()
}

#[tokio::test]
async fn a_file_that_cannot_be_had_now_comes_later_and_once() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        twilio.withholds([503, 429]);
        let (server, desk) = with_file(engine, &twilio).await;
        let first = thread(&desk).await;
        assert_eq!(first.len(), 2, "{first:?}");
        assert_eq!(first[0]["attachments"], json!([]));
        assert!(body(&first[1]).contains("yet: the provider answered 503. It is tried again."));
        let after = eventually(async || {
            server.clock.advance_seconds(1);
            Some(thread(&desk).await).filter(|it| it.len() > 2)
        })
        .await;
        assert_eq!(after.len(), 3, "{after:?}");
        assert!(body(&after[2]).contains("is with its message now"));
        let files = after[0]["attachments"].as_array().unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0]["content_type"], "image/png");
        server.stop().await;
    }
}

#[tokio::test]
async fn a_file_that_does_not_come_in_half_a_day_is_told_as_lost() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        twilio.withholds([500; 1000]);
        let (server, mut desk) = with_file(engine, &twilio).await;
        let mut looks = 0;
        let after = eventually(async || {
            server.clock.advance_seconds(600);
            looks += 1;
            if looks % 20 != 0 {
                return None;
            }
            // No session outlives all of that time.
            desk.sign_in().await;
            Some(thread(&desk).await).filter(|it| it.len() > 2)
        })
        .await;
        assert_eq!(after.len(), 3, "{after:?}");
        assert_eq!(after[0]["attachments"], json!([]));
        assert!(body(&after[2]).contains("could not be fetched: the provider answered 500."));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_not_waited_for() {
    for engine in engines() {
        let twilio = Twilio::start().await;
        twilio.withholds([404]);
        let (server, desk) = with_file(engine, &twilio).await;
        let after = thread(&desk).await;
        assert_eq!(after.len(), 2, "{after:?}");
        assert!(body(&after[1]).contains("could not be fetched: the provider answered 404."));
        assert_eq!(twilio.asked(), 1);
        server.stop().await;
    }
}
