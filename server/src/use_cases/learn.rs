//! Knowledge learnt from conversations: an agent proposes what a conversation has shown, an admin approves it.

use crate::failure::Outcome;
use crate::use_cases::knowledge::{EntryFields, insert, load, save};
use crate::use_cases::{ai, fields, load as find};
use frontdesk_ai::hide::{self, Hidden};
use frontdesk_ai::words;
use frontdesk_db::Unit;
use frontdesk_db::queries::{customers, knowledge};
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{
    Actor, Audience, ConversationId, KnowledgeId, KnowledgeState, Message, Refusal,
};

/// A title is cut to so many characters.
const TITLE: usize = 120;

/// Why an entry is not approved yet.
const ONE_CUSTOMER: &str = "Words such as [name 1] in it stand for what belongs to one customer. Write it in general words first.";

/// How many entries that may say the same are named.
const ALIKE: i64 = 5;

/// Proposes an entry from a conversation: what was asked first, and what was answered last. What belongs to
/// the customer is hidden, for whoever approves it to put into general words.
pub(crate) fn propose(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: ConversationId,
    said: &EntryFields,
) -> Outcome<(Entry, Vec<Entry>)> {
    allows(actor, Permission::WorkConversations)?;
    let held = find::conversation(unit.conn(), actor, id)?;
    let thread = ai::thread(unit.conn(), id)?;
    let customer = customers::by_id(unit.conn(), actor.account_id, held.customer_id)?;
    let mut hidden = Hidden::knowing(customer.and_then(|it| it.name).as_deref());
    let nothing = Refusal::Conflict("Nothing was asked and answered yet.");
    let title = match &said.title {
        Some(title) => title.clone(),
        None => hidden.hide(&question(&thread).ok_or(nothing.clone())?),
    };
    let body = match &said.body {
        Some(body) => body.clone(),
        None => hidden.hide(&answer(&thread).ok_or(nothing)?),
    };
    let entry = Entry {
        id: KnowledgeId::random(),
        account_id: actor.account_id,
        source_id: None,
        path: None,
        title: fields::line("title", &title)?,
        body: fields::prose("body", &body)?,
        audience: said.audience.unwrap_or(Audience::Public),
        state: KnowledgeState::Proposed,
        conversation_id: Some(id),
        decided_by: None,
        created_at: unit.now(),
        updated_at: unit.now(),
    };
    let stems: Vec<String> = words::stems(&entry.title).into_iter().collect();
    let alike = knowledge::fitting(unit.conn(), actor.account_id, &stems, ALIKE)?;
    insert(unit, actor, &entry)?;
    Ok((entry, alike))
}

/// The first thing the customer wrote, as a title.
fn question(thread: &[Message]) -> Option<String> {
    let mut said = thread.iter().filter(|it| it.customer_id().is_some());
    let text = said.find_map(|it| it.body.as_deref())?;
    let line = text.lines().find(|it| !it.trim().is_empty())?;
    Some(line.trim().chars().take(TITLE).collect())
}

/// The last thing the customer was answered.
fn answer(thread: &[Message]) -> Option<String> {
    let mut said = thread
        .iter()
        .rev()
        .filter(|it| !it.private && it.user_id().is_some());
    said.find_map(|it| it.body.clone())
}

/// What becomes of a proposal.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// It holds, with these changes.
    Approve(EntryFields),
    Reject,
}

/// Decides about a proposal.
pub(crate) fn decide(
    unit: &mut Unit<'_>,
    actor: &Actor,
    id: KnowledgeId,
    verdict: Verdict,
) -> Outcome<Entry> {
    allows(actor, Permission::ManageSettings)?;
    let mut entry = load(unit.conn(), actor, id)?;
    if entry.state != KnowledgeState::Proposed {
        let by = entry.decided_by;
        return Err(Refusal::AlreadyDone { by }.into());
    }
    entry.decided_by = actor.user_id();
    match verdict {
        Verdict::Reject => entry.state = KnowledgeState::Rejected,
        Verdict::Approve(said) => {
            entry.state = KnowledgeState::Active;
            if let Some(title) = &said.title {
                entry.title = fields::line("title", title)?;
            }
            if let Some(body) = &said.body {
                entry.body = fields::prose("body", body)?;
            }
            entry.audience = said.audience.unwrap_or(entry.audience);
            if hide::stand_in(&entry.title)
                .or(hide::stand_in(&entry.body))
                .is_some()
            {
                return Err(Refusal::Conflict(ONE_CUSTOMER).into());
            }
        }
    }
    save(unit, actor, entry)
}
