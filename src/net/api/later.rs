//! Replies that go out by the clock, as calls.

use super::{Api, ApiError, Call};
use frontdesk_protocol::entity::{Data, ScheduledReply};
use frontdesk_protocol::id::{ConversationId, EventSeq, ScheduledReplyId};
use frontdesk_protocol::time::UtcStamp;
use serde_json::json;

const PATH: &str = "/api/v1/scheduled_replies";

impl Api {
    /// What waits for its time, or is held.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn later(&mut self) -> Result<Vec<ScheduledReply>, ApiError> {
        let found: Data<Vec<ScheduledReply>> = self.get(PATH, &[]).await?;
        Ok(found.data)
    }

    /// Keeps a reply for its time. Under one `key` it is kept once.
    ///
    /// # Errors
    /// [`ApiError::Stale`] when something was written that its writer had not seen.
    pub async fn send_later(
        &mut self,
        conversation: ConversationId,
        body: &str,
        at: UtcStamp,
        seen: Option<EventSeq>,
        key: &str,
    ) -> Result<ScheduledReply, ApiError> {
        let reply = json!({
            "conversation_id": conversation, "body": body, "send_at": at, "seen_seq": seen,
        });
        let call = Call::post(PATH, json!({ "scheduled_reply": reply })).with_key(key);
        let answer: Data<ScheduledReply> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Lets it go out at another time.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses it.
    pub async fn move_later(
        &mut self,
        id: ScheduledReplyId,
        at: UtcStamp,
    ) -> Result<ScheduledReply, ApiError> {
        let path = format!("{PATH}/{id}");
        let body = json!({ "scheduled_reply": { "send_at": at } });
        let answer: Data<ScheduledReply> = self.call(&Call::put(&path, body)).await?.read()?;
        Ok(answer.data)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// When the server cannot be reached, or it has gone out already.
    pub async fn cancel_later(&mut self, id: ScheduledReplyId) -> Result<(), ApiError> {
        let path = format!("{PATH}/{id}");
        self.call(&Call::delete(&path)).await.map(drop)
    }
}
