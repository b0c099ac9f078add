//! Messages on their way out by a channel: in order, once, and honest about what is not known.

use crate::jobs::put_off;
use crate::office::account;
use frontdesk_db::DbError;
use frontdesk_db::queries::jobs;
use frontdesk_db::queries::messages::outgoing;
use frontdesk_domain::{ConversationId, DeliveryState, MessageId, Source};
use frontdesk_server::seed::post;
use frontdesk_server::work::{Deliverer, Deliverers, Handed, Outgoing, Repeated};
use frontdesk_testkit::{Desk, Engine, TestServer, engines, eventually};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::Arc;

/// A post office that notes what it was handed and says what it was told to say.
#[derive(Debug)]
struct Office {
    repeated: Repeated,
    handed: Mutex<Vec<String>>,
    says: Mutex<VecDeque<Handed>>,
}

impl Office {
    fn new(repeated: Repeated) -> Arc<Self> {
        Arc::new(Self {
            repeated,
            handed: Mutex::default(),
            says: Mutex::default(),
        })
    }

    fn says(&self, handed: Handed) {
        self.says.lock().push_back(handed);
    }
}

impl Deliverer for Office {
    fn deliver(&self, outgoing: Outgoing) -> BoxFuture<'_, Handed> {
        let body = outgoing.message.message.body.unwrap_or_default();
        self.handed.lock().push(body);
        let said = self.says.lock().pop_front().unwrap_or(Handed::Sent);
        async move { said }.boxed()
    }

    fn repeated(&self) -> Repeated {
        self.repeated
    }
}

async fn server(engine: Engine, office: &Arc<Office>) -> TestServer {
    let office: Arc<dyn Deliverer> = Arc::clone(office) as Arc<dyn Deliverer>;
    let ways = Deliverers::from([(Source::Email, office)]);
    TestServer::start_among(engine, |_| {}, ways).await
}

/// A conversation by mail.
async fn by_mail(desk: &Desk) -> String {
    let (customer_id, _) = desk.visitor("Grace", "Hello").await;
    let started = json!({ "conversation": { "customer_id": customer_id, "source": "email" } });
    let started = desk.post("/api/conversations", started).await.data(201);
    started["id"].as_str().unwrap().to_owned()
}

/// The message, once it has come so far.
async fn reaches(desk: &Desk, message: &Value, state: &str) -> Value {
    let path = format!("/api/messages/{}", message["id"].as_str().unwrap());
    eventually(async || {
        let shown = desk.get(&path).await.data(200);
        (shown["delivery_state"] == state).then_some(shown)
    })
    .await
}

#[tokio::test]
async fn replies_go_out_in_their_order_and_wait_for_a_way_that_is_busy() {
    for engine in engines() {
        let office = Office::new(Repeated::Doubles);
        let server = server(engine, &office).await;
        let desk = server.company("Acme").await;
        let id = by_mail(&desk).await;
        let why = "the mail server is busy".to_owned();
        office.says(Handed::Later { why, after: None });
        let first = desk.reply(&id, "one").await;
        put_off(&desk, 1).await;
        let busy = reaches(&desk, &first, "queued").await;
        assert_eq!(busy["delivery_reason"], "the mail server is busy");
        let second = desk.reply(&id, "two").await;
        server.clock.advance_seconds(10);
        reaches(&desk, &first, "sent").await;
        reaches(&desk, &second, "sent").await;
        assert_eq!(*office.handed.lock(), ["one", "one", "two"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn what_did_not_go_says_why_and_holds_up_nothing() {
    for engine in engines() {
        let office = Office::new(Repeated::Doubles);
        let server = server(engine, &office).await;
        let desk = server.company("Acme").await;
        let id = by_mail(&desk).await;
        let no_such = "no such mailbox".to_owned();
        office.says(Handed::Refused { why: no_such });
        let cut = "the line broke after the text".to_owned();
        office.says(Handed::Uncertain { why: cut });
        let (refused, unsure) = (desk.reply(&id, "one").await, desk.reply(&id, "two").await);
        let last = desk.reply(&id, "three").await;
        let refused = reaches(&desk, &refused, "failed").await;
        assert_eq!(refused["delivery_reason"], "no such mailbox");
        reaches(&desk, &unsure, "unknown").await;
        reaches(&desk, &last, "sent").await;
        assert_eq!(*office.handed.lock(), ["one", "two", "three"]);
        server.stop().await;
    }
}

#[tokio::test]
async fn where_no_mailbox_is_a_message_says_so() {
    for engine in engines() {
        let server = TestServer::start(engine).await;
        let desk = server.company("Acme").await;
        let id = by_mail(&desk).await;
        let failed = reaches(&desk, &desk.reply(&id, "one").await, "failed").await;
        let why = "no mailbox is connected to this inbox";
        assert_eq!(failed["delivery_reason"], why);
        server.stop().await;
    }
}

#[tokio::test]
async fn the_customers_of_an_example_desk_take_what_is_sent_to_them() {
    for engine in engines() {
        let server = TestServer::start_among(engine, |_| {}, post::ways()).await;
        let desk = server.company("Acme").await;
        let id = by_mail(&desk).await;
        reaches(&desk, &desk.reply(&id, "one").await, "sent").await;
        server.stop().await;
    }
}

#[tokio::test]
async fn what_was_being_sent_when_a_server_died_is_not_silently_sent_again() {
    for engine in engines() {
        for (repeated, state, handed) in [
            (Repeated::Doubles, "unknown", 1),
            (Repeated::Harmless, "sent", 2),
        ] {
            let office = Office::new(repeated);
            let server = server(engine, &office).await;
            let desk = server.company("Acme").await;
            let id = by_mail(&desk).await;
            let message = desk.reply(&id, "one").await;
            reaches(&desk, &message, "sent").await;
            // As a server leaves it that dies between handing over and noting it.
            let account_id = account(&desk);
            let conversation: ConversationId = id.parse().unwrap();
            let message_id: MessageId = message["id"].as_str().unwrap().parse().unwrap();
            server
                .running()
                .db()
                .write(account_id, move |unit| {
                    outgoing::set(unit, account_id, message_id, DeliveryState::Sending, None)?;
                    jobs::enqueue(unit, &jobs::deliver(account_id, conversation))
                })
                .await
                .map_err(|error: DbError| error)
                .unwrap();
            reaches(&desk, &message, state).await;
            assert_eq!(office.handed.lock().len(), handed);
            server.stop().await;
        }
    }
}
