//! Replies that go out by the clock, as clients see them.

use frontdesk_domain::scheduled;
use frontdesk_protocol::entity::ScheduledReply;
use frontdesk_protocol::time::{RowStamp, UtcStamp};

/// A reply that waits for its time.
pub(crate) fn scheduled_reply(it: &scheduled::ScheduledReply) -> ScheduledReply {
    ScheduledReply {
        id: it.id,
        conversation_id: it.conversation_id,
        user_id: it.user_id,
        body: it.body.clone(),
        send_at: UtcStamp(it.send_at),
        seen_seq: it.seen_seq,
        state: it.state,
        reason: it.reason.clone(),
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}
