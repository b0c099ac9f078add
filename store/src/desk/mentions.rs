//! Where a colleague named the agent, who has not looked yet.

use super::Desk;
use super::cache::Cache;
use super::standing::Number;
use crate::StoreError;
use frontdesk_protocol::entity::Mention;
use frontdesk_protocol::id::ConversationId;
use rusqlite::Result;

impl Desk {
    /// Says in which conversations the agent is named and has not looked: in these and no
    /// others. For the answer to a question about all of them.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_mentions(
        &mut self,
        conversations: &[ConversationId],
    ) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            for n in cache.mentioned()? {
                cache.mark_mentioned(n, 0)?;
            }
            for id in conversations {
                if let Some(n) = cache.number(*id)? {
                    cache.mark_mentioned(n, 1)?;
                }
            }
            Ok(())
        })
    }

    /// Says that the agent was named in a conversation.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mention(&mut self, id: ConversationId) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            let n = cache.number(id)?;
            n.map_or(Ok(()), |n| cache.mark_mentioned(n, 1))
        })
    }

    /// Says that the agent has looked where it was named in a conversation.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn see_mention(&mut self, id: ConversationId) -> std::result::Result<(), StoreError> {
        self.write(|cache| {
            let n = cache.number(id)?;
            n.map_or(Ok(()), |n| cache.mark_mentioned(n, 0))
        })
    }
}

impl Cache<'_> {
    /// Notes what the server says of the mentions of a conversation, without moving it.
    pub(crate) fn note_mentions(&self, n: Number, mentions: &[Mention]) -> Result<()> {
        let is_mentioned = mentions
            .iter()
            .any(|it| it.user_id == self.me && it.seen_at.is_none());
        self.set_mentioned(n, i64::from(is_mentioned))
    }

    pub(crate) fn mark_mentioned(&self, n: Number, is_mentioned: i64) -> Result<()> {
        self.set_mentioned(n, is_mentioned)?;
        self.stand(n)
    }

    pub(crate) fn set_mentioned(&self, n: Number, is_mentioned: i64) -> Result<()> {
        const SET: &str =
            "UPDATE conversations SET mentioned = ?2 WHERE n = ?1 AND mentioned <> ?2";
        self.db
            .prepare_cached(SET)?
            .execute((n, is_mentioned))
            .map(drop)
    }

    fn mentioned(&self) -> Result<Vec<Number>> {
        self.db
            .prepare_cached("SELECT n FROM conversations WHERE mentioned = 1")?
            .query_map([], |row| row.get(0))?
            .collect()
    }
}
