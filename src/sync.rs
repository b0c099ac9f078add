//! Keeps the local copy what the server knows: the first copy, then every event by its number,
//! and what the agent did on its way back.

pub(crate) mod attachments;
mod beside;
pub(crate) mod errands;
mod events;
mod fill;
pub(crate) mod flush;
pub(crate) mod looking;
pub(crate) mod retention;
pub(crate) mod uploads;

use crate::clock;
use crate::local::{self, Closed, Local};
use crate::net::api::{Api, ApiError};
use crate::net::backoff;
use crate::net::live::{Live, LiveError, News};
use beside::Beside;
use errands::Errand;
use frontdesk_protocol::id::{AccountId, ConversationId, EventSeq, UserId};
use frontdesk_protocol::kind::EntityKind;
use frontdesk_protocol::time::Timestamp;
use frontdesk_store::StoreError;
use frontdesk_ui::Msg;
use frontdesk_ui::model::connection::Connection;
use looking::Looking;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

/// How many events are taken in with one write.
const EVENTS_AT_ONCE: usize = 200;

/// What the screen wants of the connection.
#[derive(Debug)]
pub(crate) enum Wish {
    /// The agent is typing in a conversation.
    Typing(ConversationId),
    /// Try now, not later.
    Now,
}

/// Whether what is here is what the server knows, so that things may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Away,
    CaughtUp,
}

/// Everything that following the server needs.
pub(crate) struct Sync {
    pub(crate) api: Api,
    pub(crate) account: AccountId,
    pub(crate) me: UserId,
    pub(crate) patience: Duration,
    /// How long a closed conversation stays here.
    pub(crate) keep_closed_days: i64,
    pub(crate) local: Local,
    pub(crate) news: mpsc::Sender<Msg>,
    pub(crate) wishes: mpsc::Receiver<Wish>,
    pub(crate) looking: Looking,
    pub(crate) errands: mpsc::Sender<Errand>,
    pub(crate) standing: watch::Sender<Standing>,
    pub(crate) outage: Outage,
}

/// How long the server has been away.
#[derive(Debug, Default)]
pub(crate) struct Outage {
    since: Option<Timestamp>,
    /// How often a copy was tried in vain.
    attempt: u32,
}

/// Why following stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SyncError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Live(#[from] LiveError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error("the server's copy of the desk makes no sense")]
    Copy,
    #[error("the server's copy of the desk was cut")]
    Cut,
}

/// What is to be done when following a while has ended.
enum Next {
    /// The server no longer has what was missed: take a new copy.
    FillAgain,
    Stop,
}

