//! A client that stops and resumes anywhere ends in the same state as a fresh one, and both in
//! that of the desk.
//!
//! What happens is drawn by chance; `FRONTDESK_RESUME_SEED=...` repeats a run that was printed,
//! and `FRONTDESK_RESUME_STEPS=2000` makes a longer one.

mod follower;
mod workload;

use crate::chance::{Chance, setting};
use follower::Follower;
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};
use workload::Workload;

/// How many steps a run has unless it is asked for more.
const STEPS: u64 = 150;

#[tokio::test]
async fn whoever_stops_and_resumes_ends_where_a_fresh_client_begins() {
    let steps = setting("FRONTDESK_RESUME_STEPS").unwrap_or(STEPS);
    for engine in engines() {
        let mut chance = Chance::from_env("FRONTDESK_RESUME_SEED");
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let mut workload = Workload::new(&desk).await;
        let mut resumed = Follower::default();
        for _ in 0..steps {
            workload.step(&mut chance).await;
            match chance.below(6) {
                0 => resumed.connect(&desk).await,
                1 => resumed.cut(),
                2 => resumed.listen(&desk).await,
                3 => drop(resumed.read_page(&desk, chance.between(1, 20)).await),
                _ => {}
            }
        }
        resumed.connect(&desk).await;
        resumed.listen(&desk).await;
        let mut fresh = Follower::default();
        fresh.catch_up(&desk, 500).await;
        assert_eq!(resumed.state, fresh.state);
        agrees(&desk, &fresh).await;
        println!("{engine:?}: {} events", fresh.state.cursor);
        drop((workload, resumed, fresh));
        server.stop().await;
    }
}

/// What a follower knows is what the desk shows.
async fn agrees(desk: &Desk, follower: &Follower) {
    let state = &follower.state;
    for (id, known) in &state.conversations {
        let shown = desk.get(&format!("/api/conversations/{id}")).await;
        let shown = shown.data(200);
        for (field, value) in known.fields.as_object().unwrap() {
            assert_eq!(&shown[field], value, "{field} of {id}");
        }
        let ids = |list: &Value| -> Vec<Value> {
            let all = list.as_array().unwrap();
            all.iter().map(|it| it["id"].clone()).collect()
        };
        let mut tags = ids(&shown["tags"]);
        let mut known_tags = known.tag_ids.as_array().unwrap().clone();
        tags.sort_by_key(Value::to_string);
        known_tags.sort_by_key(Value::to_string);
        assert_eq!(known_tags, tags, "tags of {id}");
        let thread: Vec<Value> = known.messages.values().cloned().collect();
        assert_eq!(json!(thread), shown["messages"], "messages of {id}");
    }
    let total = desk.get("/api/conversations").await.is(200)["total"].clone();
    let open = state
        .conversations
        .values()
        .filter(|it| !it.archived)
        .count();
    assert_eq!(total, json!(open));
}
