//! Runs and their conversations on the wire.

use frontdesk_domain::bulk::{Item, Run};
use frontdesk_protocol::entity::{BulkItem, BulkRun, Raw};
use frontdesk_protocol::time::UtcStamp;
use serde::Deserialize;

/// What was asked, as far as it is shown.
#[derive(Default, Deserialize)]
struct Asked {
    q: Option<String>,
    change: Option<Raw>,
}

/// A run.
pub(crate) fn bulk_run(it: &Run) -> BulkRun {
    let asked: Asked = serde_json::from_str(&it.asked.0).unwrap_or_default();
    BulkRun {
        id: it.id,
        user_id: it.user_id,
        state: it.state,
        query: asked.q,
        change: asked.change,
        undoes: it.undoes,
        total: it.tally.total,
        done: it.tally.done,
        skipped: it.tally.skipped,
        failed: it.tally.failed,
        created_at: UtcStamp(it.created_at),
        finished_at: it.finished_at.map(UtcStamp),
    }
}

/// What became of one conversation.
pub(crate) fn bulk_item(it: Item) -> BulkItem {
    BulkItem {
        place: it.place,
        conversation_id: it.conversation_id,
        outcome: it.outcome,
        reason: it.reason,
    }
}
