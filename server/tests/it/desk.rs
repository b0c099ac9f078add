//! A customer writes, an agent answers: the whole way over REST and channels, on both databases.

use frontdesk_testkit::{TestServer, engines};
use serde_json::json;

#[tokio::test]
async fn a_customer_writes_and_an_agent_answers() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut agent = desk.socket().await;
        let notification = format!("notification:{}", desk.account_id);
        assert_eq!(agent.join(&notification, json!({})).await["status"], "ok");

        let (customer_id, id) = desk.visitor("Grace", "Where is my order?").await;
        assert_eq!(
            agent.event(&notification, "conversation:created").await["id"],
            id
        );
        let first = agent.event(&notification, "shout").await;
        assert_eq!(first["body"], "Where is my order?");
        assert_eq!(first["sent_at"], "2026-11-20T20:21:14Z");
        assert_eq!(first["customer"]["name"], "Grace");

        let mut page = desk.visitor_socket().await;
        let topic = format!("conversation:{id}");
        let joined = page
            .join(&topic, json!({ "customer_id": customer_id }))
            .await;
        assert_eq!(joined["status"], "ok");

        let reply = json!({ "message": { "conversation_id": id, "body": "On its way." } });
        let reply = desk.post("/api/messages", reply).await.data(201);
        assert_eq!(reply["user"]["email"], desk.email);
        assert_eq!(page.event(&topic, "shout").await["id"], reply["id"]);

        let note = json!({ "message": { "conversation_id": id, "body": "VIP", "private": true } });
        let note = desk.post("/api/messages", note).await.data(201);
        let said = json!({ "body": "Thank you", "customer_id": customer_id });
        page.push(&topic, "shout", said).await;
        assert_eq!(page.event(&topic, "shout").await["body"], "Thank you");

        let shown = desk
            .get(&format!("/api/conversations/{id}"))
            .await
            .data(200);
        let bodies: Vec<_> = shown["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["body"])
            .collect();
        assert_eq!(
            bodies,
            ["Where is my order?", "On its way.", "VIP", "Thank you"]
        );
        assert_eq!(shown["messages"][2]["id"], note["id"]);
        assert_eq!(shown["assignee_id"], desk.user_id);
        assert_eq!(shown["read"], false);

        let list = desk.get("/api/conversations?status=open").await.is(200);
        assert_eq!(
            (&list["total"], &list["data"][0]["id"]),
            (&json!(1), &json!(id))
        );
        drop((agent, page));
        server.stop().await;
    }
}
