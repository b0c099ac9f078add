//! Looks at a conversation: what has become stale, and whether a draft is called for.

use crate::failure::Outcome;
use crate::use_cases::{ai as cases, draft};
use frontdesk_db::Unit;
use frontdesk_db::queries::{ai_modes, conversations, drafts};
use frontdesk_domain::ai::{self, Make};
use frontdesk_domain::{AccountId, Actor, Conversation, ConversationId, DraftState, Message};

/// A draft that is called for, and what it is to answer.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) conversation: Conversation,
    /// The newest messages, oldest first.
    pub(super) thread: Vec<Message>,
    pub(super) make: Make,
}

impl Wanted {
    /// What the customer wrote since somebody last answered.
    pub(super) fn question(&self) -> String {
        let mut asked: Vec<&str> = Vec::new();
        for message in self.thread.iter().rev().filter(|it| !it.private) {
            if message.user_id().is_some() && !asked.is_empty() {
                break;
            }
            if message.customer_id().is_some() {
                asked.extend(message.body.as_deref());
            }
        }
        asked.reverse();
        asked.join("\n")
    }
}

/// Marks what has become stale, and says what to make.
pub(super) fn look(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Outcome<Option<Wanted>> {
    let Some(conversation) = conversations::by_id(unit.conn(), account_id, id)? else {
        return Ok(None);
    };
    let mode = ai_modes::of_inbox(unit.conn(), account_id, conversation.inbox_id)?;
    let there = drafts::of_conversation(unit.conn(), account_id, id)?;
    let thread = cases::thread(unit.conn(), id)?;
    let plan = ai::plan(mode, &conversation, &thread, &there);
    let actor = Actor::system(account_id);
    for mut behind in there {
        if plan.behind.contains(&behind.id) {
            behind.state = DraftState::Stale;
            draft::save(unit, &actor, behind)?;
        }
    }
    Ok(plan.make.map(|make| Wanted {
        conversation,
        thread,
        make,
    }))
}
