//! Who is there and who types, for agents who do not see everything.

use super::desk::{ACCOUNT, CONVERSATION, CUSTOMER, Client, Desk};
use crate::channels::{Broadcast, Relocation, Scope};
use frontdesk_domain::actor::View;
use frontdesk_protocol::id::UserId;
use serde_json::{Value, json};

const NOTHING: [Value; 0] = [];

fn topic() -> String {
    format!("conversation:{CONVERSATION}")
}

fn notification() -> String {
    format!("notification:{ACCOUNT}")
}

fn customer_key() -> String {
    format!("customer:{CUSTOMER}")
}

async fn join(client: &mut Client, topic: &str, params: Value) {
    client
        .say(&json!(["1", "1", topic, "phx_join", params]))
        .await;
}

/// The customer's page, and agents on the notification topic: one who sees everything, the one
/// the conversation is assigned to, and another.
struct Scene {
    desk: Desk,
    customer: Client,
    all: Client,
    sees: Client,
    does_not: Client,
}

impl Scene {
    async fn set() -> Self {
        let desk = Desk::open();
        let own = |user| View::OwnAndUnassigned {
            user_id: UserId(user),
        };
        let mut scene = Self {
            customer: desk.visitor(),
            all: desk.agent(3, View::All),
            sees: desk.agent(1, own(1)),
            does_not: desk.agent(2, own(2)),
            desk,
        };
        for agent in [&mut scene.all, &mut scene.sees, &mut scene.does_not] {
            join(agent, &notification(), json!({})).await;
        }
        scene.forget();
        join(
            &mut scene.customer,
            &topic(),
            json!({"customer_id": CUSTOMER}),
        )
        .await;
        scene
    }

    fn forget(&self) {
        for client in [&self.all, &self.sees, &self.does_not, &self.customer] {
            client.hear();
        }
    }

    /// The conversation goes to another user.
    fn assign(&self, user: i64) {
        self.desk.channels.moved(&Relocation {
            account_id: ACCOUNT,
            conversation_id: CONVERSATION,
            to: Scope::Conversation {
                inbox: None,
                assignee: Some(UserId(user)),
            },
        });
    }

    async fn types(&mut self, typing: bool) {
        let typing = json!(["1", "2", topic(), "typing", {"typing": typing}]);
        self.customer.say(&typing).await;
    }
}

/// What has come about the customer's presence: which events, and in which part of a diff.
fn presence(client: &Client) -> Vec<&'static str> {
    let key = customer_key();
    let part = |frame: Value| match frame[3].as_str() {
        Some("presence_diff") if !frame[4]["joins"][&key].is_null() => Some("joins"),
        Some("presence_diff") if !frame[4]["leaves"][&key].is_null() => Some("leaves"),
        Some("presence_state") if !frame[4][&key].is_null() => Some("state"),
        _ => None,
    };
    client.hear().into_iter().filter_map(part).collect()
}

