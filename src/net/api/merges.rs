//! Merges and what stands beside a conversation, as calls.

use super::{Api, ApiError, Call};
use frontdesk_protocol::entity::{Data, Merge, Related, ReplyTemplate};
use frontdesk_protocol::id::{ConversationId, MergeId};
use serde_json::json;

impl Api {
    /// What stands beside a conversation.
    ///
    /// # Errors
    /// When it may not be seen, or the server cannot be reached.
    pub async fn related(&mut self, id: ConversationId) -> Result<Related, ApiError> {
        let path = format!("/api/v1/conversations/{id}/related");
        let answer: Data<Related> = self.get(&path, &[]).await?;
        Ok(answer.data)
    }

    /// The texts that may be sent in a conversation although the customer has not written lately.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn templates(&mut self, id: ConversationId) -> Result<Vec<ReplyTemplate>, ApiError> {
        let path = format!("/api/v1/conversations/{id}/templates");
        let answer: Data<Vec<ReplyTemplate>> = self.get(&path, &[]).await?;
        Ok(answer.data)
    }

    /// Takes a merge back, once, however often this has to try.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn undo_merge(&mut self, id: MergeId, key: &str) -> Result<Merge, ApiError> {
        let path = format!("/api/v1/merges/{id}/undo");
        let call = Call::post(&path, json!({})).with_key(key);
        let answer: Data<Merge> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }
}
