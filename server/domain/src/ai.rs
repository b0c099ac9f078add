//! Drafts that the server makes: whether one is called for, and the ledger of what was tried.

use crate::draft::Draft;
use crate::json::Json;
use crate::message::Sender;
use crate::{
    AccountId, AiMode, AiOutcome, AiRunId, AiTask, Conversation, ConversationId, DraftId,
    DraftState, EventSeq, InboxId, Message, Status, Timestamp,
};

/// What holds for conversations of an inbox about which nobody has said anything.
pub const DEFAULT_MODE: AiMode = AiMode::Draft;

/// Who made what was made without a model.
pub const BUILT_IN: &str = "built-in";

/// A try to make a draft: a line of the ledger. It has no content, only ids and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: AiRunId,
    pub account_id: AccountId,
    pub inbox_id: Option<InboxId>,
    /// None for what was asked about knowledge.
    pub conversation_id: Option<ConversationId>,
    pub draft_id: Option<DraftId>,
    pub task: AiTask,
    /// What was asked: [`BUILT_IN`], or the name of a model.
    pub model: String,
    /// SHA-256 of all that was sent to the model.
    pub prompt_hash: Option<String>,
    /// The ids of what the draft rests on.
    pub sources: Option<Json>,
    pub tokens_in: i64,
    pub tokens_out: i64,
    /// In millionths of the currency the prices are given in.
    pub cost: i64,
    pub outcome: AiOutcome,
    /// Why there is no draft.
    pub reason: Option<String>,
    pub began_at: Timestamp,
    pub took_ms: i64,
}

/// What is to be done about a conversation's drafts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Drafts that do not know the newest message.
    pub behind: Vec<DraftId>,
    /// What to make, if anything.
    pub make: Option<Make>,
}

/// A draft to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Make {
    /// The draft an agent asked for, which waits for its text.
    pub into: Option<DraftId>,
    /// The newest message it answers.
    pub seq: EventSeq,
}

/// The newest message that a draft has to know: people's, not lines of the system.
#[must_use]
pub fn newest(messages: &[Message]) -> Option<&Message> {
    let said = |it: &&Message| matches!(it.sender, Sender::User(_) | Sender::Customer(_));
    messages.iter().filter(said).max_by_key(|it| it.seq)
}

/// Says which drafts have become stale and whether one is to be made.
#[must_use]
pub fn plan(mode: AiMode, held: &Conversation, messages: &[Message], drafts: &[Draft]) -> Plan {
    let newest = newest(messages);
    let seq = newest.map_or(EventSeq(0), |it| it.seq);
    let behind = drafts
        .iter()
        .filter(|it| it.is_open() && it.based_on_seq < seq);
    let behind = behind.map(|it| it.id).collect();
    let asked = drafts.iter().find(|it| it.state == DraftState::Generating);
    if let Some(asked) = asked {
        let into = Some(asked.id);
        return Plan {
            behind,
            make: Some(Make { into, seq }),
        };
    }
    let waits = newest.is_some_and(|it| it.customer_id().is_some());
    let answered = drafts.iter().any(|it| it.based_on_seq >= seq);
    let stands = held.status == Status::Open && held.merged_into.is_none();
    let begins = matches!(mode, AiMode::Draft | AiMode::Auto);
    let wanted = begins && waits && stands && !answered;
    Plan {
        behind,
        make: wanted.then_some(Make { into: None, seq }),
    }
}
