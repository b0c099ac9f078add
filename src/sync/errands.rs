//! What has to be asked of the server beside the events, one after the other: what an event only
//! named, and what the screen wants to know.

mod queue;

use super::attachments;
use super::{Standing, SyncError};
use crate::local::{self, Local};
use crate::net::api::Api;
use frontdesk_inbox::Directory;
use frontdesk_inbox::directory::TeamName;
use frontdesk_protocol::entity::{ConversationFull, CursorPage, CustomerFull, Data, Draft, Team};
use frontdesk_protocol::id::{ConversationId, CustomerId, DraftId, EventSeq, UserId};
use frontdesk_protocol::kind::{Availability, DraftState, EntityKind};
use frontdesk_store::StoreError;
use frontdesk_store::desk::Older;
use frontdesk_ui::Msg;
use frontdesk_ui::msg::Level;
use queue::Queue;
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How often a conversation is fetched when events outrun it.
const TRIES: usize = 3;

/// The states of drafts that wait for something.
const OPEN: [DraftState; 4] = [
    DraftState::Ready,
    DraftState::Edited,
    DraftState::Stale,
    DraftState::Generating,
];

/// How long to wait when the server cannot be reached.
const PAUSE: Duration = Duration::from_secs(2);

/// Whether an answer was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Yes,
    /// Something newer is here already.
    Outrun,
}

/// Something to ask of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Errand {
    /// The drafts that wait for a decision.
    OpenDrafts,
    /// Where colleagues named the agent.
    Mentions,
    Drafts(ConversationId),
    Conversation(ConversationId),
    /// A conversation that is looked at and is not here, or not all of it.
    Thread(ConversationId),
    /// A customer with all that is known of them, for a conversation that is looked at.
    Customer(CustomerId, ConversationId),
    Entity(EntityKind),
    Older {
        conversation_id: ConversationId,
        before: EventSeq,
    },
    Availability(Availability),
    Attachment {
        url: String,
        filename: String,
    },
}

impl Errand {
    /// Whether the agent asked for it and is told when it fails. The others are tried until they
    /// succeed.
    fn is_asked(&self) -> bool {
        matches!(
            self,
            Self::Older { .. } | Self::Availability(_) | Self::Attachment { .. } | Self::Thread(_)
        )
    }

    /// Whether somebody may be looking at the place where the answer will stand.
    fn is_urgent(&self) -> bool {
        self.is_asked() || matches!(self, Self::Customer(..))
    }
}

/// Who runs errands.
pub(crate) struct Errands {
    pub(crate) api: Api,
    pub(crate) me: UserId,
    pub(crate) local: Local,
    pub(crate) news: mpsc::Sender<Msg>,
    pub(crate) errands: mpsc::Receiver<Errand>,
    pub(crate) standing: watch::Receiver<Standing>,
    pub(crate) downloads: PathBuf,
}

