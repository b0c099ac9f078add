//! A server with a small example desk that can be stopped and started, and clients of it.

use crate::clock;
use crate::config::KeepTokens;
use crate::local::effects::{Then, carry_out};
use crate::local::{Local, Worker};
use crate::net::address::Address;
use crate::net::api::{self, Api, Holder, Http};
use crate::secret::Secret;
use crate::secrets::Keeper;
use crate::sync::errands::Errands;
use crate::sync::flush::Flush;
use crate::sync::looking::Looking;
use crate::sync::uploads::Uploads;
use crate::sync::{Outage, Standing, Sync, Wish};
use crate::tasks::Tasks;
use frontdesk_inbox::{Command, IntentId, OutState, Queued, Row, View};
use frontdesk_protocol::entity::{ConversationFull, Data};
use frontdesk_protocol::id::{AccountId, ConversationId, UserId};
use frontdesk_protocol::time::Timestamp;
use frontdesk_server::config::{Config, folder};
use frontdesk_server::seed::{self, SeedOptions};
use frontdesk_server::server::{self, Running};
use frontdesk_store::Desk;
use frontdesk_store::desk::{Direction, Place};
use frontdesk_ui::model::presence::Presence;
use frontdesk_ui::{Effect, Msg};
use parking_lot::Mutex;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};

pub(super) const MAYA: &str = seed::EMAIL;
pub(super) const TOMAS: &str = "tomas@northlight.example";
pub(super) const CONVERSATIONS: usize = 30;
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

pub(super) struct Bed {
    running: Option<Running>,
    data: TempDir,
    pub(super) server: Address,
}

impl Bed {
    pub(super) async fn new() -> Self {
        let data = TempDir::new().unwrap();
        folder::prepare(data.path()).unwrap();
        let running = serve(data.path(), "127.0.0.1:0").await;
        let now = Timestamp::parse("2026-11-20T12:00:00Z").unwrap();
        let options = SeedOptions {
            conversations: CONVERSATIONS,
            ..SeedOptions::new(now)
        };
        seed::seed(running.db(), options).await.unwrap();
        let server = format!("http://{}", running.address()).parse().unwrap();
        Self {
            running: Some(running),
            data,
            server,
        }
    }

    pub(super) async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Starts the server again, where it was.
    pub(super) async fn start(&mut self) {
        let origin = self.server.origin();
        let address = origin.trim_start_matches("http://");
        self.running = Some(serve(self.data.path(), address).await);
    }
}

async fn serve(data: &Path, address: &str) -> Running {
    let listener = TcpListener::bind(address).await.unwrap();
    let config = Config {
        data: data.to_owned(),
        ..Config::default()
    };
    server::start(config, listener).await.unwrap()
}

/// Somebody who is signed in, with a folder of their own.
pub(super) struct Person {
    folder: TempDir,
    pub(super) keeper: Keeper,
    pub(super) api: Api,
    account: AccountId,
    pub(super) me: UserId,
}

impl Person {
    pub(super) async fn sign_in(server: &Address, email: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let http = Http::new(server.clone(), PATIENCE).unwrap();
        let password = Secret::new(seed::PASSWORD.to_owned());
        let session = api::sign_in(&http, email, &password, None).await.unwrap();
        let keeper = Keeper::new(KeepTokens::File, folder.path().join("tokens.json"));
        let tokens = session.tokens();
        let place = keeper.save(email, &tokens).unwrap();
        let holder = Holder {
            who: email.to_owned(),
            keeper: keeper.clone(),
            place,
            tokens,
        };
        Self {
            folder,
            keeper,
            api: Api::new(http, holder),
            account: session.account_id,
            me: session.user_id,
        }
    }

    /// What the server says of a conversation.
    pub(super) async fn on_server(&self, id: ConversationId) -> ConversationFull {
        let path = format!("/api/v1/conversations/{id}");
        let found: Data<ConversationFull> = self.api.clone().get(&path, &[]).await.unwrap();
        found.data
    }

    /// Has something done on the server, without a client.
    pub(super) async fn does(&self, id: ConversationId, command: Command) {
        self.api
            .clone()
            .carry_out(&queued(id, command))
            .await
            .unwrap();
    }

    /// Starts a client on what its folder holds.
    pub(super) fn client(&self) -> Client {
        self.client_at(self.api.clone())
    }

    /// A client that reaches the server by another way.
    pub(super) fn client_at(&self, api: Api) -> Client {
        let desk = Desk::open(&self.folder.path().join("desk")).unwrap().desk;
        let copies = desk.copies();
        let (local, worker) = Local::start(desk).unwrap();
        let (send, mut news) = mpsc::channel(64);
        let (wishes, wished) = mpsc::channel(64);
        let (errands, errand) = mpsc::channel(64);
        let (look, looks) = watch::channel(None);
        let (standing, stands) = watch::channel(Standing::Away);
        let (tasks, seen, nudge) = (Tasks::default(), Seen::default(), Arc::new(Notify::new()));
        let sync = Sync {
            api: api.clone(),
            account: self.account,
            me: self.me,
            patience: PATIENCE,
            keep_closed_days: 365,
            local: local.clone(),
            news: send.clone(),
            wishes: wished,
            looking: Looking::at(looks),
            errands,
            standing,
            outage: Outage::default(),
        };
        tasks.spawn(sync.run(tasks.stopping()));
        let errands = Errands {
            api: api.clone(),
            me: self.me,
            local: local.clone(),
            news: send.clone(),
            errands: errand,
            standing: stands.clone(),
            runs: Vec::new(),
            downloads: self.folder.path().join("downloads"),
        };
        tasks.spawn(errands.run(tasks.stopping()));
        let (uploads, uploader) = Uploads::new(
            api.clone(),
            copies,
            send.clone(),
            Arc::clone(&nudge),
            stands.clone(),
        );
        tasks.spawn(uploader.run(tasks.stopping()));
        let flush = Flush {
            api,
            local: local.clone(),
            news: send.clone(),
            nudge: Arc::clone(&nudge),
            standing: stands.clone(),
            uploads,
        };
        tasks.spawn(flush.run(tasks.stopping()));
        let (into, stop) = (seen.clone(), tasks.stopping());
        tasks.spawn(async move {
            while let Some(Some(msg)) = stop.run_until_cancelled(news.recv()).await {
                into.lock().push(msg);
            }
        });
        Client {
            local,
            worker,
            tasks,
            seen,
            stands,
            wishes,
            look,
            nudge,
            news: send,
        }
    }
}