/// What comes next about the customer's presence, once it has come.
async fn next_presence(client: &Client) -> Vec<&'static str> {
    loop {
        let heard = presence(client);
        if !heard.is_empty() {
            return heard;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_customer_is_there_for_the_agents_who_see_the_thread() {
    let scene = Scene::set().await;
    assert_eq!(presence(&scene.all), ["joins", "state"]);
    assert_eq!(next_presence(&scene.sees).await, ["joins"]);
    assert_eq!(presence(&scene.does_not), [] as [&str; 0]);

    let late = |user| {
        let view = View::OwnAndUnassigned {
            user_id: UserId(user),
        };
        scene.desk.agent(user, view)
    };
    let (mut sees, mut does_not) = (late(1), late(2));
    join(&mut sees, &notification(), json!({})).await;
    join(&mut does_not, &notification(), json!({})).await;
    assert_eq!(presence(&sees), ["state"]);
    assert_eq!(presence(&does_not), [] as [&str; 0]);
    scene.forget();

    drop(scene.customer);
    assert_eq!(presence(&scene.all), ["leaves"]);
    assert_eq!(presence(&scene.sees), ["leaves"]);
    assert_eq!(scene.does_not.hear(), NOTHING);
}

#[tokio::test]
async fn a_customer_goes_with_the_thread() {
    let scene = Scene::set().await;
    next_presence(&scene.sees).await;
    scene.forget();
    scene.assign(2);
    assert_eq!(scene.all.hear(), NOTHING);
    assert_eq!(presence(&scene.sees), ["leaves"]);
    assert_eq!(presence(&scene.does_not), ["joins"]);
    scene.assign(2);
    drop(scene.customer);
    assert_eq!(presence(&scene.all), ["leaves"]);
    assert_eq!(scene.sees.hear(), NOTHING);
    assert_eq!(presence(&scene.does_not), ["leaves"]);
}

#[tokio::test]
async fn a_move_before_the_place_is_known_is_newer() {
    let scene = Scene::set().await;
    // The backend's answer, which names user 1, has not come yet.
    scene.assign(2);
    assert_eq!(presence(&scene.does_not), ["joins"]);
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(presence(&scene.sees), [] as [&str; 0]);
}

#[tokio::test]
async fn typing_goes_with_the_thread() {
    let mut scene = Scene::set().await;
    next_presence(&scene.sees).await;
    scene.forget();
    scene.types(true).await;
    assert_eq!(scene.sees.hear_events(), ["typing"]);
    assert_eq!(scene.does_not.hear(), NOTHING);
    scene.assign(2);
    scene.forget();
    scene.types(true).await;
    scene.types(false).await;
    assert_eq!(scene.sees.hear(), NOTHING);
    let told = scene.does_not.hear().into_iter();
    let told: Vec<_> = told.map(|frame| frame[4]["typing"].clone()).collect();
    assert_eq!(told, [true, false]);
}

#[tokio::test]
async fn an_agent_on_the_thread_hears_it_while_they_see_it() {
    let mut scene = Scene::set().await;
    let mut own = scene
        .desk
        .agent(1, View::OwnAndUnassigned { user_id: UserId(1) });
    join(&mut own, &topic(), json!({})).await;
    own.hear();
    scene.types(true).await;
    assert_eq!(own.hear_events(), ["typing"]);
    scene.assign(2);
    scene.types(false).await;
    let news = topic();
    let told = Broadcast::to_all(&news, "shout", "{}");
    scene.desk.hub().publish(&told);
    assert_eq!(own.hear(), NOTHING);
    scene.assign(1);
    scene.desk.hub().publish(&told);
    assert_eq!(own.hear_events(), ["shout"]);
}

/// Who looks at the conversation, as far as a client has been told in diffs: by joins, by leaves.
fn viewers(client: &Client) -> (Vec<Value>, Vec<Value>) {
    let (mut came, mut went) = (Vec::new(), Vec::new());
    for frame in client.hear() {
        for (part, told) in [("joins", &mut came), ("leaves", &mut went)] {
            for (key, state) in frame[4][part].as_object().into_iter().flatten() {
                for meta in state["metas"].as_array().unwrap() {
                    if meta["viewing"] == json!(CONVERSATION) {
                        told.push(json!(key));
                    }
                }
            }
        }
    }
    (came, went)
}

#[tokio::test]
async fn colleagues_know_who_looks_if_they_see_the_thread_themselves() {
    let mut scene = Scene::set().await;
    next_presence(&scene.sees).await;
    scene.forget();
    join(&mut scene.all, &topic(), json!({})).await;
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    let nobody = || (Vec::<Value>::new(), Vec::<Value>::new());
    let came = || (vec![json!("user:3")], Vec::new());
    let went = || (Vec::new(), vec![json!("user:3")]);
    assert_eq!(viewers(&scene.sees), came());
    assert_eq!(viewers(&scene.does_not), nobody());
    assert_eq!(scene.customer.hear(), NOTHING, "customers are not told");

    scene.assign(2);
    assert_eq!(viewers(&scene.sees), went());
    assert_eq!(viewers(&scene.does_not), came());
    scene
        .all
        .say(&json!(["1", "2", topic(), "phx_leave", {}]))
        .await;
    assert_eq!(viewers(&scene.sees), nobody());
    assert_eq!(viewers(&scene.does_not), went());
}

#[tokio::test]
async fn who_is_let_in_as_the_thread_leaves_hears_nothing() {
    let scene = Scene::set().await;
    // The desk of these tests lets every agent in; the place says who should have been.
    let mut other = scene
        .desk
        .agent(2, View::OwnAndUnassigned { user_id: UserId(2) });
    join(&mut other, &topic(), json!({})).await;
    next_presence(&scene.sees).await;
    other.hear();
    let news = topic();
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    scene
        .desk
        .hub()
        .publish(&Broadcast::to_all(&news, "shout", "{}"));
    assert_eq!(other.hear(), NOTHING);
}
