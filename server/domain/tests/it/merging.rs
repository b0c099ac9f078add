//! Merging and undoing on the desk.

use crate::desk::Desk;
use frontdesk_domain::change::Merged;
use frontdesk_domain::decide::{
    Consent, MergeConversations, MergeCustomers, Since, UndoMergeConversations, UndoMergeCustomers,
    merge_conversations, merge_customers, undo_merge_conversations, undo_merge_customers,
};
use frontdesk_domain::{Actor, ConversationId, CustomerId, Decision, MergeId, MessageId, Refusal};

pub(crate) fn merge(
    desk: &Desk,
    actor: &Actor,
    from: ConversationId,
    into: ConversationId,
) -> Result<Decision, Refusal> {
    let command = MergeConversations {
        id: MergeId::random(),
        from: desk.conversation(from),
        from_messages: &desk.message_ids(from),
        from_tags: &desk.tags_of(from),
        into: desk.conversation(into),
        into_tags: &desk.tags_of(into),
        line: MessageId::random(),
        at_seq: desk.newest_seq(),
    };
    merge_conversations(actor, &command, desk.now)
}

pub(crate) fn merge_people(
    desk: &Desk,
    actor: &Actor,
    from: CustomerId,
    into: CustomerId,
    consent: Consent,
) -> Result<Decision, Refusal> {
    let command = MergeCustomers {
        id: MergeId::random(),
        from: desk.customer(from),
        from_conversations: &desk.conversations_of(from),
        into: desk.customer(into),
        consent,
    };
    merge_customers(actor, &command, desk.now)
}

/// Undoes one of the desk's merges.
pub(crate) fn undo(desk: &Desk, actor: &Actor, which: usize) -> Result<Decision, Refusal> {
    let merge = &desk.merges[which];
    match &merge.what {
        Merged::Conversations { from, into, .. } => {
            let command = UndoMergeConversations {
                merge,
                from: desk.conversation(from.id),
                into: desk.conversation(into.id),
                into_tags: &desk.tags_of(into.id),
                since: match desk.touched_since(merge) {
                    true => Since::Written,
                    false => Since::Quiet,
                },
                line: MessageId::random(),
            };
            undo_merge_conversations(actor, &command, desk.now)
        }
        Merged::Customers { from, into } => {
            let moved = &desk.moved[&merge.id].conversations;
            let command = UndoMergeCustomers {
                merge,
                from: desk.customer(from.id),
                into: desk.customer(into.id),
                moved,
                joined_since: &joined_across(desk, moved),
            };
            undo_merge_customers(actor, &command, desk.now)
        }
    }
}

/// The merges that hold a moved conversation together with one that was not moved.
fn joined_across(desk: &Desk, moved: &[ConversationId]) -> Vec<MergeId> {
    let across = desk.merges.iter().filter(|merge| {
        let Merged::Conversations { from, into, .. } = &merge.what else {
            return false;
        };
        merge.undone_at.is_none() && moved.contains(&from.id) != moved.contains(&into.id)
    });
    across.map(|merge| merge.id).collect()
}
