//! A part of a thread becomes a conversation of its own.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::queries::messages::{LONGEST_LIST, MessageFilter};
use frontdesk_db::{Unit, queries, write};
use frontdesk_domain::decide::{self, Split, Written};
use frontdesk_domain::{
    Actor, Conversation, ConversationId, Message, MessageId, MessageKind, Refusal,
};
use std::collections::HashSet;

/// Moves messages into a new conversation, under the id it is to have, and says what it is.
pub(crate) fn split(
    unit: &mut Unit<'_>,
    actor: &Actor,
    from: ConversationId,
    ids: &[MessageId],
    id: ConversationId,
) -> Outcome<Conversation> {
    let (now, conn) = (unit.now(), unit.conn());
    let from = load::conversation(conn, actor, from)?;
    if queries::conversations::anywhere(conn, id)?.is_some() {
        return Err(Refusal::Conflict("the new conversation's id is taken").into());
    }
    let mut found = queries::messages::by_ids(conn, actor.account_id, ids)?;
    let mut going: Vec<Message> = Vec::with_capacity(ids.len());
    for id in ids {
        let view = found.remove(id).ok_or(Refusal::invalid("message_ids"))?;
        going.push(view.message);
    }
    going.sort_by_key(|it| it.seq);
    let goes: HashSet<&MessageId> = ids.iter().collect();
    let said = MessageFilter {
        conversation_id: Some(from.id),
        private: Some(false),
        ..MessageFilter::default()
    };
    let said = queries::messages::list(conn, actor, &said, LONGEST_LIST)?;
    let stays = said
        .iter()
        .find(|it| it.kind != MessageKind::System && !goes.contains(&it.id));
    let command = Split {
        id,
        from: &from,
        going: &going,
        stays,
        line: MessageId::random(),
    };
    let decision = decide::split(actor, &command, now)?;
    write::apply(unit, actor, decision)?;
    let new = load::conversation(unit.conn(), actor, id)?;
    let left = load::conversation(unit.conn(), actor, from.id)?;
    let words = format!("{} split off to #{}", counted(going.len()), new.number);
    let line = Written::text(MessageId::random(), words);
    let server = Actor::system(actor.account_id);
    let decision = decide::system_line(&left, &server, line, now)?;
    write::apply(unit, &server, decision)?;
    Ok(new)
}

fn counted(messages: usize) -> String {
    match messages {
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    }
}
