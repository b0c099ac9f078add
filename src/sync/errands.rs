//! What has to be asked of the server beside the events, one after the other: what an event only
//! named, and what the screen wants to know.

mod assist;
mod bulk;
mod fetch;
mod later;
mod queue;
mod search;

use super::attachments;
use super::{Standing, SyncError};
use crate::local::Local;
use crate::net::api::Api;
use frontdesk_inbox::IntentId;
use frontdesk_inbox::kept::{NewView, ViewChange};
use frontdesk_inbox::outbound::Outbound;
use frontdesk_protocol::id::{
    BulkRunId, ConversationId, CustomerId, EventSeq, ScheduledReplyId, UserId, ViewId,
};
use frontdesk_protocol::kind::{Availability, EntityKind};
use frontdesk_protocol::time::Timestamp;
use frontdesk_ui::Msg;
use frontdesk_ui::model::assist::Assist;
use frontdesk_ui::model::bulk::Bulk;
use frontdesk_ui::msg::Level;
use queue::Queue;
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How long to wait when the server cannot be reached.
const PAUSE: Duration = Duration::from_secs(2);

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
    /// Have an AI do something, under a name by which it is done once.
    Assist(Assist, IntentId),
    /// What goes out later.
    Later,
    MoveLater(ScheduledReplyId, Timestamp),
    CancelLater(ScheduledReplyId),
    /// Look for something on the server; a newer search takes its place.
    Search {
        generation: u64,
        text: String,
    },
    /// What stands beside a conversation that is looked at.
    Related(ConversationId),
    /// The texts that may be sent in a conversation.
    Templates(ConversationId),
    /// Keep a search as a view, under a name by which it is kept once.
    KeepView(NewView, IntentId),
    ChangeView(ViewId, ViewChange),
    /// Begin a conversation, under a name by which it is begun once.
    Begin(Outbound, IntentId),
    BulkLook(Bulk),
    /// Begin it, under a name by which it is begun once.
    BulkBegin {
        bulk: Bulk,
        seen: EventSeq,
        name: IntentId,
    },
    BulkUndo {
        run: BulkRunId,
        name: IntentId,
    },
    /// A run is further.
    BulkRun(BulkRunId),
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
            Self::Older { .. }
                | Self::Availability(_)
                | Self::Begin(..)
                | Self::Templates(_)
                | Self::KeepView(..)
                | Self::ChangeView(..)
                | Self::MoveLater(..)
                | Self::CancelLater(_)
                | Self::Attachment { .. }
                | Self::Thread(_)
                | Self::Assist(..)
                | Self::BulkLook(_)
                | Self::BulkBegin { .. }
                | Self::BulkUndo { .. }
        )
    }

    /// Whether somebody may be looking at the place where the answer will stand.
    fn is_urgent(&self) -> bool {
        self.is_asked()
            || matches!(
                self,
                Self::Customer(..) | Self::Related(_) | Self::Search { .. }
            )
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
    /// The runs that were begun from here.
    pub(crate) runs: Vec<BulkRunId>,
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
                // What was found here stands in the box; the agent goes on without the server.
                Err(error) if matches!(errand, Errand::Search { .. }) => {
                    tracing::debug!(%error, "the server finds nothing");
                }
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
            Errand::MoveLater(..) => "The time could not be changed",
            Errand::CancelLater(_) => "It is not known whether it is taken back",
            Errand::KeepView(..) => "The view could not be kept",
            Errand::ChangeView(..) => "The view could not be changed",
            Errand::Begin(..) => "The conversation could not be begun",
            Errand::BulkLook(_) => "The server cannot count them",
            Errand::BulkBegin { .. } => "It is not known whether the server has begun",
            Errand::BulkUndo { .. } => "It is not known whether it is taken back",
            Errand::Thread(_) => "The conversation cannot be fetched",
            Errand::Assist(wanted, _) => assist::what(wanted),
            // The rest comes again with the next event, or is looked for again.
            _ => return,
        };
        let told = Msg::Told(Level::Bad, format!("{what}: {error}."));
        drop(self.news.send(told).await);
    }

    async fn run_one(&mut self, errand: Errand) -> Result<(), SyncError> {
        match errand {
            Errand::OpenDrafts => self.open_drafts().await,
            Errand::Drafts(id) => self.drafts(id).await,
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
            Errand::Assist(wanted, name) => self.assist(wanted, name).await,
            Errand::Later => self.later().await,
            Errand::MoveLater(id, at) => self.move_later(id, at).await,
            Errand::CancelLater(id) => self.cancel_later(id).await,
            Errand::Search { generation, text } => self.search(generation, &text).await,
            Errand::KeepView(new, name) => self.keep_view(&new, name).await,
            Errand::ChangeView(id, change) => self.change_view(id, change).await,
            Errand::Related(id) => self.related(id).await,
            Errand::Templates(id) => self.templates(id).await,
            Errand::Begin(outbound, name) => self.begin(&outbound, name).await,
            Errand::BulkLook(bulk) => self.bulk_look(bulk).await,
            Errand::BulkBegin { bulk, seen, name } => self.bulk_begin(bulk, seen, name).await,
            Errand::BulkUndo { run, name } => self.bulk_undo(run, name).await,
            Errand::BulkRun(id) => self.bulk_further(id).await,
            Errand::Attachment { url, filename } => {
                let path =
                    attachments::save(&mut self.api, &url, &filename, &self.downloads).await?;
                let words = format!("Saved as {}.", path.display());
                drop(self.news.send(Msg::Told(Level::Good, words)).await);
                Ok(())
            }
        }
    }
}
