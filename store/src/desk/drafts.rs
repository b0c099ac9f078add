//! What an AI proposes, and the mark a list shows of it.

use super::Desk;
use super::cache::Cache;
use super::read::{json, to_json, uuid};
use crate::StoreError;
use frontdesk_inbox::DraftMark;
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::{ConversationId, DraftId};
use rusqlite::{OptionalExtension as _, Result, params};

impl Desk {
    /// Keeps a draft, unless a newer version of it is here.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_draft(&mut self, draft: &Draft) -> std::result::Result<(), StoreError> {
        self.write(|cache| cache.keep_draft(draft))
    }

    /// Forgets a draft that the server does not have any more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_draft(&mut self, id: DraftId) -> std::result::Result<(), StoreError> {
        self.write(|cache| cache.forget_draft(id))
    }

    /// The drafts that wait for something, as far as is known here: what to ask for again after
    /// a snapshot, which does not tell of drafts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_drafts(&self) -> std::result::Result<Vec<DraftId>, StoreError> {
        let read = || {
            self.db
                .prepare_cached("SELECT id FROM drafts WHERE mark <> 0")?
                .query_map([], |row| uuid(row, 0).map(DraftId))?
                .collect::<Result<_>>()
        };
        read().map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

impl Cache<'_> {
    /// The newest draft of a conversation that waits for something.
    pub(crate) fn draft(&self, conversation: ConversationId) -> Result<Option<Draft>> {
        const NEWEST: &str = "SELECT draft FROM drafts
            WHERE conversation = ?1 AND mark <> 0 ORDER BY made_at DESC LIMIT 1";
        self.db
            .prepare_cached(NEWEST)?
            .query_row([conversation.as_bytes()], |row| json(row, 0))
            .optional()
    }

    /// The mark of the newest draft of a conversation that waits for something.
    pub(crate) fn draft_mark(&self, conversation: ConversationId) -> Result<DraftMark> {
        const NEWEST: &str = "SELECT mark FROM drafts
            WHERE conversation = ?1 AND mark <> 0 ORDER BY made_at DESC LIMIT 1";
        let found = self
            .db
            .prepare_cached(NEWEST)?
            .query_row([conversation.as_bytes()], |row| row.get(0))
            .optional()?;
        Ok(found.map_or(DraftMark::None, mark))
    }

    fn keep_draft(&self, it: &Draft) -> Result<()> {
        const VERSION: &str = "SELECT draft FROM drafts WHERE id = ?1";
        const KEEP: &str = "INSERT INTO drafts (id, conversation, made_at, mark, draft)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO UPDATE SET mark = excluded.mark, draft = excluded.draft";
        let known: Option<Draft> = self
            .db
            .prepare_cached(VERSION)?
            .query_row([it.id.as_bytes()], |row| json(row, 0))
            .optional()?;
        if known.is_some_and(|known| known.version > it.version) {
            return Ok(());
        }
        self.db.prepare_cached(KEEP)?.execute(params![
            it.id.as_bytes(),
            it.conversation_id.as_bytes(),
            it.created_at.0.0,
            code(DraftMark::of(it.state)),
            to_json(it)?,
        ])?;
        self.mark_draft(it.conversation_id)
    }

    pub(super) fn forget_draft(&self, id: DraftId) -> Result<()> {
        let conversation = self
            .db
            .prepare_cached("DELETE FROM drafts WHERE id = ?1 RETURNING conversation")?
            .query_row([id.as_bytes()], |row| super::read::conversation_id(row, 0))
            .optional()?;
        conversation.map_or(Ok(()), |conversation| self.mark_draft(conversation))
    }

    /// Notes for the lists what waits in a conversation.
    fn mark_draft(&self, conversation: ConversationId) -> Result<()> {
        let Some(n) = self.number(conversation)? else {
            return Ok(());
        };
        let mark = code(self.draft_mark(conversation)?);
        self.db
            .prepare_cached("UPDATE conversations SET draft = ?2 WHERE n = ?1")?
            .execute((n, mark))?;
        self.stand(n)
    }
}

/// A mark as the table keeps it.
pub(crate) const fn code(mark: DraftMark) -> i64 {
    match mark {
        DraftMark::None => 0,
        DraftMark::Writing => 1,
        DraftMark::Ready => 2,
        DraftMark::Stale => 3,
    }
}

/// The mark the table keeps as this.
pub(crate) const fn mark(code: i64) -> DraftMark {
    match code {
        1 => DraftMark::Writing,
        2 => DraftMark::Ready,
        3 => DraftMark::Stale,
        _ => DraftMark::None,
    }
}
