//! What replies may rest on, as it travels.

use super::{business_context, utc};
use frontdesk_domain::context;
use frontdesk_domain::knowledge::{Entry, Source};
use frontdesk_protocol::entity::{InboxContext, KnowledgeEntry, KnowledgeSource};
use frontdesk_protocol::time::UtcStamp;

/// An entry.
pub(crate) fn knowledge_entry(it: &Entry) -> KnowledgeEntry {
    KnowledgeEntry {
        id: it.id,
        source_id: it.source_id,
        path: it.path.clone(),
        title: it.title.clone(),
        body: it.body.clone(),
        audience: it.audience,
        state: it.state,
        conversation_id: it.conversation_id,
        decided_by: it.decided_by,
        created_at: UtcStamp(it.created_at),
        updated_at: UtcStamp(it.updated_at),
    }
}

/// A source.
pub(crate) fn knowledge_source(it: &Source) -> KnowledgeSource {
    KnowledgeSource {
        id: it.id,
        name: it.name.clone(),
        place: it.place.clone(),
        audience: it.audience,
        synced_at: utc(it.synced_at),
        trouble: it.trouble.clone(),
        created_at: UtcStamp(it.created_at),
    }
}

/// What models are told about an inbox.
pub(crate) fn inbox_context(it: &context::InboxContext) -> InboxContext {
    InboxContext {
        inbox_id: it.inbox_id,
        context: business_context(&it.context),
        instructions: it.instructions.clone(),
    }
}