type Seen = Arc<Mutex<Vec<Msg>>>;

/// A client without a screen.
pub(super) struct Client {
    pub(super) local: Local,
    worker: Worker,
    tasks: Tasks,
    seen: Seen,
    stands: watch::Receiver<Standing>,
    wishes: mpsc::Sender<Wish>,
    look: watch::Sender<Option<ConversationId>>,
    nudge: Arc<Notify>,
    news: mpsc::Sender<Msg>,
}

impl Client {
    /// Waits until it knows what the server knows.
    pub(super) async fn caught_up(&mut self) {
        let caught_up = |it: &Standing| *it == Standing::CaughtUp;
        self.stands.wait_for(caught_up).await.unwrap();
    }

    /// Waits until it has noticed that the server is away.
    pub(super) async fn away(&mut self) {
        let away = |it: &Standing| *it == Standing::Away;
        self.stands.wait_for(away).await.unwrap();
    }

    pub(super) async fn wish(&self, wish: Wish) {
        self.wishes.send(wish).await.unwrap();
    }

    /// The agent looks at a conversation, or at none.
    pub(super) fn looks_at(&self, id: Option<ConversationId>) {
        self.look.send_replace(id);
    }

    pub(super) fn carry_out(&self, effect: Effect) {
        if carry_out(&self.local, &self.news, effect) == Ok(Then::Flush) {
            self.nudge.notify_one();
        }
    }

    /// Writes with a file, as the screen would: a copy of it is made first.
    pub(super) async fn writes_with(
        &self,
        id: ConversationId,
        command: Command,
        file: &Path,
    ) -> IntentId {
        let copies = self.local.ask(|desk| desk.copies()).await.unwrap();
        let queued = Queued {
            files: vec![copies.take(file).unwrap()],
            ..queued(id, command)
        };
        let intent = queued.id;
        self.carry_out(Effect::Enqueue(vec![queued]));
        intent
    }

    /// Does something, as the screen would.
    pub(super) fn does(&self, id: ConversationId, command: Command) -> IntentId {
        let queued = queued(id, command);
        let intent = queued.id;
        self.carry_out(Effect::Enqueue(vec![queued]));
        intent
    }

    /// Waits until the local copy is as it should be.
    pub(super) async fn until<T: Send + 'static>(
        &self,
        check: impl Fn(&Desk) -> Option<T> + Clone + Send + 'static,
    ) -> T {
        loop {
            let check = check.clone();
            if let Some(found) = self.local.ask(move |desk| check(desk)).await.unwrap() {
                return found;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until the screen was told something.
    pub(super) async fn told<T>(&self, mut what: impl FnMut(&Msg) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.seen.lock().iter().find_map(&mut what) {
                return found;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until who is here and looks at what, as it was told last, is as it should be.
    pub(super) async fn last_presence(&self, check: impl Fn(&Presence) -> bool) {
        loop {
            let is_so = self.seen.lock().iter().rev().find_map(|msg| match msg {
                Msg::Presence(told) => Some(check(told)),
                _ => None,
            });
            if is_so == Some(true) {
                return;
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until nothing waits to be sent.
    pub(super) async fn all_sent(&self) {
        self.until(|desk| desk.waiting().is_empty().then_some(()))
            .await;
    }

    /// The first conversations of the inbox.
    pub(super) async fn inbox(&self, count: usize) -> Vec<Row> {
        let page = move |desk: &Desk| {
            let page = desk
                .page(View::Inbox, Place::Top, Direction::Below, count)
                .unwrap();
            (page.rows.len() == count).then_some(page.rows)
        };
        self.until(page).await
    }

    pub(super) async fn row(&self, id: ConversationId) -> Row {
        self.until(move |desk| desk.rows(&[id]).unwrap().pop())
            .await
    }

    /// Ends all of it, as when the program is left. What it wrote down stays in its folder.
    pub(super) async fn leave(self) {
        self.tasks.stop(PATIENCE).await;
        self.worker.join();
    }
}

pub(super) fn queued(conversation_id: ConversationId, command: Command) -> Queued {
    Queued {
        id: IntentId::random(),
        conversation_id,
        command,
        files: Vec::new(),
        made_at: clock::now(),
        hold_until: None,
        state: OutState::Waiting,
    }
}

/// A customer writes, past every client.
pub(super) async fn customer_writes(person: &Person, row: &Row, body: &str) {
    let message = serde_json::json!({
        "conversation_id": row.id(), "customer_id": row.conversation.customer_id, "body": body,
    });
    let body = serde_json::json!({ "message": message });
    let mut api = person.api.clone();
    let written: Result<Value, _> = api.post("/api/v1/messages", body).await;
    written.unwrap();
}
