//! Two of the same become one, and apart again.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Conn, Unit, queries, write};
use frontdesk_domain::change::{Merge, Merged};
use frontdesk_domain::decide::{
    self, Consent, MergeConversations, MergeCustomers, Since, UndoMergeConversations,
    UndoMergeCustomers,
};
use frontdesk_domain::{
    Actor, Conversation, ConversationId, CustomerId, EventSeq, MergeId, MessageId, Refusal,
};

/// More conversations than any one customer has.
const ALL: i64 = 100_000;

/// Merges one conversation into another, under this id.
pub(crate) fn conversations(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: MergeId,
    from: ConversationId,
    into: ConversationId,
) -> Outcome<Merge> {
    let at_seq = unit.newest_seq(actor.account_id)?;
    let (now, conn) = (unit.now(), unit.conn());
    refuse_taken(conn, id)?;
    let from = load::conversation(conn, actor, from)?;
    let into = load::conversation(conn, actor, into)?;
    let command = MergeConversations {
        id,
        from_messages: &messages_of(conn, &from)?,
        from_tags: &queries::conversations::tags(conn, from.id)?,
        into_tags: &queries::conversations::tags(conn, into.id)?,
        from: &from,
        into: &into,
        line: MessageId::random(),
        at_seq,
    };
    let decision = decide::merge_conversations(actor, &command, now)?;
    write::apply(unit, actor, decision)?;
    made(unit.conn(), actor, id)
}

/// Merges one customer into another, under this id.
pub(crate) fn customers(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: MergeId,
    from: CustomerId,
    into: CustomerId,
    consent: Consent,
) -> Outcome<Merge> {
    let (now, conn) = (unit.now(), unit.conn());
    refuse_taken(conn, id)?;
    let from = load::customer(conn, actor, from)?;
    let into = load::customer(conn, actor, into)?;
    let held = queries::conversations::of_customer(conn, actor.account_id, from.id, ALL)?;
    let from_conversations: Vec<ConversationId> = held.iter().map(|it| it.id).collect();
    let command = MergeCustomers {
        id,
        from: &from,
        from_conversations: &from_conversations,
        into: &into,
        consent,
    };
    let decision = decide::merge_customers(actor, &command, now)?;
    write::apply(unit, actor, decision)?;
    made(unit.conn(), actor, id)
}

/// A merge is made once, and its id is nobody else's.
fn refuse_taken(conn: &mut dyn Conn, id: MergeId) -> Outcome<()> {
    if queries::merges::is_taken(conn, id)? {
        return Err(Refusal::Conflict("the merge's id is taken").into());
    }
    Ok(())
}

/// Undoes a merge.
pub(crate) fn undo(unit: &mut Unit<'_>, actor: &Actor, id: MergeId) -> Outcome<Merge> {
    let now = unit.now();
    let merge = made(unit.conn(), actor, id)?;
    let decision = match &merge.what {
        Merged::Customers { from, into } => {
            let conn = unit.conn();
            let command = UndoMergeCustomers {
                merge: &merge,
                from: &load::customer(conn, actor, from.id)?,
                into: &load::customer(conn, actor, into.id)?,
                moved: &queries::merges::moved(conn, id)?,
                joined_since: &joined_since(conn, actor, id)?,
            };
            decide::undo_merge_customers(actor, &command, now)?
        }
        Merged::Conversations {
            from, into, at_seq, ..
        } => {
            let conn = unit.conn();
            let command = UndoMergeConversations {
                merge: &merge,
                from: &load::conversation(conn, actor, from.id)?,
                into: &load::conversation(conn, actor, into.id)?,
                into_tags: &queries::conversations::tags(conn, into.id)?,
                since: since(conn, actor, id, into.id, *at_seq)?,
                line: MessageId::random(),
            };
            decide::undo_merge_conversations(actor, &command, now)?
        }
    };
    write::apply(unit, actor, decision)?;
    made(unit.conn(), actor, id)
}

fn made(conn: &mut dyn Conn, actor: &Actor, id: MergeId) -> Outcome<Merge> {
    let found = queries::merges::by_id(conn, actor.account_id, id)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

fn messages_of(conn: &mut dyn Conn, it: &Conversation) -> Outcome<Vec<MessageId>> {
    Ok(queries::messages::ids(conn, it.id)?)
}

/// What happened in the conversation that stayed since it swallowed the other.
fn since(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: MergeId,
    into: ConversationId,
    at_seq: EventSeq,
) -> Outcome<Since> {
    let swallowed_more = queries::merges::standing(conn, actor.account_id)?
        .iter()
        .any(|other| {
            matches!(&other.what, Merged::Conversations { into: it, .. } if it.id == into)
                && other.id != id
        });
    let written = queries::merges::written_since(conn, into, at_seq)? > 0;
    Ok(if swallowed_more || written {
        Since::Written
    } else {
        Since::Quiet
    })
}

/// Merges of conversations that tie what a merge of customers moved to what it did not.
fn joined_since(conn: &mut dyn Conn, actor: &Actor, id: MergeId) -> Outcome<Vec<MergeId>> {
    let moved = queries::merges::moved(conn, id)?;
    let standing = queries::merges::standing(conn, actor.account_id)?;
    let ties = standing.into_iter().filter(|other| match &other.what {
        Merged::Conversations { from, into, .. } => {
            moved.contains(&from.id) != moved.contains(&into.id)
        }
        Merged::Customers { .. } => false,
    });
    Ok(ties.map(|other| other.id).collect())
}
