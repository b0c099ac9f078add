//! Sends what the agent did: in order within a conversation, several conversations at a time,
//! and each thing once however often it has to be sent.

use super::Standing;
use super::uploads::{Brought, Uploads};
use crate::clock;
use crate::local::{self, Closed, Local};
use crate::net::api::{Api, ApiError, Done};
use crate::net::backoff;
use frontdesk_inbox::{IntentId, OutState, Queued};
use frontdesk_protocol::time::Timestamp;
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::Msg;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How many conversations are sent to at the same time.
const AT_ONCE: usize = 4;

/// Who sends.
pub(crate) struct Flush {
    pub(crate) api: Api,
    pub(crate) local: Local,
    pub(crate) news: mpsc::Sender<Msg>,
    /// Something may be sent now that could not before.
    pub(crate) nudge: Arc<Notify>,
    pub(crate) standing: watch::Receiver<Standing>,
    pub(crate) uploads: Uploads,
}

/// What came of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Somebody wrote meanwhile; the agent decides.
    Held,
    Refused(String),
    /// The server could not be reached or has no time. It waits, at least so long if the server
    /// said how long.
    NotYet(Option<Duration>),
}

/// How sending everything went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    /// There is nothing that may be sent now; the next hold ends then.
    Through(Option<Timestamp>),
    /// Something has to be tried again, after this time if the server said so.
    Again(Option<Duration>),
}

impl Flush {
    /// Sends until the program stops. What is on its way then is sent again next time, under its
    /// old name.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.keep_sending() => {}
        }
    }

    async fn keep_sending(&mut self) {
        let mut attempt = 0;
        loop {
            let Ok(round) = self.send_all().await else {
                return;
            };
            let pause = match round {
                Round::Through(next_hold) => {
                    attempt = 0;
                    next_hold.map(until)
                }
                Round::Again(asked) => {
                    let delay = backoff::delay(attempt, backoff::chance());
                    attempt = attempt.saturating_add(1);
                    Some(delay.max(asked.unwrap_or_default()))
                }
            };
            let is_pausing = pause.is_some();
            tokio::select! {
                () = self.nudge.notified() => {}
                changed = self.standing.changed() => {
                    if changed.is_err() { return }
                    // What failed on the old line says nothing about this one.
                    attempt = 0;
                }
                () = sleep(pause.unwrap_or_default()), if is_pausing => {}
            }
        }
    }

    /// Sends all that may be sent. Where one conversation waits long for its answer, the others go on.
    async fn send_all(&self) -> Result<Round, Closed> {
        let mut under_way = FuturesUnordered::new();
        let mut again = None;
        loop {
            let mut next_hold = None;
            if again.is_none() && under_way.len() < AT_ONCE {
                let (ready, hold) = self.ready().await?;
                let free = AT_ONCE - under_way.len();
                under_way.extend(ready.into_iter().take(free).map(|id| self.send_one(id)));
                next_hold = hold;
            }
            if under_way.is_empty() {
                return Ok(again.map_or(Round::Through(next_hold), Round::Again));
            }
            tokio::select! {
                Some(outcome) = under_way.next() => {
                    if let Outcome::NotYet(asked) = outcome? {
                        again = again.max(Some(asked));
                    }
                }
                () = self.nudge.notified() => {}
                () = sleep(next_hold.map(until).unwrap_or_default()), if next_hold.is_some() => {}
            }
        }
    }

    /// What may be sent now, and when the next hold ends.
    async fn ready(&self) -> Result<(Vec<IntentId>, Option<Timestamp>), Closed> {
        let now = clock::now();
        let (ready, waiting) = self
            .local
            .ask(move |desk| (desk.next_to_send(now), desk.waiting()))
            .await?;
        let holds = waiting.iter().filter_map(|it| it.hold_until);
        let next_hold = holds.filter(|until| *until > now).min();
        if *self.standing.borrow() == Standing::Away {
            return Ok((Vec::new(), next_hold));
        }
        let ready = self.with_files(ready).await?;
        Ok((ready.into_iter().map(|it| it.id).collect(), next_hold))
    }

    /// Those whose files the server has. Whoever waits for one is sent when it is there; words
    /// whose file the server does not take are kept where the agent can mend them.
    async fn with_files(&self, ready: Vec<Queued>) -> Result<Vec<Queued>, Closed> {
        let mut can_go = Vec::with_capacity(ready.len());
        for queued in ready {
            match self.uploads.bring(&queued.files) {
                Brought::All => can_go.push(queued),
                Brought::NotYet => {}
                Brought::Refused(reason) => self.refused(queued, reason).await?,
            }
        }
        Ok(can_go)
    }

    async fn refused(&self, queued: Queued, reason: String) -> Result<(), Closed> {
        self.uploads.forget(&queued.files);
        let error = ApiError::Refused(reason.clone());
        let id = queued.id;
        match self.settle(queued, Err(error)).await? {
            Ok(_) => {
                // A screen that has closed needs no news.
                drop(self.news.send(Msg::Refused { id, reason }).await);
            }
            Err(error) => drop(not_kept(&error)),
        }
        Ok(())
    }

    async fn send_one(&self, id: IntentId) -> Result<Outcome, Closed> {
        let begun = self.local.ask(move |desk| desk.begin_sending(id));
        let queued = match begun.await? {
            Ok(Some(queued)) => queued,
            // It was taken back, or somebody wrote meanwhile.
            Ok(None) => return Ok(Outcome::Done),
            Err(error) => return Ok(not_kept(&error)),
        };
        let files = queued.files.clone();
        let answer = self.api.clone().carry_out(&queued).await;
        let outcome = match self.settle(queued, answer).await? {
            Ok(outcome) => outcome,
            Err(error) => return Ok(not_kept(&error)),
        };
        let told = match &outcome {
            Outcome::Done => Msg::Confirmed(id),
            Outcome::Refused(reason) => Msg::Refused {
                id,
                reason: reason.clone(),
            },
            Outcome::Held | Outcome::NotYet(_) => return Ok(outcome),
        };
        self.uploads.forget(&files);
        // A screen that has closed needs no news.
        drop(self.news.send(told).await);
        Ok(outcome)
    }

    /// Keeps what the server answered, and shows it.
    async fn settle(
        &self,
        queued: Queued,
        answer: Result<Done, ApiError>,
    ) -> Result<Result<Outcome, StoreError>, Closed> {
        let news = self.news.clone();
        let settled = self.local.ask(move |desk| {
            let settled = settle(desk, &queued, answer);
            let outcome = settled.inspect_err(|_| desk.lose_answer(queued.id))?;
            local::after(desk, &news, &[queued.conversation_id]);
            Ok(outcome)
        });
        settled.await
    }
}

