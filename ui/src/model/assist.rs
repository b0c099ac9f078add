//! What the agent has an AI do, as it is asked of the server, and what the server answers.

use frontdesk_protocol::entity::{AiLearning, AiSuggestions, DraftSource, KnowledgeEntry};
use frontdesk_protocol::id::{ConversationId, KnowledgeId};
use frontdesk_protocol::kind::Audience;

/// Something to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assist {
    /// Have a reply drafted; with a wish, otherwise than the draft that stands there.
    Draft {
        conversation_id: ConversationId,
        wish: Option<String>,
    },
    /// Stop what is being written.
    Stop(ConversationId),
    /// See what a model is told.
    Prompt(ConversationId),
    /// Have the agent's own text written otherwise.
    Rewrite {
        conversation_id: ConversationId,
        text: String,
        wish: String,
    },
    /// Have a note written by which the conversation is handed over.
    HandOver(ConversationId),
    /// See how the conversation may be sorted.
    Suggest(ConversationId),
    /// Take back what was sorted by itself.
    UndoSorting(ConversationId),
    /// Read an entry of knowledge that a draft rests on.
    Source(Box<DraftSource>),
    /// See what became of drafts.
    Learning,
    /// Propose an entry of knowledge from what the conversation has shown.
    Propose(ConversationId),
    /// See what was proposed and waits for a decision.
    Proposals,
    /// Let drafts rest on an entry, as it was read here.
    ApproveKnowledge(Box<Reviewed>),
    RejectKnowledge(KnowledgeId),
}

/// An entry of knowledge as an admin has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    pub id: KnowledgeId,
    pub title: String,
    pub body: String,
    pub audience: Audience,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub enum Answer {
    Suggested(ConversationId, AiSuggestions),
    Source(DraftSource, KnowledgeEntry),
    Learnt(AiLearning),
    /// It is proposed; the titles of what is known already and may say the same.
    Proposed(KnowledgeEntry, Vec<String>),
    Proposals(Vec<KnowledgeEntry>),
}

/// What a model is told, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    pub model: String,
    /// Who speaks, and what.
    pub messages: Vec<(String, String)>,
    /// By which the ledger names it.
    pub hash: Option<String>,
}

/// What a model wrote for the agent alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnText {
    Rewritten {
        conversation_id: ConversationId,
        before: String,
        after: String,
    },
    HandOver {
        conversation_id: ConversationId,
        text: String,
    },
}

/// How the agent's own text may be wished for otherwise.
pub const REWRITES: &[(&str, &str)] = &[
    (
        "grammar and spelling",
        "Mend grammar, spelling and punctuation, and change nothing else.",
    ),
    ("shorter", "Write it shorter."),
    ("warmer", "Write it warmer and friendlier."),
    ("more formal", "Write it more formally."),
    ("clearer", "Write it more clearly, in short sentences."),
    (
        "out of notes",
        "It is notes: write whole sentences of them.",
    ),
    ("in English", "Write it in English."),
    ("in German", "Write it in German."),
    ("in French", "Write it in French."),
    ("in Spanish", "Write it in Spanish."),
];

/// How a draft may be wished for otherwise: what the menu says, and what the model is told.
pub const WISHES: &[(&str, &str)] = &[
    ("shorter", "Write it shorter."),
    ("warmer", "Write it warmer and friendlier."),
    ("more formal", "Write it more formally."),
    ("with more detail", "Write it in more detail."),
    (
        "in the customer's language",
        "Write it in the language of the customer's last message.",
    ),
    ("in English", "Write it in English."),
    ("in German", "Write it in German."),
    ("in French", "Write it in French."),
    ("in Spanish", "Write it in Spanish."),
    ("another way", "Write it another way."),
];
