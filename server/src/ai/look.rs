//! Looks at a conversation: what has become stale, and whether a draft is called for.

use crate::failure::Outcome;
use crate::use_cases::{ai as cases, draft};
use frontdesk_db::Unit;
use frontdesk_db::queries::{ai_modes, conversations, drafts};
use frontdesk_domain::ai::{self, Make};
use frontdesk_domain::auto::ANSWERED;
use frontdesk_domain::draft::Draft;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{
    AccountId, Actor, AiMode, Conversation, ConversationId, DraftState, Message,
};
use serde_json::Value;

/// A draft that is called for, and what it is to answer.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) conversation: Conversation,
    /// The newest messages, oldest first.
    pub(super) thread: Vec<Message>,
    pub(super) make: Make,
    pub(super) wish: Wish,
}

/// How the draft shall be different from what there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    /// In the words of the agent who asked.
    pub(crate) hint: Option<String>,
    /// The text of the draft that stands there.
    pub(crate) before: Option<String>,
}

impl Wish {
    /// This wish about the newest of these drafts that has a text to change.
    pub(crate) fn about(hint: Option<String>, there: &[Draft]) -> Self {
        let is_open = |it: &&Draft| it.is_open() || it.state == DraftState::Stale;
        let newest = there.iter().find(is_open);
        Self {
            hint,
            before: newest.and_then(|it| it.body.clone()),
        }
    }
}

/// So many of the newest messages are told where all are too many for a model.
const SHORT: usize = 6;

impl Wanted {
    /// The same about the end of the thread alone.
    pub(super) fn shorter(&self) -> Self {
        let left_out = self.thread.len().saturating_sub(SHORT);
        Self {
            thread: self.thread.iter().skip(left_out).cloned().collect(),
            ..self.clone()
        }
    }

    /// What the customer wrote since somebody last answered.
    pub(super) fn question(&self) -> String {
        let mut asked: Vec<&str> = Vec::new();
        for message in self.thread.iter().rev().filter(|it| !it.private) {
            if answers(message) && !asked.is_empty() {
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

/// Whether the message answers what was asked before it: an agent's does, and the program's own, unless it
/// only says that somebody will.
fn answers(message: &Message) -> bool {
    let told = message.metadata.as_ref().map(|it| it.0.as_str());
    message.user_id().is_some() || (message.sender == Sender::Bot && told == Some(ANSWERED))
}

/// What a program sent by itself, such as a notice of absence, is answered when an agent asks for it.
fn unless_automatic(mode: AiMode, thread: &[Message]) -> AiMode {
    match ai::newest(thread) {
        Some(newest) if is_automatic(newest) => match mode {
            AiMode::Off => AiMode::Off,
            AiMode::Request | AiMode::Draft | AiMode::Auto => AiMode::Request,
        },
        _ => mode,
    }
}

/// Whether the message came as a mail that says of itself that nobody wrote it.
pub(super) fn is_automatic(message: &Message) -> bool {
    let told = message.metadata.as_ref();
    let told: Value = told
        .and_then(|it| serde_json::from_str(&it.0).ok())
        .unwrap_or_default();
    message.customer_id().is_some() && told["email"]["automatic"] == true
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
    let said = ai_modes::of_conversation(unit.conn(), account_id, id)?;
    let there = drafts::of_conversation(unit.conn(), account_id, id)?;
    let thread = cases::thread(unit.conn(), id)?;
    let mode = unless_automatic(said, &thread);
    let plan = ai::plan(mode, &conversation, &thread, &there);
    let asked = plan.make.and_then(|make| make.into);
    let asked = there.iter().find(|it| Some(it.id) == asked);
    let wish = match asked {
        Some(asked) => Wish::about(asked.hint.clone(), &there),
        None => Wish::default(),
    };
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
        wish,
    }))
}
