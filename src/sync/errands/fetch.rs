//! What each errand asks of the server, and how the answer is kept.

use super::Errands;
use crate::clock;
use crate::local;
use crate::net::api::ApiError;
use crate::sync::{Standing, SyncError};
use frontdesk_inbox::directory::{Connections, TeamName};
use frontdesk_inbox::kept::{NewView, ViewChange};
use frontdesk_inbox::outbound::Outbound;
use frontdesk_inbox::{Directory, IntentId};
use frontdesk_protocol::entity::{
    Connection, ConversationFull, CursorPage, CustomerFull, Data, Draft, Team,
};
use frontdesk_protocol::id::{ConversationId, CustomerId, DraftId, EventSeq, ViewId};
use frontdesk_protocol::kind::{DraftState, EntityKind, Role};
use frontdesk_protocol::time::UtcStamp;
use frontdesk_store::StoreError;
use frontdesk_store::desk::Older;
use frontdesk_ui::Msg;
use frontdesk_ui::msg::Level;
use frontdesk_ui::text_safe;
use std::collections::HashSet;

/// How often a conversation is fetched when events outrun it.
const TRIES: usize = 3;

/// The states of drafts that wait for something.
const OPEN: [DraftState; 4] = [
    DraftState::Ready,
    DraftState::Edited,
    DraftState::Stale,
    DraftState::Generating,
];

/// Whether an answer was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Yes,
    /// Something newer is here already.
    Outrun,
}

impl Errands {
    /// The drafts of a conversation.
    pub(super) async fn drafts(&mut self, id: ConversationId) -> Result<(), SyncError> {
        let found = self.api.drafts(id).await?;
        self.keep_drafts(found).await
    }

    pub(super) async fn keep_drafts(&self, drafts: Vec<Draft>) -> Result<(), SyncError> {
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

    pub(super) async fn mentions(&mut self) -> Result<(), SyncError> {
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
    pub(super) async fn open_drafts(&mut self) -> Result<(), SyncError> {
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
    pub(super) async fn conversation(&mut self, id: ConversationId) -> Result<(), SyncError> {
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

    pub(super) async fn customer(
        &mut self,
        id: CustomerId,
        shown_in: ConversationId,
    ) -> Result<(), SyncError> {
        let path = format!("/api/v1/customers/{id}");
        let query = ["notes", "tags", "company", "lines"].map(|what| ("expand[]", what.to_owned()));
        let found: Data<CustomerFull> = self.api.get(&path, &query).await?;
        self.local
            .ask(move |desk| desk.put_customer(&found.data))
            .await??;
        self.show(shown_in).await
    }

    /// Shows a thread with what has come for it.
    pub(super) async fn show(&self, id: ConversationId) -> Result<(), SyncError> {
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
    pub(super) async fn entity(&mut self, kind: EntityKind) -> Result<(), SyncError> {
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
            EntityKind::View => {
                directory.views = self.api.get::<Data<_>>("/api/v1/views", &[]).await?.data;
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
            EntityKind::Connection => {
                let role = directory.user(self.me).map(|user| user.role);
                directory.connections = match role {
                    Some(Role::Admin) => self.connections().await?,
                    _ => None,
                };
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

    /// How the connections are, where this may be seen. What they are set to is of no use here.
    async fn connections(&mut self) -> Result<Option<Connections>, SyncError> {
        let path = "/api/v1/connections";
        let mut all = match self.api.get::<Data<Vec<Connection>>>(path, &[]).await {
            Ok(found) => found.data,
            Err(ApiError::Refused(_) | ApiError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        for connection in &mut all {
            connection.settings = None;
        }
        Ok(Some(Connections {
            said_at: UtcStamp(clock::now()),
            all,
        }))
    }

    /// Keeps a search as a view.
    pub(super) async fn keep_view(
        &mut self,
        new: &NewView,
        name: IntentId,
    ) -> Result<(), SyncError> {
        let kept = self.api.keep_view(new, &name.to_string()).await?;
        self.entity(EntityKind::View).await?;
        drop(self.news.send(Msg::ViewKept(kept.id)).await);
        Ok(())
    }

    /// Renames or deletes a view.
    pub(super) async fn change_view(
        &mut self,
        id: ViewId,
        change: ViewChange,
    ) -> Result<(), SyncError> {
        let words = match change {
            ViewChange::Rename(name) => {
                let view = self.api.rename_view(id, &name).await?;
                Some(format!("It is called {} now.", text_safe::line(&view.name)))
            }
            // Whoever looks at it is told that it is gone.
            ViewChange::Delete => {
                self.api.remove_view(id).await?;
                None
            }
        };
        self.entity(EntityKind::View).await?;
        if let Some(words) = words {
            drop(self.news.send(Msg::Told(Level::Good, words)).await);
        }
        Ok(())
    }

    /// What stands beside a conversation. One that is gone by now has nothing beside it.
    pub(super) async fn related(&mut self, id: ConversationId) -> Result<(), SyncError> {
        let found = match self.api.related(id).await {
            Err(ApiError::NotFound) => return Ok(()),
            found => found?,
        };
        drop(self.news.send(Msg::Related(id, Box::new(found))).await);
        Ok(())
    }

    /// The texts that may be sent in a conversation although the customer has not written lately.
    pub(super) async fn templates(&mut self, id: ConversationId) -> Result<(), SyncError> {
        let all = self.api.templates(id).await?;
        drop(self.news.send(Msg::Templates(id, all)).await);
        Ok(())
    }

    /// Begins a conversation, which opens once it is here.
    pub(super) async fn begin(
        &mut self,
        outbound: &Outbound,
        name: IntentId,
    ) -> Result<(), SyncError> {
        let begun = self
            .api
            .begin(outbound, None, &[], &name.to_string())
            .await?;
        self.conversation(begun.id).await?;
        drop(self.news.send(Msg::Begun(begun.id)).await);
        Ok(())
    }

    /// Messages that are not here. The server gives a conversation whole.
    pub(super) async fn older(
        &mut self,
        id: ConversationId,
        before: EventSeq,
    ) -> Result<(), SyncError> {
        if *self.standing.borrow() == Standing::CaughtUp {
            self.conversation(id).await?;
        }
        let news = self.news.clone();
        self.local
            .post(move |desk| local::answer(&news, local::older(desk, id, before)));
        Ok(())
    }
}
