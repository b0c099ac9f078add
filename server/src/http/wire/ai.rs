//! The ledger of drafts as it travels.

use super::raw;
use frontdesk_domain::ai::Run;
use frontdesk_protocol::entity::AiRun;
use frontdesk_protocol::time::UtcStamp;

/// A line of the ledger.
pub(crate) fn ai_run(it: &Run) -> AiRun {
    AiRun {
        id: it.id,
        conversation_id: it.conversation_id,
        inbox_id: it.inbox_id,
        draft_id: it.draft_id,
        model: it.model.clone(),
        prompt_hash: it.prompt_hash.clone(),
        sources: raw(it.sources.as_ref()),
        tokens_in: it.tokens_in,
        tokens_out: it.tokens_out,
        cost: it.cost,
        outcome: it.outcome,
        reason: it.reason.clone(),
        began_at: UtcStamp(it.began_at),
        took_ms: it.took_ms,
    }
}
