//! The line breaks at any byte, and the client that comes back has everything exactly once: what
//! it reads and what it writes.
//!
//! `FRONTDESK_CUTS=300` makes more of them than a usual run does.

use super::Reader;
use super::follower::{Follower, newest, topic};
use super::workload::Workload;
use frontdesk_domain::Visibility;
use frontdesk_testkit::{Chance, setting};
use frontdesk_testkit::{Chaos, Desk, Socket, TestServer, engines};
use serde_json::{Value, json};

/// How often the line is cut unless more is asked for.
const CUTS: u64 = 40;

/// About what a connection carries in one round, so that cuts fall everywhere: into the
/// handshake, the join, its reply, what is said and what is told.
const FARTHEST: u64 = 9_000;

#[tokio::test]
async fn a_line_that_breaks_at_any_byte_loses_and_doubles_nothing() {
    for visibility in [Visibility::All, Visibility::OwnAndUnassigned] {
        for engine in engines() {
            let mut chance = Chance::from_env("FRONTDESK_RESUME_SEED");
            let server = TestServer::start(engine).await;
            let desk = server.company("Acme").await;
            let reader = Reader::new(&server, &desk, visibility).await;
            let mut workload = Workload::new(&desk, &reader).await;
            let (_, thread) = desk.visitor("Hedy", "Hello").await;
            let assign = json!({ "conversation": { "assignee_id": reader.desk.user_id } });
            let path = format!("/api/conversations/{thread}");
            desk.put(&path, assign).await.is(200);
            workload.seen.insert(thread.clone());

            let mut client = Client::new(&reader, thread);
            let cuts = setting("FRONTDESK_CUTS").unwrap_or(CUTS);
            for round in 0..cuts {
                workload.step(&mut chance).await;
                let after = chance.between(0, FARTHEST);
                client.chaos.cut_after(usize::try_from(after).unwrap());
                while client.says(round).await.is_none() {}
            }
            client.has_everything_once(cuts).await;
            drop((workload, client));
            server.stop().await;
        }
    }
}

/// A client on a line that breaks. It asks over another, as one asks again until it is answered.
struct Client {
    desk: Desk,
    chaos: Chaos,
    thread: String,
    follower: Follower,
}

impl Client {
    fn new(reader: &Reader, thread: String) -> Self {
        let address = reader.desk.url.trim_start_matches("http://");
        Self {
            chaos: Chaos::before(address.parse().unwrap()),
            desk: reader.desk.clone(),
            thread,
            follower: Follower::new(&reader.view),
        }
    }

    /// Connects, says one thing, and hears everything up to then; nothing when the line broke.
    async fn says(&mut self, round: u64) -> Option<()> {
        let url = format!("http://{}", self.chaos.address());
        let token = format!("token={}", self.desk.token);
        let mut socket = Socket::try_open(&url, &token).await?;
        let topic = topic(&self.desk);
        let cursor = json!({ "cursor": self.follower.state.cursor });
        let reply = self.ask(&mut socket, &topic, "phx_join", cursor).await?;
        assert_eq!(reply["status"], "ok", "{reply}");
        let missed = &reply["response"];
        self.follower.take_all(&self.desk, &missed["events"]).await;
        if missed["more"] == true {
            self.follower.catch_up(&self.desk, 50).await;
        }
        let said = json!({
            "conversation_id": self.thread,
            "body": format!("round {round}"),
            "idempotency_key": format!("round {round}"),
        });
        let reply = self.ask(&mut socket, &topic, "shout", said).await?;
        assert_eq!(reply["status"], "ok", "{reply}");
        let newest = newest(&self.desk).await;
        while self.follower.state.cursor < newest {
            let frame = socket.try_next().await?;
            self.hear(&frame).await;
        }
        Some(())
    }

    /// Pushes, and hears until the answer comes.
    async fn ask(
        &mut self,
        socket: &mut Socket,
        topic: &str,
        event: &str,
        payload: Value,
    ) -> Option<Value> {
        let reference = socket.try_push(topic, event, payload).await?;
        loop {
            let frame = socket.try_next().await?;
            if frame[3] == "phx_reply" && frame[1] == reference {
                return Some(frame[4].clone());
            }
            self.hear(&frame).await;
        }
    }

    async fn hear(&mut self, frame: &Value) {
        if frame[3] == "event" {
            let told = json!([frame[4]]);
            self.follower.take_all(&self.desk, &told).await;
        }
    }

    /// The copy is that of a client that never lost its line, and every word was stored once.
    async fn has_everything_once(&self, rounds: u64) {
        let mut fresh = Follower::new(self.follower.view());
        fresh.catch_up(&self.desk, 500).await;
        assert_eq!(self.follower.state, fresh.state);
        super::agrees(&self.desk, &fresh).await;
        let thread = &fresh.state.conversations[&self.thread].messages;
        let own = |message: &&Value| message["user_id"] == self.desk.user_id;
        let said = thread.values().filter(own).map(|it| it["body"].clone());
        let said: Vec<Value> = said.collect();
        let expected: Vec<_> = (0..rounds)
            .map(|round| json!(format!("round {round}")))
            .collect();
        assert_eq!(said, expected);
    }
}
