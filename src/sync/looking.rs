//! What the agent looks at, once it has been looked at for a moment: who goes through a list joins
//! nothing.

use frontdesk_protocol::id::ConversationId;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

/// How long something has to be looked at before colleagues hear of it.
const STAYS: Duration = Duration::from_millis(400);

/// What is looked at, and what the server was told of it.
#[derive(Debug)]
pub(crate) struct Looking {
    looks: watch::Receiver<Option<ConversationId>>,
    told: Option<ConversationId>,
    /// What is looked at since a moment ago, until it has been so for long enough.
    settling: Option<(Option<ConversationId>, Pin<Box<Sleep>>)>,
}

impl Looking {
    /// Follows what the screen says is looked at.
    pub(crate) fn at(looks: watch::Receiver<Option<ConversationId>>) -> Self {
        Self {
            looks,
            told: None,
            settling: None,
        }
    }

    /// Nobody has been told anything: the connection is a new one.
    pub(super) fn forget(&mut self) {
        self.told = None;
    }

    /// Waits until something else has been looked at for a moment. It may be dropped while it
    /// waits, and goes on where it was.
    pub(super) async fn settled(&mut self) -> Option<ConversationId> {
        loop {
            let now = *self.looks.borrow_and_update();
            if now == self.told {
                self.settling = None;
                self.changed().await;
                continue;
            }
            let timer = match self.settling.take() {
                Some((of, timer)) if of == now => timer,
                _ => Box::pin(sleep(STAYS)),
            };
            let (_, timer) = self.settling.insert((now, timer));
            tokio::select! {
                () = timer.as_mut() => {
                    self.settling = None;
                    self.told = now;
                    return now;
                }
                changed = self.looks.changed() => {
                    if changed.is_err() {
                        std::future::pending::<()>().await;
                    }
                }
            }
        }
    }

    async fn changed(&mut self) {
        if self.looks.changed().await.is_err() {
            // The screen is gone, and looks at nothing more.
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn only_what_is_looked_at_for_a_moment_is_told() {
        let (say, looks) = watch::channel(None);
        let mut looking = Looking::at(looks);
        let ids: Vec<ConversationId> = (0..4).map(|_| ConversationId::random()).collect();
        let hand = async {
            for id in &ids {
                say.send_replace(Some(*id));
                sleep(STAYS / 2).await;
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            told = looking.settled() => assert_eq!(told, Some(ids[3])),
            () = hand => unreachable!("it goes on for ever"),
        }
        say.send_replace(None);
        assert_eq!(looking.settled().await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_goes_on_where_it_was() {
        let (say, looks) = watch::channel(None);
        let mut looking = Looking::at(looks);
        let id = ConversationId::random();
        say.send_replace(Some(id));
        let mut told = None;
        // News comes more often than the moment lasts.
        for _ in 0..5 {
            tokio::select! {
                it = looking.settled() => { told = it; break }
                () = sleep(STAYS / 3) => {}
            }
        }
        assert_eq!(told, Some(id));
    }
}