fn until(moment: Timestamp) -> Duration {
    let micros = moment.0.saturating_sub(clock::now().0).max(0);
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

/// The local files cannot be written now. What was sent is sent again later, under its name.
fn not_kept(error: &StoreError) -> Outcome {
    tracing::error!(%error, "what is sent could not be written down");
    Outcome::NotYet(None)
}

/// Keeps what the server answered.
fn settle(
    desk: &mut Desk,
    queued: &Queued,
    answer: Result<Done, ApiError>,
) -> Result<Outcome, StoreError> {
    let id = queued.id;
    match answer {
        Ok(done) => {
            desk.confirmed(id, done.conversation.as_ref(), done.message.as_ref())?;
            Ok(Outcome::Done)
        }
        Err(ApiError::Stale { newer, .. }) => {
            desk.set_state(id, OutState::Held { newer })?;
            Ok(Outcome::Held)
        }
        Err(error) if error.may_come_later() => {
            let state = if error.is_unsure() {
                OutState::Unsure
            } else {
                OutState::Waiting
            };
            desk.set_state(id, state)?;
            Ok(Outcome::NotYet(error.again_in()))
        }
        Err(error) => {
            let reason = error.to_string();
            // Words are kept where the agent can mend them; everything else is put back as it was.
            if queued.command.has_words() {
                let reason = reason.clone();
                desk.set_state(id, OutState::Failed { reason })?;
            } else {
                desk.drop_intent(id)?;
            }
            Ok(Outcome::Refused(reason))
        }
    }
}
