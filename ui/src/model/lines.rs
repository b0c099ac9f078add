//! Lines of a thread that have been laid out before. All of it may be dropped at any time.

use crate::glyph::Glyphs;
use crate::model::thread::Quotes;
use crate::painted::Line;
use frontdesk_protocol::id::ConversationId;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// The lines of one thread, a block for each message. Only what was looked at is in it.
///
/// Drawing fills it through a shared reference, because what it holds follows from the model
/// alone: whether it is full or empty is never seen.
#[derive(Debug, Clone, Default)]
pub struct Lines(RefCell<Kept>);

/// Everything that lines depend on beside their own message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub conversation: ConversationId,
    /// Changes whenever the thread does.
    pub stamp: u64,
    pub width: usize,
    pub quotes: Quotes,
    pub glyphs: Glyphs,
    /// The day the reader has, which decides what is called today.
    pub today: Date,
}

#[derive(Debug, Clone, Default)]
struct Kept {
    key: Option<Key>,
    blocks: HashMap<usize, Arc<[Line]>>,
}

impl Lines {
    /// The block of a place in the thread, laid out now unless that was done before.
    #[must_use]
    pub fn block(
        &self,
        key: &Key,
        place: usize,
        lay_out: impl FnOnce() -> Vec<Line>,
    ) -> Arc<[Line]> {
        let mut kept = self.0.borrow_mut();
        if kept.key.as_ref() != Some(key) {
            kept.key = Some(key.clone());
            kept.blocks.clear();
        }
        let block = kept.blocks.entry(place);
        Arc::clone(block.or_insert_with(|| lay_out().into()))
    }

    /// How many blocks are kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.borrow().blocks.len()
    }
}
