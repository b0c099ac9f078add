//! Searches that are kept under a name: whose they are, who changes them, and what they count.

use crate::people::colleague;
use frontdesk_domain::Role;
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};

async fn keep(desk: &Desk, view: Value) -> Value {
    let body = json!({ "view": view });
    desk.post("/api/v1/views", body).await.data(201)
}

async fn names(desk: &Desk) -> Vec<String> {
    let views = desk.get("/api/v1/views").await.data(200);
    let views = views.as_array().unwrap().iter();
    views
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn each_sees_their_own_their_teams_and_everybodys() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let admin = server.company("Acme").await;
        let member = colleague(&server, &admin, "member", Role::Member).await;
        let viewer = colleague(&server, &admin, "viewer", Role::Viewer).await;
        let team = json!({ "team": { "name": "Tier 2" } });
        let team = admin.post("/api/v1/teams", team).await.data(201)["id"].clone();
        keep(
            &admin,
            json!({ "name": "Mine", "query": "assignee:me", "position": 1 }),
        )
        .await;
        let shared = keep(
            &admin,
            json!({ "name": "Storm", "query": "tag:storm", "scope": "shared", "position": 2 }),
        )
        .await;
        let of_team = json!({
            "name": "Escalated", "query": "is:priority", "scope": "team", "team_id": team, "position": 3,
        });
        let of_team = keep(&admin, of_team).await;
        // An admin sees a team's by its id, and lists it once in the team.
        assert_eq!(names(&admin).await, ["Mine", "Storm"]);
        assert_eq!(names(&member).await, ["Storm"]);
        let path = format!("/api/v1/views/{}", of_team["id"].as_str().unwrap());
        member.get(&path).await.is(404);
        let join = format!(
            "/api/v1/teams/{}/members/{}",
            team.as_str().unwrap(),
            member.user_id
        );
        admin.put(&join, json!({})).await.is(200);
        assert_eq!(names(&member).await, ["Storm", "Escalated"]);
        // Members change what is everybody's; viewers keep views of their own and no more.
        let path = format!("/api/v1/views/{}", shared["id"].as_str().unwrap());
        let renamed = json!({ "view": { "name": "Storm of November" } });
        assert_eq!(
            member.put(&path, renamed.clone()).await.data(200)["name"],
            "Storm of November"
        );
        viewer.put(&path, renamed).await.is(401);
        viewer.delete(&path).await.is(401);
        let own = keep(
            &viewer,
            json!({ "name": "Looking", "query": "status:open" }),
        )
        .await;
        let give = json!({ "view": { "scope": "shared" } });
        let own = format!("/api/v1/views/{}", own["id"].as_str().unwrap());
        viewer.put(&own, give.clone()).await.is(401);
        admin.put(&own, give).await.is(404);
        viewer.delete(&own).await.is(204);
        assert_eq!(names(&viewer).await, ["Storm of November"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_view_means_something_and_counts_it() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        for n in 0..3 {
            desk.visitor("Grace", &format!("The harbour, {n}")).await;
        }
        let (_, other) = desk.visitor("Ada", "The harbour as well").await;
        let close = json!({ "conversation": { "status": "closed" } });
        desk.put(&format!("/api/conversations/{other}"), close)
            .await
            .is(200);
        let view = keep(
            &desk,
            json!({ "name": "Harbour", "query": "harbour status:open" }),
        )
        .await;
        let path = format!("/api/v1/views/{}/count", view["id"].as_str().unwrap());
        assert_eq!(desk.get(&path).await.data(200)["count"], 3);
        for (query, name) in [
            ("", "x"),
            ("status:opne", "x"),
            ("...", "x"),
            ("status:open", " "),
        ] {
            let body = json!({ "view": { "name": name, "query": query } });
            desk.post("/api/v1/views", body).await.is(422);
        }
        let nowhere = json!({ "view": { "name": "x", "query": "a", "scope": "team" } });
        desk.post("/api/v1/views", nowhere).await.is(422);
        server.stop().await;
    }
}
