//! The audit log through the API: who, from where, what it was and what it became.

use crate::people::colleague;
use frontdesk_db::queries::audit::chain::{self, Verdict};
use frontdesk_domain::{AccountId, Role};
use frontdesk_testkit::{TestServer, engines};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn an_entry_says_who_from_where_and_what_changed() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let max = colleague(&server, &desk, "max", Role::Member).await;
        let headers = [
            ("authorization", desk.token.as_str()),
            ("x-forwarded-for", "198.51.100.7"),
        ];
        let path = format!("/api/users/{}/role", max.user_id);
        let viewer = Some(json!({ "role": "viewer" }));
        desk.send(Method::PUT, &path, viewer, &headers)
            .await
            .is(200);

        let page = desk.get("/api/v1/audit").await.is(200);
        let entry = &page["data"][0];
        assert_eq!(entry["action"], "user.role");
        assert_eq!(entry["before"], "user");
        assert_eq!(entry["after"], "viewer");
        assert_eq!(entry["address"], "198.51.100.7");

        let request = server
            .http
            .get(format!("{}/api/v1/audit/export", server.url))
            .header("authorization", &desk.token);
        let exported = request.send().await.unwrap().text().await.unwrap();
        let lines: Vec<Value> = exported
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.last().unwrap()["id"], entry["id"]);
        assert_eq!(lines.last().unwrap()["hash"].as_str().unwrap().len(), 64);

        let account: AccountId = desk.account_id.parse().unwrap();
        let verdict = server
            .running()
            .db()
            .read(move |conn| chain::verify(conn, account))
            .await
            .map_err(|error: frontdesk_db::DbError| error)
            .unwrap();
        let Verdict::Whole { entries, .. } = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!(entries, lines.len() as u64);
        server.stop().await;
    }
}
