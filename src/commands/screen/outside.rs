//! Everything that works for the screen: the thread of the local copy, and the tasks that follow
//! the server, run errands and send.

use crate::config;
use crate::error::Error;
use crate::local::effects::{Then, carry_out};
use crate::local::{self, Local, Worker};
use crate::net::api::Api;
use crate::output::say;
use crate::own_command;
use crate::paths;
use crate::sign_in::{Agent, Desk};
use crate::sync::errands::{Errand, Errands};
use crate::sync::flush::Flush;
use crate::sync::looking::Looking;
use crate::sync::retention;
use crate::sync::uploads::Uploads;
use crate::sync::{Outage, Standing, Sync, Wish};
use crate::tasks::Tasks;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::EntityKind;
use frontdesk_store::{Copies, Desk as Copy};
use frontdesk_ui::msg::{Level, Pasted, WrittenKind};
use frontdesk_ui::own_command::OwnCommand;
use frontdesk_ui::{Effect, Msg};
use std::path::PathBuf;
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
    copies: Copies,
    uploads: Uploads,
    tasks: Tasks,
    /// Where the configuration is, or would be.
    configuration: PathBuf,
}

/// Starts all of it for this agent.
pub(super) fn start(desk: &Desk, agent: Agent, news: mpsc::Sender<Msg>) -> Result<Work, Error> {
    let copy = open_copy(&agent, &news)?;
    let copies = copy.copies();
    let (local, worker) = Local::start(copy)?;
    let (wishes, wished) = mpsc::channel(WAITING);
    let (errands, errand) = mpsc::channel(WAITING);
    let (standing, stands) = watch::channel(Standing::Away);
    let (look, looks) = watch::channel(None);
    let tasks = Tasks::default();
    let nudge = Arc::new(Notify::new());
    let uploads = uploads(&agent, &copies, &news, &nudge, &stands, &tasks);
    let hands = Hands {
        tasks: tasks.clone(),
        configuration: desk.config.file.clone(),
        local: local.clone(),
        news: news.clone(),
        wishes,
        look,
        errands: errands.clone(),
        nudge,
        copies,
        uploads,
    };
    let days = i64::from(desk.config.keep_closed_days);
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
        keep_closed_days: days,
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
    let forgetting = retention::run(local.clone(), days, stands.clone(), tasks.stopping());
    tasks.spawn(forgetting);
    let flush = Flush {
        api: agent.api.clone(),
        local,
        news,
        nudge: Arc::clone(&hands.nudge),
        standing: stands,
        uploads: hands.uploads.clone(),
    };
    tasks.spawn(flush.run(tasks.stopping()));
    hands.local.post_behind(sweep);
    Ok(Work {
        api: agent.api,
        tasks,
        hands,
        worker,
    })
}

/// Starts who brings files to the server.
fn uploads(
    agent: &Agent,
    copies: &Copies,
    news: &mpsc::Sender<Msg>,
    nudge: &Arc<Notify>,
    stands: &watch::Receiver<Standing>,
    tasks: &Tasks,
) -> Uploads {
    let (uploads, uploader) = Uploads::new(
        agent.api.clone(),
        copies.clone(),
        news.clone(),
        Arc::clone(nudge),
        stands.clone(),
    );
    tasks.spawn(uploader.run(tasks.stopping()));
    uploads
}