impl Errands {
    /// Runs errands until the program stops.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.keep_running() => {}
        }
    }

    async fn keep_running(&mut self) {
        let mut queue = Queue::default();
        loop {
            let Some(errand) = self.next(&mut queue).await else {
                return;
            };
            match self.run_one(errand.clone()).await {
                Ok(()) => {}
                Err(SyncError::Api(error)) if error.may_pass() && !errand.is_asked() => {
                    tracing::debug!(?errand, %error, "an errand waits for the server");
                    queue.add(errand);
                    tokio::select! {
                        more = self.errands.recv() => queue.extend(more),
                        () = sleep(PAUSE) => {}
                    }
                }
                Err(error) => self.failed(&errand, &error).await,
            }
        }
    }

    /// The next errand. Nothing when nobody is left to send anybody.
    async fn next(&mut self, queue: &mut Queue) -> Option<Errand> {
        while !queue.is_full() {
            match self.errands.try_recv() {
                Ok(errand) => queue.add(errand),
                Err(_) => break,
            }
        }
        match queue.take() {
            Some(errand) => Some(errand),
            None => self.errands.recv().await,
        }
    }

    async fn failed(&self, errand: &Errand, error: &SyncError) {
        tracing::warn!(?errand, %error, "an errand failed");
        let what = match errand {
            Errand::Attachment { .. } => "Saving the attachment failed",
            Errand::Availability(_) => "Your availability could not be changed",
            Errand::Older { .. } => "Older messages cannot be fetched",
            Errand::Thread(_) => "The conversation cannot be fetched",
            // The rest comes again with the next event, or is looked for again.
            _ => return,
        };
        let told = Msg::Told(Level::Bad, format!("{what}: {error}."));
        drop(self.news.send(told).await);
    }

    async fn run_one(&mut self, errand: Errand) -> Result<(), SyncError> {
        match errand {
            Errand::OpenDrafts => self.open_drafts().await,
            Errand::Drafts(id) => {
                let query = [("conversation_id", id.to_string())];
                let found: Data<Vec<Draft>> = self.api.get("/api/v1/drafts", &query).await?;
                self.keep_drafts(found.data).await
            }
            Errand::Mentions => self.mentions().await,
            Errand::Conversation(id) => self.conversation(id).await,
            Errand::Thread(id) => {
                self.conversation(id).await?;
                self.show(id).await
            }
            Errand::Customer(id, shown_in) => self.customer(id, shown_in).await,
            Errand::Entity(kind) => self.entity(kind).await,
            Errand::Older {
                conversation_id,
                before,
            } => self.older(conversation_id, before).await,
            Errand::Availability(to) => {
                let body = serde_json::json!({ "availability": to });
                self.api.put("/api/v1/me/availability", body).await?;
                let words = format!("You are {to} now.");
                drop(self.news.send(Msg::Told(Level::Good, words)).await);
                Ok(())
            }
            Errand::Attachment { url, filename } => {
                let path =
                    attachments::save(&mut self.api, &url, &filename, &self.downloads).await?;
                let words = format!("Saved as {}.", path.display());
                drop(self.news.send(Msg::Told(Level::Good, words)).await);
                Ok(())
            }
        }
    }

    async fn keep_drafts(&self, drafts: Vec<Draft>) -> Result<(), SyncError> {
        let news = self.news.clone();
        let kept = self.local.ask(move |desk| {
            let mut ids: Vec<ConversationId> = drafts.iter().map(|it| it.conversation_id).collect();
            ids.dedup();
            for draft in &drafts {
                desk.put_draft(draft)?;
            }
            local::after(desk, &news, &ids);
            Ok::<_, StoreError>(())
        });
        Ok(kept.await??)
    }

    async fn mentions(&mut self) -> Result<(), SyncError> {
        let query = [
            ("mentioning", "me".to_owned()),
            ("has_seen_mention", "false".to_owned()),
            ("limit", "50".to_owned()),
        ];
        let found: CursorPage<ConversationFull> =
            self.api.get("/api/v1/conversations", &query).await?;
        let news = self.news.clone();
        let kept = self.local.ask(move |desk| {
            let ids: Vec<ConversationId> = found.data.iter().map(|it| it.id).collect();
            for id in &ids {
                desk.mention(*id)?;
            }
            local::after(desk, &news, &ids);
            Ok::<_, StoreError>(())
        });
        Ok(kept.await??)
    }

    /// All drafts that wait for something. One that was open here and is not named any more was
    /// decided.
    async fn open_drafts(&mut self) -> Result<(), SyncError> {
        let known = self.local.ask(|desk| desk.open_drafts()).await??;
        let mut open = Vec::new();
        for state in OPEN {
            let query = [("state", state.as_str().to_owned())];
            let found: Data<Vec<Draft>> = self.api.get("/api/v1/drafts", &query).await?;
            open.extend(found.data);
        }
        let named: HashSet<DraftId> = open.iter().map(|draft| draft.id).collect();
        let decided: Vec<DraftId> = known.into_iter().filter(|it| !named.contains(it)).collect();
        let forgotten = self
            .local
            .ask(move |desk| decided.into_iter().try_for_each(|id| desk.forget_draft(id)));
        forgotten.await??;
        self.keep_drafts(open).await
    }

    /// Fetches a conversation whole, again while events tell of something newer than the answer.
    async fn conversation(&mut self, id: ConversationId) -> Result<(), SyncError> {
        let path = format!("/api/v1/conversations/{id}");
        for _ in 0..TRIES {
            let found: Data<ConversationFull> = self.api.get(&path, &[]).await?;
            let news = self.news.clone();
            let kept = self.local.ask(move |desk| {
                let here = desk.rows(&[id])?;
                let is_outrun = here.iter().any(|row| {
                    let (here, found) = (&row.conversation, &found.data);
                    here.version > found.version || here.last_message_seq > found.last_message_seq
                });
                if is_outrun {
                    return Ok(Kept::Outrun);
                }
                desk.put_conversations(&[found.data])?;
                // The server gives all messages, so there are no older ones.
                desk.put_messages(id, &[], Older::None)?;
                local::after(desk, &news, &[id]);
                Ok::<_, StoreError>(Kept::Yes)
            });
            if kept.await?? == Kept::Yes {
                return Ok(());
            }
        }
        // Events tell all that happens in so lively a conversation.
        Ok(())
    }

    async fn customer(
        &mut self,
        id: CustomerId,
        shown_in: ConversationId,
    ) -> Result<(), SyncError> {
        let path = format!("/api/v1/customers/{id}");
        let query = ["notes", "tags", "company"].map(|what| ("expand[]", what.to_owned()));
        let found: Data<CustomerFull> = self.api.get(&path, &query).await?;
        self.local
            .ask(move |desk| desk.put_customer(&found.data))
            .await??;
        self.show(shown_in).await
    }

    /// Shows a thread with what has come for it.
    async fn show(&self, id: ConversationId) -> Result<(), SyncError> {
        if let Some(thread) = self
            .local
            .ask(move |desk| local::thread(desk, id))
            .await??
        {
            // A screen that has closed needs no news.
            drop(self.news.send(Msg::Thread(Box::new(thread))).await);
        }
        Ok(())
    }

    /// Fetches one kind of shared things anew.
    async fn entity(&mut self, kind: EntityKind) -> Result<(), SyncError> {
        let held = self.local.ask(|desk| desk.directory().clone()).await?;
        let mut directory = Directory {
            me: self.me,
            ..held
        };
        match kind {
            EntityKind::User => {
                directory.users = self.api.get::<Data<_>>("/api/v1/users", &[]).await?.data;
            }
            EntityKind::Tag => {
                directory.tags = self.api.get::<Data<_>>("/api/v1/tags", &[]).await?.data;
            }
            EntityKind::Inbox => {
                directory.inboxes = self.api.get::<Data<_>>("/api/v1/inboxes", &[]).await?.data;
            }
            EntityKind::CannedResponse => {
                let path = "/api/v1/canned_responses";
                directory.canned_responses = self.api.get::<Data<_>>(path, &[]).await?.data;
            }
            EntityKind::Team => {
                let teams: Data<Vec<Team>> = self.api.get("/api/v1/teams", &[]).await?;
                let name = |team: Team| TeamName {
                    id: team.id,
                    name: team.name,
                };
                directory.teams = teams.data.into_iter().map(name).collect();
            }
            _ => return Ok(()),
        }
        let told = directory.clone();
        self.local
            .ask(move |desk| desk.put_directory(&directory))
            .await??;
        drop(self.news.send(Msg::Directory(Box::new(told))).await);
        Ok(())
    }

    /// Messages that are not here. The server gives a conversation whole.
    async fn older(&mut self, id: ConversationId, before: EventSeq) -> Result<(), SyncError> {
        if *self.standing.borrow() == Standing::CaughtUp {
            self.conversation(id).await?;
        }
        let news = self.news.clone();
        self.local
            .post(move |desk| local::answer(&news, local::older(desk, id, before)));
        Ok(())
    }
}
