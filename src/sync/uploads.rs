//! Brings the files of messages to the server, one after the other, beside everything else: a
//! large file on a slow line holds up nothing but its own message.

use super::Standing;
use crate::net::api::Api;
use crate::net::backoff;
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use frontdesk_store::Copies;
use frontdesk_ui::Msg;
use frontdesk_ui::model::uploads::Upload;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How many files may wait.
const WAITING: usize = 256;

/// Asks for files to be brought, and knows which have been.
#[derive(Debug, Clone)]
pub(crate) struct Uploads {
    wanted: mpsc::Sender<Enclosure>,
    fates: Fates,
}

/// What has become of each file that was asked for.
type Fates = Arc<Mutex<HashMap<FileId, Fate>>>;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    Wanted,
    There,
    Refused(String),
}

/// How the files of one message are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Brought {
    All,
    NotYet,
    /// The server does not take one of them.
    Refused(String),
}

/// Who brings them.
pub(crate) struct Uploader {
    pub(crate) api: Api,
    pub(crate) copies: Copies,
    pub(crate) news: mpsc::Sender<Msg>,
    /// A message may be sent now that could not before.
    pub(crate) nudge: Arc<Notify>,
    pub(crate) standing: watch::Receiver<Standing>,
    wanted: mpsc::Receiver<Enclosure>,
    fates: Fates,
}

impl Uploads {
    /// Who asks, and what it takes to make who brings.
    pub(crate) fn new(
        api: Api,
        copies: Copies,
        news: mpsc::Sender<Msg>,
        nudge: Arc<Notify>,
        standing: watch::Receiver<Standing>,
    ) -> (Self, Uploader) {
        let (wanted, asked) = mpsc::channel(WAITING);
        let fates = Fates::default();
        let uploader = Uploader {
            api,
            copies,
            news,
            nudge,
            standing,
            wanted: asked,
            fates: Arc::clone(&fates),
        };
        (Self { wanted, fates }, uploader)
    }

    /// Has files brought that were not asked for before, and says how all of them are.
    pub(crate) fn bring(&self, files: &[Enclosure]) -> Brought {
        let mut fates = self.fates.lock();
        let mut brought = Brought::All;
        for file in files {
            match fates.get(&file.id) {
                Some(Fate::There) => {}
                Some(Fate::Wanted) => brought = Brought::NotYet,
                Some(Fate::Refused(why)) => return Brought::Refused(why.clone()),
                None => {
                    // Where too many wait, it is asked for again when one of them is there.
                    if self.wanted.try_send(file.clone()).is_ok() {
                        fates.insert(file.id, Fate::Wanted);
                    }
                    brought = Brought::NotYet;
                }
            }
        }
        brought
    }

    /// Forgets what became of files: the server may not have them any more, or may take them now.
    pub(crate) fn forget(&self, files: &[Enclosure]) {
        let mut fates = self.fates.lock();
        for file in files {
            if fates.get(&file.id) != Some(&Fate::Wanted) {
                fates.remove(&file.id);
            }
        }
    }
}

impl Uploader {
    /// Brings files until the program stops.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.keep_bringing() => {}
        }
    }

    async fn keep_bringing(&mut self) {
        while let Some(file) = self.wanted.recv().await {
            let (fate, shown) = match self.bring(&file).await {
                Ok(()) => (Fate::There, Upload::There),
                Err(why) => (Fate::Refused(why.clone()), Upload::Refused(why)),
            };
            self.fates.lock().insert(file.id, fate);
            self.nudge.notify_one();
            // A screen that has closed needs no news.
            drop(self.news.send(Msg::Upload(file.id, shown)).await);
        }
    }

    /// Brings one file, however often the line breaks; an error is the server's own no.
    async fn bring(&mut self, file: &Enclosure) -> Result<(), String> {
        let mut attempt = 0;
        loop {
            let (news, id) = (self.news.clone(), file.id);
            // What is told next is newer, so a full channel loses nothing.
            let told = move |gone| drop(news.try_send(Msg::Upload(id, Upload::Gone(gone))));
            let path = self.copies.path(file.id);
            let error = match self.api.bring(file, &path, told).await {
                Ok(()) => return Ok(()),
                Err(error) if error.may_come_later() => error,
                Err(error) => return Err(error.to_string()),
            };
            tracing::debug!(%error, "a file waits for the server");
            drop(self.news.send(Msg::Upload(id, Upload::Waits)).await);
            let delay = backoff::delay(attempt, backoff::chance());
            attempt = attempt.saturating_add(1);
            self.pause(delay.max(error.again_in().unwrap_or_default()))
                .await;
        }
    }

    /// Waits so long, or until the server is heard of.
    async fn pause(&mut self, delay: Duration) {
        tokio::select! {
            () = sleep(delay) => {}
            changed = self.standing.changed() => {
                // The end of the program comes by itself.
                if changed.is_err() { sleep(delay).await; }
            }
        }
    }
}