impl Sync {
    /// Follows the server until the program stops, or the server knows the agent no longer.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.keep_following() => {}
        }
    }

    async fn keep_following(&mut self) {
        loop {
            let step = self.step().await;
            self.standing.send_replace(Standing::Away);
            match step {
                Ok(Next::FillAgain) => {}
                Ok(Next::Stop) | Err(SyncError::Closed(_)) => return,
                Err(error) if is_final(&error) => {
                    tracing::warn!(%error, "signed out by the server");
                    let why = format!("{error}; {}", what_to_do(&error));
                    self.tell(Msg::Connection(Connection::SignedOut { why }))
                        .await;
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, "the copy of the desk is tried again");
                    let again_in = backoff::delay(self.outage.attempt, backoff::chance());
                    self.outage.attempt = self.outage.attempt.saturating_add(1);
                    self.tell_offline(&error.to_string(), again_in).await;
                    tokio::select! {
                        () = tokio::time::sleep(again_in) => {}
                        () = wished_now(&mut self.wishes) => {}
                    }
                }
            }
        }
    }

    async fn step(&mut self) -> Result<Next, SyncError> {
        let cursor = self.local.ask(|desk| desk.cursor()).await??;
        let cursor = match cursor {
            Some(cursor) => cursor,
            None => fill::fill(self).await?,
        };
        self.follow(cursor).await
    }

    async fn follow(&mut self, cursor: EventSeq) -> Result<Next, SyncError> {
        let mut live = Live::after(self.account, cursor, self.patience);
        let mut beside = Beside::default();
        self.looking.forget();
        loop {
            let is_at_rest = live.is_at_rest();
            let news = tokio::select! {
                news = live.next(&mut self.api) => news?,
                looked_at = self.looking.settled(), if is_at_rest => {
                    self.looks_at(&mut live, looked_at).await?;
                    continue;
                }
                wish = self.wishes.recv(), if is_at_rest => {
                    let Some(wish) = wish else { return Ok(Next::Stop) };
                    grant(&mut live, wish).await;
                    continue;
                }
            };
            match news {
                News::Event(first) => {
                    let mut arrived = vec![*first];
                    arrived.extend(live.ready(EVENTS_AT_ONCE));
                    events::take_in(self, arrived).await?;
                    if !live.is_behind() {
                        self.caught_up().await?;
                    }
                }
                News::Online => {
                    self.tell(Msg::Connection(Connection::CatchingUp)).await;
                    let first = live.ready(EVENTS_AT_ONCE);
                    events::take_in(self, first).await?;
                    if !live.is_behind() {
                        self.caught_up().await?;
                    }
                }
                News::Offline { why, again_in } => {
                    self.standing.send_replace(Standing::Away);
                    self.tell_offline(&why.to_string(), again_in).await;
                    self.tell(beside.forget()).await;
                }
                News::StartedOver { .. } => {
                    fill::fill(self).await?;
                    return Ok(Next::FillAgain);
                }
                News::Beside { event, payload } => {
                    if let Some(msg) = beside.read(&event, &payload) {
                        self.tell(msg).await;
                    }
                }
            }
        }
    }

    /// Tells colleagues what is looked at, and asks for what of its customer is not here.
    async fn looks_at(
        &mut self,
        live: &mut Live,
        conversation: Option<ConversationId>,
    ) -> Result<(), SyncError> {
        // A connection that has ended is found out by whoever listens to it.
        drop(live.watch(conversation).await);
        let Some(id) = conversation else {
            return Ok(());
        };
        let customer = self
            .local
            .ask(move |desk| local::unknown_customer(desk, id))
            .await??;
        if let Some(customer) = customer {
            // Without anybody to run errands the program is ending.
            drop(self.errands.send(Errand::Customer(customer, id)).await);
        }
        drop(self.errands.send(Errand::Related(id)).await);
        Ok(())
    }

    /// All that was missed is here: what became stale is held, the rest may go.
    async fn caught_up(&mut self) -> Result<(), SyncError> {
        if *self.standing.borrow() == Standing::CaughtUp {
            return Ok(());
        }
        let news = self.news.clone();
        self.local
            .ask(move |desk| {
                let held = desk.stale_after_catch_up()?;
                let ids: Vec<_> = held.iter().map(|it| it.conversation_id).collect();
                if !ids.is_empty() {
                    local::after(desk, &news, &ids);
                }
                Ok::<_, StoreError>(())
            })
            .await??;
        self.outage = Outage::default();
        self.standing.send_replace(Standing::CaughtUp);
        self.tell(Msg::Connection(Connection::Live)).await;
        // What an event only named may not have been fetched before the connection was lost.
        let views = Errand::Entity(EntityKind::View);
        let connections = Errand::Entity(EntityKind::Connection);
        let all = [
            Errand::OpenDrafts,
            Errand::Mentions,
            views,
            Errand::Later,
            connections,
        ];
        for errand in all {
            // Without anybody to run errands the program is ending.
            drop(self.errands.send(errand).await);
        }
        Ok(())
    }

    async fn tell_offline(&mut self, why: &str, again_in: Duration) {
        let now = clock::now();
        let since = *self.outage.since.get_or_insert(now);
        let micros = i64::try_from(again_in.as_micros()).unwrap_or(i64::MAX);
        self.tell(Msg::Connection(Connection::Offline {
            since,
            why: why.to_owned(),
            again_at: Timestamp(now.0.saturating_add(micros)),
        }))
        .await;
    }

    async fn tell(&self, msg: Msg) {
        // A screen that has closed needs no news.
        drop(self.news.send(msg).await);
    }
}

async fn grant(live: &mut Live, wish: Wish) {
    match wish {
        Wish::Now => live.hurry(),
        Wish::Typing(id) => {
            let payload = serde_json::json!({ "conversation_id": id, "typing": true });
            // That somebody types is worth telling only while it is so.
            drop(live.say("typing", &payload.to_string()).await);
        }
    }
}

/// Whether trying again would be refused again.
fn is_final(error: &SyncError) -> bool {
    match of_api(error) {
        Some(error) => matches!(
            error,
            ApiError::SignedOut | ApiError::NotAuthenticated | ApiError::NotTaken
        ),
        None => matches!(error, SyncError::Live(LiveError::NotLetIn(_))),
    }
}

fn of_api(error: &SyncError) -> Option<&ApiError> {
    match error {
        SyncError::Api(error) | SyncError::Live(LiveError::Api(error)) => Some(error),
        _ => None,
    }
}

/// What to do about an error that is final.
fn what_to_do(error: &SyncError) -> &'static str {
    match of_api(error) {
        Some(ApiError::NotTaken) => "start again with another token",
        _ => "sign in again with `frontdesk login`",
    }
}

/// Waits until the agent wants the server to be tried now.
async fn wished_now(wishes: &mut mpsc::Receiver<Wish>) {
    while let Some(wish) = wishes.recv().await {
        if matches!(wish, Wish::Now) {
            return;
        }
    }
    // Nobody is left to wish for anything.
    std::future::pending::<()>().await;
}

#[cfg(test)]
mod tests;
