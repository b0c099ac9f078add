//! Drafts for what comes by mail.

use super::post::{Post, letter};
use crate::ai::{canned, draft_in, drafting, drafts};
use frontdesk_testkit::{TestServer, engines};
use serde_json::json;

const HOURS: &str = "We are open from nine to five on working days.";

#[tokio::test]
async fn what_a_program_sent_by_itself_is_drafted_for_when_somebody_asks() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let post = Post::open(&server).await;
        drafting(&post.desk).await;
        canned(&post.desk, "Opening hours", HOURS).await;
        let away = letter("1@example.com", "Away", "On which days are you open?").replacen(
            "Subject",
            "Auto-Submitted: auto-replied\r\nSubject",
            1,
        );
        post.brings(&away).await;
        let away = post.conversations(1).await[0]["id"].clone();
        let away = away.as_str().unwrap();
        post.brings(&letter(
            "2@example.com",
            "Hours",
            "On which days are you open?",
        ))
        .await;
        server.clock.advance_seconds(1);
        let both = post.conversations(2).await;
        let asked = both.iter().find(|it| it["id"] != away).unwrap();
        let draft = draft_in(&post.desk, asked["id"].as_str().unwrap(), "ready").await;
        assert_eq!(draft["body"], HOURS);
        assert!(drafts(&post.desk, away).await.is_empty());
        let path = format!("/api/v1/conversations/{away}/drafts");
        post.desk.post(&path, json!({})).await.data(201);
        assert_eq!(draft_in(&post.desk, away, "ready").await["body"], HOURS);
        assert_eq!(drafts(&post.desk, away).await.len(), 1);
        server.stop().await;
    }
}
