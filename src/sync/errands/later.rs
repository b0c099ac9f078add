//! What goes out later, as the server has it.

use super::Errands;
use crate::net::api::ApiError;
use crate::sync::SyncError;
use frontdesk_protocol::id::{ConversationId, ScheduledReplyId};
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use frontdesk_ui::Msg;
use frontdesk_ui::msg::{Level, Planned};
use std::collections::HashMap;

impl Errands {
    /// Tells the screen what waits, with whom each is for.
    pub(super) async fn later(&mut self) -> Result<(), SyncError> {
        let replies = self.api.later().await?;
        let ids: Vec<ConversationId> = replies.iter().map(|it| it.conversation_id).collect();
        let rows = self.local.ask(move |desk| desk.rows(&ids)).await??;
        let names: HashMap<ConversationId, String> = rows
            .into_iter()
            .map(|row| (row.id(), row.customer))
            .collect();
        let planned = replies.into_iter().map(|reply| {
            let customer = names.get(&reply.conversation_id).cloned();
            Planned {
                customer: customer.unwrap_or_else(|| "a conversation".to_owned()),
                reply,
            }
        });
        drop(self.news.send(Msg::Later(planned.collect())).await);
        Ok(())
    }

    pub(super) async fn move_later(
        &mut self,
        id: ScheduledReplyId,
        at: Timestamp,
    ) -> Result<(), SyncError> {
        self.api.move_later(id, UtcStamp(at)).await?;
        self.done("It goes out at the other time.").await
    }

    pub(super) async fn cancel_later(&mut self, id: ScheduledReplyId) -> Result<(), SyncError> {
        match self.api.cancel_later(id).await {
            Ok(()) => self.done("It is taken back and does not go out.").await,
            Err(ApiError::NotFound) => {
                let words = "It has gone out already, or somebody took it back.".to_owned();
                drop(self.news.send(Msg::Told(Level::Bad, words)).await);
                self.later().await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn done(&mut self, words: &str) -> Result<(), SyncError> {
        let told = Msg::Told(Level::Good, words.to_owned());
        drop(self.news.send(told).await);
        self.later().await
    }
}
