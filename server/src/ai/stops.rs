//! Drafts that are being written, so that an agent can stop one.

use frontdesk_domain::ConversationId;
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio_util::sync::CancellationToken;

/// The drafts this server writes now, by their conversations.
#[derive(Debug, Default)]
pub(crate) struct Stops(Mutex<HashMap<ConversationId, CancellationToken>>);

/// What a draft is stopped by while it is written; forgotten when it is dropped.
pub(super) struct Stop<'a> {
    stops: &'a Stops,
    id: ConversationId,
    token: CancellationToken,
}

impl Stops {
    /// One begins.
    pub(super) fn begin(&self, id: ConversationId) -> Stop<'_> {
        let token = CancellationToken::new();
        self.0.lock().insert(id, token.clone());
        Stop {
            stops: self,
            id,
            token,
        }
    }

    /// Stops what is written in a conversation, if anything is.
    pub(crate) fn stop(&self, id: ConversationId) {
        if let Some(token) = self.0.lock().get(&id) {
            token.cancel();
        }
    }
}

impl Stop<'_> {
    /// Waits until somebody wants it stopped.
    pub(super) async fn wanted(&self) {
        self.token.cancelled().await;
    }
}

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.stops.0.lock().remove(&self.id);
    }
}
