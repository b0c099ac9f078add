//! A client that stops and resumes anywhere ends in the same state as a fresh one, and both in
//! that of the desk.
//!
//! What happens is drawn by chance; `FRONTDESK_RESUME_SEED=...` repeats a run that was printed,
//! and `FRONTDESK_RESUME_STEPS=2000` makes a longer one.

mod cuts;
mod follower;
mod workload;

use crate::office::colleague;
use follower::Follower;
use frontdesk_domain::actor::View;
use frontdesk_domain::{Role, UserId, Visibility};
use frontdesk_testkit::{Chance, setting};
use frontdesk_testkit::{Desk, TestServer, engines};
use serde_json::{Value, json};
use workload::Workload;

/// How many steps a run has unless it is asked for more.
const STEPS: u64 = 150;

/// Who keeps a copy, and what they may see.
pub(crate) struct Reader {
    desk: Desk,
    view: View,
    second_inbox: String,
}

impl Reader {
    /// The admin, or a member with a view of their own; the inbox is theirs.
    async fn new(server: &TestServer, desk: &Desk, visibility: Visibility) -> Self {
        let second = json!({ "inbox": { "name": "Second" } });
        let second = desk.post("/api/inboxes", second).await.data(201);
        let second_inbox = second["id"].as_str().unwrap().to_owned();
        if visibility == Visibility::All {
            return Self {
                desk: desk.clone(),
                view: View::All,
                second_inbox,
            };
        }
        let mut theirs = colleague(server, desk, Role::Member, visibility).await;
        let id = theirs.user_id;
        let member = format!("/api/v1/inboxes/{second_inbox}/members/{id}");
        assert_eq!(desk.put(&member, json!({})).await.status, 204);
        theirs.sign_in().await;
        Self {
            view: View::of(visibility, UserId(id), vec![second_inbox.parse().unwrap()]),
            desk: theirs,
            second_inbox,
        }
    }
}

#[tokio::test]
async fn whoever_stops_and_resumes_ends_where_a_fresh_client_begins() {
    stops_and_resumes(Visibility::All).await;
}

#[tokio::test]
async fn so_does_who_sees_their_own_and_what_is_nobodys() {
    stops_and_resumes(Visibility::OwnAndUnassigned).await;
}

#[tokio::test]
async fn so_does_who_sees_their_own_inboxes() {
    stops_and_resumes(Visibility::OwnInboxes).await;
}

async fn stops_and_resumes(visibility: Visibility) {
    let steps = setting("FRONTDESK_RESUME_STEPS").unwrap_or(STEPS);
    for engine in engines() {
        let mut chance = Chance::from_env("FRONTDESK_RESUME_SEED");
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let reader = Reader::new(&server, &desk, visibility).await;
        let mut workload = Workload::new(&desk, &reader).await;
        let mut resumed = Follower::new(&reader.view);
        for _ in 0..steps {
            workload.step(&mut chance).await;
            match chance.below(6) {
                0 => resumed.connect(&reader.desk).await,
                1 => resumed.cut(),
                2 => resumed.listen(&reader.desk).await,
                3 => {
                    let limit = chance.between(1, 20);
                    resumed.read_page(&reader.desk, limit).await;
                }
                _ => {}
            }
        }
        resumed.connect(&reader.desk).await;
        resumed.listen(&reader.desk).await;
        let mut fresh = Follower::new(&reader.view);
        fresh.catch_up(&reader.desk, 500).await;
        assert_eq!(resumed.state, fresh.state);
        agrees(&reader.desk, &fresh).await;
        for named in [&resumed.named, &fresh.named] {
            let strangers: Vec<_> = named.difference(&workload.seen).collect();
            assert_eq!(strangers, Vec::<&String>::new(), "never to be seen");
        }
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