/// Removes the copies of files that nothing needs any more.
fn sweep(desk: &mut Copy) {
    if let Err(error) = desk.sweep_copies() {
        tracing::warn!(%error, "copies that nothing needs could not be removed");
    }
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
            Err(effect) => self.beyond(*effect),
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
            Effect::LoadLater => self.errand(Errand::Later),
            Effect::LoadConnections => self.errand(Errand::Entity(EntityKind::Connection)),
            Effect::MoveLater(id, at) => self.errand(Errand::MoveLater(id, at)),
            Effect::CancelLater(id) => self.errand(Errand::CancelLater(id)),
            Effect::SearchServer { generation, text } => {
                self.errand(Errand::Search { generation, text });
            }
            Effect::LoadRelated(id) => self.errand(Errand::Related(id)),
            Effect::LoadTemplates(id) => self.errand(Errand::Templates(id)),
            Effect::KeepView(new) => self.errand(Errand::KeepView(new, IntentId::random())),
            Effect::ChangeView(id, change) => self.errand(Errand::ChangeView(id, change)),
            Effect::Begin(outbound) => {
                self.errand(Errand::Begin(outbound, IntentId::random()));
            }
            Effect::BulkLook(bulk) => self.errand(Errand::BulkLook(*bulk)),
            Effect::BulkBegin(bulk, seen) => {
                let name = IntentId::random();
                let bulk = *bulk;
                self.errand(Errand::BulkBegin { bulk, seen, name });
            }
            Effect::BulkUndo(run) => {
                let name = IntentId::random();
                self.errand(Errand::BulkUndo { run, name });
            }
            Effect::KeepKeys { name, keys } => self.keep_keys(name, keys),
            Effect::RunCommand { command, on } => self.run_command(command, on),
            Effect::SaveAttachment { url, filename } => {
                self.errand(Errand::Attachment { url, filename });
            }
            Effect::Upload(files) => drop(self.uploads.bring(&files)),
            Effect::Attach {
                conversation_id,
                kind,
                paths,
            } => self.attach(conversation_id, kind, paths),
            Effect::ListPaths { generation, text } => self.on_disk(move || Msg::Paths {
                generation,
                entries: paths::list(&text),
            }),
            Effect::LookAtPaths {
                conversation_id,
                kind,
                text,
            } => self.on_disk(move || {
                Msg::Pasted(Pasted {
                    conversation_id,
                    kind,
                    files: paths::pasted(&text),
                    text,
                })
            }),
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

    /// Keeps recorded keys in the configuration, on the thread of the files.
    fn keep_keys(&self, name: String, keys: String) {
        let (file, news) = (self.configuration.clone(), self.news.clone());
        self.local.post(move |_| {
            let told = match config::remember_keys(&file, &name, &keys) {
                Ok(()) => Msg::Told(Level::Good, format!("Kept as {name}; g A plays it.")),
                Err(error) => Msg::Told(Level::Bad, format!("Not kept: {error}.")),
            };
            local::answer(&news, Ok(told));
        });
    }

    /// Runs a command of the agent's own beside everything else: it may take its time.
    fn run_command(&self, command: OwnCommand, on: Vec<ConversationId>) {
        let (local, news) = (self.local.clone(), self.news.clone());
        let stop = self.tasks.stopping();
        self.tasks.spawn(async move {
            let input = local.ask(move |desk| own_command::input(desk, &on)).await;
            let printed = match input {
                Ok(Ok(input)) => tokio::select! {
                    // Who leaves the program does not wait for it; it ends with us.
                    () = stop.cancelled() => return,
                    printed = own_command::run(&command, input) => printed.map_err(|it| it.to_string()),
                },
                Ok(Err(error)) => Err(error.to_string()),
                Err(closed) => Err(closed.to_string()),
            };
            // A screen that has closed needs no news.
            drop(news.send(Msg::Ran { command, printed }).await);
        });
    }

    /// Copies files that go along with a text, and tells of each.
    fn attach(&self, conversation_id: ConversationId, kind: WrittenKind, paths: Vec<String>) {
        for path in paths {
            let copies = self.copies.clone();
            self.on_disk(move || {
                let file = copies
                    .take(&paths::typed(&path))
                    .map_err(|error| format!("{path} was not attached: {error}."));
                Msg::Attached {
                    conversation_id,
                    kind,
                    file,
                }
            });
        }
    }

    /// Does what may take the disk a while, beside everything else, and tells what came of it.
    fn on_disk(&self, work: impl FnOnce() -> Msg + Send + 'static) {
        let news = self.news.clone();
        self.tasks.spawn(async move {
            match tokio::task::spawn_blocking(work).await {
                // A screen that has closed needs no news.
                Ok(told) => drop(news.send(told).await),
                Err(error) => tracing::error!(%error, "work on the disk ended badly"),
            }
        });
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
