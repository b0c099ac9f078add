//! Reports, rules and holds as they travel.

use frontdesk_db::queries::erasing::Report;
use frontdesk_domain::privacy::{self, Held};
use frontdesk_protocol::entity::{ErasedCounts, Erasure, LegalHold, RetentionRule};
use frontdesk_protocol::time::UtcStamp;

/// The report of an erasure.
pub(crate) fn erasure(it: &Report) -> Erasure {
    let erased = it.erased;
    Erasure {
        id: it.id,
        customer_id: it.customer_id,
        how: it.how,
        user_id: it.user_id,
        at: UtcStamp(it.at),
        erased: ErasedCounts {
            customers: erased.customers,
            conversations: erased.conversations,
            messages: erased.messages,
            files: erased.files,
            drafts: erased.drafts,
            notes: erased.notes,
            identities: erased.identities,
            visits: erased.visits,
            merges: erased.merges,
            mails: erased.mails,
            answers: erased.answers,
            calls: erased.calls,
            audit_lines: erased.audit_lines,
        },
    }
}

/// A rule, with how many conversations it reaches now.
pub(crate) fn retention_rule(it: &privacy::RetentionRule, reached: i64) -> RetentionRule {
    RetentionRule {
        id: it.id,
        inbox_id: it.inbox_id,
        status: it.status,
        days: it.days,
        how: it.how,
        reached,
    }
}

/// A legal hold.
pub(crate) fn legal_hold(it: &privacy::LegalHold) -> LegalHold {
    let (customer_id, conversation_id) = match it.held {
        Held::Customer(id) => (Some(id), None),
        Held::Conversation(id) => (None, Some(id)),
    };
    LegalHold {
        id: it.id,
        customer_id,
        conversation_id,
        reason: it.reason.clone(),
        user_id: it.user_id,
        created_at: UtcStamp(it.created_at),
    }
}
