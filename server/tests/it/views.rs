//! What agents with a restricted view are told of conversations that come and go, over sockets
//! and in pages alike.

use crate::office::{colleague, conversation, customer};
use frontdesk_domain::{Role, Visibility};
use frontdesk_testkit::{Desk, Socket, TestServer, engines};
use serde_json::{Value, json};

/// An agent and what they hear from here on.
struct Listener {
    desk: Desk,
    socket: Socket,
    topic: String,
    cursor: i64,
}

impl Listener {
    async fn new(desk: Desk) -> Self {
        let page = desk.get("/api/v1/events?after=0&limit=1").await.is(200);
        let cursor = page["newest"].as_i64().unwrap();
        let topic = format!("notification:{}", desk.account_id);
        let mut socket = desk.socket().await;
        let joined = socket.join(&topic, json!({ "cursor": cursor })).await;
        assert_eq!(joined["status"], "ok");
        Self {
            desk,
            socket,
            topic,
            cursor,
        }
    }

    /// What has come since the last look, over the socket; a page says the same.
    async fn told(&mut self) -> Vec<Value> {
        let path = format!("/api/v1/events?after={}", self.cursor);
        let page = self.desk.get(&path).await.is(200);
        let mut heard = Vec::new();
        while self.cursor < page["newest"].as_i64().unwrap() {
            let event = self.socket.event(&self.topic, "event").await;
            // What the join's cursor covers may still come.
            if event["seq"].as_i64().unwrap() <= self.cursor {
                continue;
            }
            self.cursor += 1;
            assert_eq!(event["seq"], self.cursor);
            heard.push(event);
        }
        let short = |all: &[Value]| all.iter().map(brief).collect::<Vec<_>>();
        assert_eq!(short(&heard), short(page["data"].as_array().unwrap()));
        heard
    }

    async fn kinds(&mut self) -> Vec<String> {
        let kind = |event: Value| event["kind"].as_str().unwrap().to_owned();
        self.told().await.into_iter().map(kind).collect()
    }
}

/// An event without its content, which may change between two looks.
fn brief(event: &Value) -> (Value, Value, Value) {
    let field = |name: &str| event[name].clone();
    (field("seq"), field("kind"), field("conversation_id"))
}

/// Tom, Una and the admin; Tom and Una see their own and what is nobody's.
async fn office(server: &TestServer) -> [Desk; 3] {
    let desk = server.company("Acme").await;
    let una = colleague(server, &desk, Role::Admin, Visibility::OwnAndUnassigned);
    let una = una.await;
    let tom = colleague(server, &desk, Role::Member, Visibility::OwnAndUnassigned);
    [desk.clone(), tom.await, una]
}

#[tokio::test]
async fn only_who_saw_a_conversation_learns_that_it_left() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let [desk, tom, una] = office(&server).await;
        let held = conversation(&desk, &customer(&server, &desk, "Grace").await, "Hi").await;
        let id = held["id"].as_str().unwrap();
        let path = format!("/api/conversations/{id}");
        let assign = |user: i64| json!({ "conversation": { "assignee_id": user } });
        let (to_tom, to_una) = (assign(tom.user_id), assign(una.user_id));
        let to_admin = assign(desk.user_id);
        let mut all = Listener::new(desk.clone()).await;
        let mut tom = Listener::new(tom).await;
        let mut una = Listener::new(una).await;

        desk.put(&path, to_tom).await.is(200);
        assert_eq!(all.kinds().await, ["conversation.updated"]);
        let came = tom.told().await;
        assert_eq!(came[0]["kind"], "conversation.created");
        assert_eq!(came[0]["conversation"]["id"], id);
        assert_eq!(una.kinds().await, ["hidden"]);

        desk.put(&path, to_una).await.is(200);
        let left = tom.told().await;
        assert_eq!(left[0]["kind"], "conversation.deleted");
        assert_eq!(left[0]["conversation_id"], id);
        assert_eq!(una.kinds().await, ["conversation.created"]);

        desk.put(&path, to_admin).await.is(200);
        assert_eq!(una.kinds().await, ["conversation.deleted"]);
        let hidden = tom.told().await;
        assert_eq!(hidden[0]["kind"], "hidden");
        assert_eq!(hidden[0]["conversation_id"], Value::Null);
        assert_eq!(all.kinds().await, ["conversation.updated"; 2]);
        drop((all, tom, una));
        server.stop().await;
    }
}

#[tokio::test]
async fn only_who_saw_a_conversation_learns_that_it_was_deleted() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let [desk, tom, una] = office(&server).await;
        let (customer_id, kept) = desk.visitor("Grace", "Hello").await;
        let theirs = desk.writes_first(&customer_id, "And another thing").await;
        let to_tom = json!({ "conversation": { "assignee_id": tom.user_id } });
        let path = format!("/api/conversations/{theirs}");
        desk.put(&path, to_tom).await.is(200);
        let mut tom = Listener::new(tom).await;
        let mut una = Listener::new(una).await;

        assert_eq!(desk.delete(&path).await.status, 204);
        let gone = tom.told().await;
        assert_eq!(gone[0]["kind"], "conversation.deleted");
        assert_eq!(gone[0]["conversation_id"], theirs);
        assert_eq!(una.kinds().await, ["hidden"]);

        let customer = format!("/api/customers/{customer_id}");
        assert_eq!(desk.delete(&customer).await.status, 204);
        for listener in [&mut tom, &mut una] {
            let gone = listener.told().await;
            assert_eq!(gone[0]["kind"], "conversation.deleted");
            assert_eq!(gone[0]["conversation_id"], kept);
            assert_eq!(gone[1]["kind"], "customer.deleted");
        }
        drop((tom, una));
        server.stop().await;
    }
}

#[tokio::test]
async fn a_customer_is_there_and_types_for_who_sees_the_conversation() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let [desk, tom, una] = office(&server).await;
        let (customer_id, id) = desk.visitor("Grace", "Hello").await;
        let path = format!("/api/conversations/{id}");
        let assign = |user: i64| json!({ "conversation": { "assignee_id": user } });
        desk.put(&path, assign(tom.user_id)).await.is(200);
        let mut to_una = Listener::new(una.clone()).await;
        let mut to_tom = Listener::new(tom.clone()).await;

        let mut page = desk.visitor_socket().await;
        let topic = format!("conversation:{id}");
        let joining = json!({ "customer_id": customer_id });
        assert_eq!(page.join(&topic, joining).await["status"], "ok");
        let key = format!("customer:{customer_id}");
        let about = |frame: &Value| frame.to_string().contains(&key);
        let joins = |frame: &Value| !frame[4]["joins"][&key].is_null();
        let leaves = |frame: &Value| !frame[4]["leaves"][&key].is_null();
        to_tom.socket.wait(joins).await;
        page.push(&topic, "typing", json!({ "typing": true })).await;
        let typing = to_tom.socket.event(&to_tom.topic, "typing").await;
        assert_eq!(typing["conversation_id"], id);

        desk.put(&path, assign(una.user_id)).await.is(200);
        to_tom.socket.wait(leaves).await;
        // The first that Una hears of the customer comes after the move.
        let first = to_una.socket.wait(about).await;
        assert!(joins(&first), "{first}");
        drop((page, to_tom, to_una));
        server.stop().await;
    }
}
