//! What stands beside a conversation: links with others, and who may be the same person.

use crate::failure::Outcome;
use crate::use_cases::load;
use frontdesk_db::{Conn, Unit, queries, write};
use frontdesk_domain::decide::{self, Likeness, Linked, Pair};
use frontdesk_domain::{Actor, Conversation, ConversationId, Customer, MessageId};

/// What stands beside a conversation, as far as the actor may see it.
#[derive(Debug)]
pub(crate) struct Beside {
    /// Each with what its customer is called.
    pub(crate) links: Vec<(Conversation, String)>,
    pub(crate) alike: Vec<(Customer, Likeness)>,
}

/// Looks beside a conversation.
pub(crate) fn look(conn: &mut dyn Conn, actor: &Actor, id: ConversationId) -> Outcome<Beside> {
    let held = load::conversation(conn, actor, id)?;
    let mut linked = queries::conversations::linked(conn, actor.account_id, id)?;
    linked.retain(|it| actor.sees(it));
    let mut links = Vec::with_capacity(linked.len());
    for it in linked {
        let customer = load::customer(conn, actor, it.customer_id)?;
        let title = customer.title().to_owned();
        links.push((it, title));
    }
    let customer = load::customer(conn, actor, held.customer_id)?;
    let found = queries::customers::alike(conn, actor.account_id, &customer)?;
    let alike = found.into_iter().filter_map(|other| {
        let likeness = decide::alike(&customer, &other)?;
        Some((other, likeness))
    });
    Ok(Beside {
        links,
        alike: alike.collect(),
    })
}

/// Lets two conversations show each other, or no longer.
pub(crate) fn link(
    unit: &mut Unit<'_>,
    actor: &Actor,
    one: ConversationId,
    other: ConversationId,
    wanted: Linked,
) -> Outcome<()> {
    let (now, conn) = (unit.now(), unit.conn());
    let held = load::conversation(conn, actor, one)?;
    let there = load::conversation(conn, actor, other)?;
    let linked = queries::conversations::linked(conn, actor.account_id, one)?;
    let now_is = if linked.iter().any(|it| it.id == other) {
        Linked::Yes
    } else {
        Linked::No
    };
    let pair = Pair {
        one: &held,
        other: &there,
        now_is,
        lines: (MessageId::random(), MessageId::random()),
    };
    let decision = decide::link(actor, pair, wanted, now)?;
    write::apply(unit, actor, decision)?;
    Ok(())
}
