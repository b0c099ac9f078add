//! Inboxes: one is primary, deleting one moves its conversations, and members come and go.

use crate::office::{colleague, customer, keys};
use frontdesk_domain::{Role, Visibility};
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};

async fn opened(desk: &Desk, fields: Value) -> Value {
    desk.post("/api/inboxes", json!({ "inbox": fields }))
        .await
        .data(201)
}

#[tokio::test]
async fn one_inbox_is_the_primary_one() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let first = desk.get("/api/inboxes/primary").await.data(200);
        assert_eq!(first["id"], desk.inbox_id);
        let made = opened(
            &desk,
            json!({ "name": "Sales", "slug": "sales", "is_private": true }),
        )
        .await;
        assert_eq!(
            keys(&made),
            [
                "account_id",
                "channel",
                "description",
                "id",
                "identity_required",
                "is_primary",
                "is_private",
                "name",
                "object",
                "slug"
            ]
        );
        assert_eq!(
            [&made["slug"], &made["is_private"], &made["is_primary"]],
            [&json!("sales"), &json!(true), &json!(false)]
        );
        let blank = desk
            .post("/api/inboxes", json!({ "inbox": {} }))
            .await
            .is(422);
        assert_eq!(blank["error"]["errors"]["name"][0], "can't be blank");

        let old = format!("/api/inboxes/{}", desk.inbox_id);
        let words = desk.delete(&old).await.is(409);
        assert!(
            words["error"]["message"]
                .as_str()
                .unwrap()
                .contains("primary")
        );
        desk.put(&old, json!({ "inbox": { "is_primary": false } }))
            .await
            .is(409);
        let new = format!("/api/inboxes/{}", made["id"].as_str().unwrap());
        let primary = desk
            .put(&new, json!({ "inbox": { "is_primary": true } }))
            .await;
        assert_eq!(primary.data(200)["is_primary"], true);
        assert_eq!(desk.get(&old).await.data(200)["is_primary"], false);
        desk.delete(&old).await.is(204);
        assert_eq!(
            desk.get("/api/inboxes")
                .await
                .data(200)
                .as_array()
                .unwrap()
                .len(),
            1
        );
        server.stop().await;
    }
}

#[tokio::test]
async fn the_conversations_of_a_deleted_inbox_go_to_the_primary_one() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let sales = opened(&desk, json!({ "name": "Sales" })).await["id"].clone();
        let grace = customer(&server, &desk, "Grace").await;
        let new = json!({ "conversation": { "customer_id": grace, "inbox_id": sales } });
        let id = desk.post("/api/conversations", new).await.data(201)["id"].clone();
        desk.delete(&format!("/api/inboxes/{}", sales.as_str().unwrap()))
            .await
            .is(204);
        let held = desk
            .get(&format!("/api/conversations/{}", id.as_str().unwrap()))
            .await;
        assert_eq!(held.data(200)["inbox_id"], desk.inbox_id);
        let told: Vec<Value> = desk.events().await;
        let last: Vec<&Value> = told.iter().rev().take(2).map(|it| &it["kind"]).collect();
        assert_eq!(last, ["entity.deleted", "conversation.updated"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_secret_is_shown_once_and_needed_for_proofs() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let one = format!("/api/inboxes/{}", desk.inbox_id);
        let prove = json!({ "inbox": { "identity_required": true } });
        desk.put(&one, prove.clone()).await.is(409);
        let secret = format!("/api/v1/inboxes/{}/identity_secret", desk.inbox_id);
        let shown = desk.post(&secret, json!({})).await.data(200);
        assert!(shown["identity_secret"].as_str().unwrap().len() > 30);
        assert_eq!(
            desk.put(&one, prove).await.data(200)["identity_required"],
            true
        );
        desk.delete(&secret).await.is(204);
        assert_eq!(desk.get(&one).await.data(200)["identity_required"], false);
        server.stop().await;
    }
}

#[tokio::test]
async fn members_see_the_conversations_of_their_inbox() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let (desk, theirs) = (server.company("Acme").await, server.company("Other").await);
        let narrow = colleague(&server, &desk, Role::Member, Visibility::OwnInboxes).await;
        desk.visitor("Grace", "Hello").await;
        assert_eq!(narrow.get("/api/conversations").await.is(200)["total"], 0);
        let members = format!("/api/v1/inboxes/{}/members", desk.inbox_id);
        let own = format!("{members}/{}", narrow.user_id);
        narrow.put(&own, json!({})).await.is(401);
        desk.put(&own, json!({})).await.is(204);
        desk.put(&own, json!({})).await.is(204);
        assert_eq!(narrow.get("/api/conversations").await.is(200)["total"], 1);
        desk.put(&format!("{members}/{}", theirs.user_id), json!({}))
            .await
            .is(404);
        theirs
            .put(&format!("{members}/{}", theirs.user_id), json!({}))
            .await
            .is(404);
        desk.delete(&own).await.is(204);
        assert_eq!(narrow.get("/api/conversations").await.is(200)["total"], 0);
        theirs
            .get(&format!("/api/inboxes/{}", desk.inbox_id))
            .await
            .is(404);
        theirs
            .delete(&format!("/api/inboxes/{}", desk.inbox_id))
            .await
            .is(404);
        server.stop().await;
    }
}
