//! Everything that works for the screen: the thread of the local copy, and the tasks that follow
//! the server, run errands and send.

use crate::error::Error;
use crate::local::effects::{Then, carry_out};
use crate::local::{self, Local, Worker};
use crate::net::api::Api;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use crate::sync::errands::{Errand, Errands};
use crate::sync::flush::Flush;
use crate::sync::looking::Looking;
use crate::sync::retention;
use crate::sync::{Outage, Standing, Sync, Wish};
use crate::tasks::Tasks;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::id::ConversationId;
use frontdesk_store::Desk as Copy;
use frontdesk_ui::msg::Level;
use frontdesk_ui::{Effect, Msg};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::timeout;

/// How long tasks may take to end.
const GRACE: Duration = Duration::from_secs(3);
/// How many wishes and errands may wait.
const WAITING: usize = 256;

/// Everything that works for the screen.
pub(super) struct Work {
    api: Api,
    tasks: Tasks,
    hands: Hands,
    worker: Worker,
}

/// What effects are carried out with.
#[derive(Clone)]
struct Hands {
    local: Local,
    news: mpsc::Sender<Msg>,
    wishes: mpsc::Sender<Wish>,
    look: watch::Sender<Option<ConversationId>>,
    errands: mpsc::Sender<Errand>,
    nudge: Arc<Notify>,
}

/// Starts all of it for this agent.
pub(super) fn start(desk: &Desk, agent: Agent, news: mpsc::Sender<Msg>) -> Result<Work, Error> {
    let copy = open_copy(&agent, &news)?;
    let (local, worker) = Local::start(copy)?;
    let (wishes, wished) = mpsc::channel(WAITING);
    let (errands, errand) = mpsc::channel(WAITING);
    let (standing, stands) = watch::channel(Standing::Away);
    let (look, looks) = watch::channel(None);
    let hands = Hands {
        local: local.clone(),
        news: news.clone(),
        wishes,
        look,
        errands: errands.clone(),
        nudge: Arc::new(Notify::new()),
    };
    let tasks = Tasks::default();
    let sync = Sync {
        api: agent.api.clone(),
        account: agent.sign_in.account_id,
        me: agent.sign_in.user_id,
        patience: desk.config.timeout,
        local: local.clone(),
        news: news.clone(),
        wishes: wished,
        looking: Looking::at(looks),
        errands,
        standing,
        outage: Outage::default(),
    };
    tasks.spawn(sync.run(tasks.stopping()));
    let errands = Errands {
        api: agent.api.clone(),
        me: agent.sign_in.user_id,
        local: local.clone(),
        news: news.clone(),
        errands: errand,
        standing: stands.clone(),
        runs: Vec::new(),
        downloads: desk.paths.downloads(),
    };
    tasks.spawn(errands.run(tasks.stopping()));
    let keep = i64::from(desk.config.keep_closed_days);
    let forgetting = retention::run(local.clone(), keep, stands.clone(), tasks.stopping());
    tasks.spawn(forgetting);
    let flush = Flush {
        api: agent.api.clone(),
        local,
        news,
        nudge: Arc::clone(&hands.nudge),
        standing: stands,
    };
    tasks.spawn(flush.run(tasks.stopping()));
    Ok(Work {
        api: agent.api,
        tasks,
        hands,
        worker,
    })
}

/// Opens the local copy and tells the screen what is in it.
fn open_copy(agent: &Agent, news: &mpsc::Sender<Msg>) -> Result<Copy, Error> {
    let opened = Copy::open(&agent.paths.desk_folder(agent.sign_in.id.number()))?;
    let aside = opened
        .cache_set_aside
        .iter()
        .chain(&opened.outbox_set_aside);
    for aside in aside {
        say(&format!(
            "Local data was damaged and is made anew. The old file is {}.",
            aside.display()
        ));
    }
    let copy = opened.desk;
    for msg in [
        Msg::Directory(Box::new(copy.directory().clone())),
        Msg::Outbox(copy.waiting()),
        Msg::Counts(copy.counts()?),
    ] {
        // The channel was just made and has room.
        drop(news.try_send(msg));
    }
    Ok(copy)
}

impl Work {
    /// What carries out the effects that are not the terminal's.
    pub(super) fn outside(&self) -> crate::app::Outside {
        let hands = self.hands.clone();
        Box::new(move |effect| hands.carry_out(effect))
    }

    /// Ends everything; what was asked of the local copy is done before.
    pub(super) async fn stop(self) {
        self.tasks.stop(GRACE).await;
        if timeout(GRACE, self.api.finish()).await.is_err() {
            tracing::warn!("the renewal of the session did not end in time");
        }
        drop(self.hands);
        self.worker.join();
    }
}

impl Hands {
    fn carry_out(&self, effect: Effect) {
        match carry_out(&self.local, &self.news, effect) {
            Ok(Then::Nothing) => {}
            Ok(Then::Flush) => self.nudge.notify_one(),
            Err(effect) => self.beyond(effect),
        }
    }

    /// What needs the server, or the rest of the system.
    fn beyond(&self, effect: Effect) {
        match effect {
            Effect::LoadThread(id) => self.load_thread(id),
            Effect::LoadOlder {
                conversation_id,
                before,
            } => self.errand(Errand::Older {
                conversation_id,
                before,
            }),
            Effect::SetAvailability(to) => self.errand(Errand::Availability(to)),
            Effect::Assist(wanted) => self.errand(Errand::Assist(wanted, IntentId::random())),
            Effect::BulkLook(bulk) => self.errand(Errand::BulkLook(bulk)),
            Effect::BulkBegin(bulk, seen) => {
                let name = IntentId::random();
                self.errand(Errand::BulkBegin { bulk, seen, name });
            }
            Effect::BulkUndo(run) => {
                let name = IntentId::random();
                self.errand(Errand::BulkUndo { run, name });
            }
            Effect::SaveAttachment { url, filename } => {
                self.errand(Errand::Attachment { url, filename });
            }
            // Whoever typed a little earlier will type again; a full queue loses nothing.
            Effect::Typing(id) => drop(self.wishes.try_send(Wish::Typing(id))),
            Effect::Watch(ids) => drop(self.look.send_replace(ids.first().copied())),
            Effect::OpenLink(address) => self.open(&address),
            Effect::SyncNow => drop(self.wishes.try_send(Wish::Now)),
            other => tracing::debug!(effect = other.name(), "nobody carries this out"),
        }
    }

    fn open(&self, address: &str) {
        if let Err(error) = crate::open::open(address) {
            // A screen with hundreds of news waiting can do without this one.
            drop(
                self.news
                    .try_send(Msg::Told(Level::Bad, format!("Not opened: {error}."))),
            );
        }
    }

    fn errand(&self, errand: Errand) {
        if self.errands.try_send(errand).is_err() {
            tracing::warn!("too many errands wait");
        }
    }

    /// A thread from the local copy; what is missing of it is asked of the server.
    fn load_thread(&self, id: ConversationId) {
        let (news, errands) = (self.news.clone(), self.errands.clone());
        self.local.post(move |desk| match local::thread(desk, id) {
            Ok(Some(thread)) => {
                if thread.messages.is_empty() && thread.has_older {
                    drop(errands.try_send(Errand::Thread(id)));
                }
                local::answer(&news, Ok(Msg::Thread(Box::new(thread))));
            }
            Ok(None) => drop(errands.try_send(Errand::Thread(id))),
            Err(error) => local::answer(&news, Err(error)),
        });
    }
}
