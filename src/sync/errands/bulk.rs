//! What the server does to many conversations for this agent: counted, begun, followed, taken back.

use super::Errands;
use crate::net::api::Deed;
use crate::sync::SyncError;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::entity::BulkRun;
use frontdesk_protocol::id::{BulkRunId, EventSeq};
use frontdesk_ui::Msg;
use frontdesk_ui::model::bulk::Bulk;
use std::time::Duration;
use tokio::time::sleep;

/// How often it is tried before somebody must look: under its name it is done once.
const TRIES: usize = 3;
/// How long to wait before it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

impl Errands {
    pub(super) async fn bulk_look(&mut self, bulk: Bulk) -> Result<(), SyncError> {
        let ahead = self.api.bulk_preview(&bulk.query).await?;
        drop(self.news.send(Msg::BulkAhead(bulk, ahead)).await);
        Ok(())
    }

    pub(super) async fn bulk_begin(
        &mut self,
        bulk: Bulk,
        seen: EventSeq,
        name: IntentId,
    ) -> Result<(), SyncError> {
        let deed = Deed {
            commands: vec![bulk.command],
            ..Deed::default()
        };
        let key = name.to_string();
        let mut tries = 1;
        let run = loop {
            let begun = self.api.bulk_begin(&bulk.query, &deed, seen, &key).await;
            match begun {
                Err(error) if error.may_pass() && tries < TRIES => sleep(PAUSE).await,
                answered => break answered?,
            }
            tries += 1;
        };
        self.begun(run, bulk.words).await
    }

    pub(super) async fn bulk_undo(
        &mut self,
        run: BulkRunId,
        name: IntentId,
    ) -> Result<(), SyncError> {
        let (key, mut tries) = (name.to_string(), 1);
        let run = loop {
            match self.api.bulk_undo(run, &key).await {
                Err(error) if error.may_pass() && tries < TRIES => sleep(PAUSE).await,
                answered => break answered?,
            }
            tries += 1;
        };
        self.begun(run, "as they were before".to_owned()).await
    }

    /// It may be over before its events are here, so it is asked once at the beginning.
    async fn begun(&mut self, run: BulkRun, words: String) -> Result<(), SyncError> {
        let id = run.id;
        self.runs.push(id);
        drop(self.news.send(Msg::BulkBegun(run, words)).await);
        self.bulk_further(id).await
    }

    /// Asks how far a run is that was begun from here; others are their agents' business.
    pub(super) async fn bulk_further(&mut self, id: BulkRunId) -> Result<(), SyncError> {
        if !self.runs.contains(&id) {
            return Ok(());
        }
        let run = self.api.bulk_run(id).await?;
        if run.finished_at.is_some() {
            self.runs.retain(|it| *it != id);
        }
        drop(self.news.send(Msg::Bulk(run)).await);
        Ok(())
    }
}
