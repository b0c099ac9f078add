//! Everything that can happen to the screen.

use crate::action::Action;
use crate::key::Key;
use crate::model::assist::{Answer, OwnText, Prompt};
use crate::model::bulk::Bulk;
use crate::model::connection::Connection;
use crate::model::history::Deed;
use crate::model::presence::Presence;
use crate::model::uploads::Upload;
use crate::own_command::OwnCommand;
use frontdesk_inbox::kept::Counted;
use frontdesk_inbox::{Counts, Directory, Enclosure, IntentId, Queued, Row, Thread, View};
use frontdesk_protocol::draft_text::DraftText;
use frontdesk_protocol::entity::{
    BulkPreview, BulkRun, CustomerBasic, Message, Related, ReplyTemplate, ScheduledReply,
};
use frontdesk_protocol::id::{
    ConversationId, DraftId, EventSeq, FileId, KnowledgeId, MessageId, UserId, ViewId,
};

/// Something happened.
#[derive(Debug, Clone)]
pub enum Msg {
    // From the terminal.
    Key(Key),
    Paste(String),
    Mouse(Mouse),
    Resize {
        width: u16,
        height: u16,
    },
    /// The terminal's window has the focus, or lost it.
    Focus(Focus),
    /// A moment the model asked to be woken at has come.
    Tick,

    // From lines that are typed.
    /// Do this.
    Ask(Action),
    /// Open this conversation.
    Open(ConversationId),

    // From the local store.
    /// A page of the list that was asked for.
    Page(Page),
    /// These conversations are different now; their rows as they are.
    Changed(Vec<Row>),
    /// In these conversations messages that were there say something else now, have come further on
    /// their way, or are gone.
    Reworded(Vec<ConversationId>),
    /// These conversations are gone.
    Gone(Vec<ConversationId>),
    Counts(Counts),
    /// How many stand in each kept view.
    KeptCounts(Vec<(ViewId, Counted)>),
    /// More of the first copy has come in.
    Filled,
    Thread(Box<Thread>),
    /// Older messages of a thread.
    Older {
        conversation_id: ConversationId,
        messages: Vec<Message>,
        has_older: bool,
    },
    Directory(Box<Directory>),
    /// Everything that is on its way, in the order it was done.
    Outbox(Vec<Queued>),
    /// What can be taken back, also from before the program was started.
    Deeds(Vec<Deed>),
    /// A text that was begun earlier.
    Text(Typed),
    /// A file was copied to go along with a text, or why it was not.
    Attached {
        conversation_id: ConversationId,
        kind: WrittenKind,
        file: Result<Enclosure, String>,
    },
    /// What lies where a path leads.
    Paths {
        generation: u64,
        entries: Vec<PathEntry>,
    },
    /// What was pasted has been looked at.
    Pasted(Pasted),
    /// Hits of a search.
    Found {
        generation: u64,
        hits: Vec<Hit>,
        reach: Reach,
    },

    /// Customers who have the words that were typed.
    Customers {
        generation: u64,
        customers: Vec<CustomerBasic>,
    },

    // From the network.
    /// What goes out later.
    Later(Vec<Planned>),
    /// Hits of the same search on the server.
    FoundOnServer {
        generation: u64,
        hits: Vec<Hit>,
    },
    /// A search is kept as this view.
    ViewKept(ViewId),
    /// What stands beside a conversation.
    Related(ConversationId, Box<Related>),
    /// The texts that may be sent in a conversation although the customer has not written lately.
    Templates(ConversationId, Vec<ReplyTemplate>),
    /// A conversation that the agent asked for has begun.
    Begun(ConversationId),
    /// How far a file is on its way to the server.
    Upload(FileId, Upload),
    Connection(Connection),
    Presence(Presence),
    Typing {
        conversation_id: ConversationId,
        who: Typist,
    },
    /// More of a draft that is being written.
    DraftText(DraftText),
    /// What a model is told, as it was asked for.
    Prompt(Box<Prompt>),
    /// What a model wrote for the agent.
    OwnText(Box<OwnText>),
    /// What the server answered to what it was asked about drafts and knowledge.
    Answered(Box<Answer>),
    /// A customer wrote, or a colleague named the agent.
    Arrived(Arrival),
    /// These could not be written down and will not be sent.
    NotKept(Vec<Queued>),
    /// The server confirmed a command.
    Confirmed(IntentId),
    /// The server refused a command; it has been put back.
    Refused {
        id: IntentId,
        reason: String,
    },

    /// How many conversations it would be about.
    BulkAhead(Bulk, BulkPreview),
    /// The server has begun to do something to many, called so.
    BulkBegun(BulkRun, String),
    /// The server is further with it.
    Bulk(BulkRun),

    // From what was asked of the system.
    /// A command of the agent's own has ended: what it printed, or why it failed.
    Ran {
        command: OwnCommand,
        printed: Result<String, String>,
    },
    /// The editor is closed; nothing when it failed or nothing was written.
    Edited {
        conversation_id: ConversationId,
        text: Option<String>,
    },
    /// The editor in which an entry of knowledge was written is closed; nothing when it failed.
    KnowledgeWritten(KnowledgeId, Option<String>),
    /// Something to tell the agent.
    Told(Level, String),
}

/// A reply that goes out later, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub reply: ScheduledReply,
    /// The customer's name. Anything may stand in it.
    pub customer: String,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which question this answers; an answer to an old one is dropped.
    pub generation: u64,
    pub view: View,
    pub rows: Vec<Row>,
    pub has_before: bool,
    pub has_after: bool,
}

/// How far a search looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Whole,
    /// Only through the newest conversations; older ones may match too.
    Newest,
}

/// A conversation that a search found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub row: Row,
    /// The message that has the words; nothing when the subject or the customer has them.
    pub message: Option<MessageId>,
}

/// A text of the agent's that was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub conversation_id: ConversationId,
    pub kind: WrittenKind,
    pub text: String,
    /// The newest event its writer knew, where that was noted.
    pub seen: Option<EventSeq>,
    pub origin: Origin,
    /// The files that go along with it.
    pub files: Vec<Enclosure>,
}

/// Something that lies where a path leads. Anything may stand in its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathEntry {
    /// The whole of it, as the agent would type it.
    pub path: String,
    pub name: String,
    /// In bytes; nothing for a folder.
    pub size: Option<u64>,
}

/// Something that was pasted into a text and looked like paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    pub conversation_id: ConversationId,
    pub kind: WrittenKind,
    pub text: String,
    /// The files it names, where it is nothing but files.
    pub files: Vec<String>,
}

/// Where a text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Fresh,
    /// It was an AI's draft, and is approved with the agent's changes.
    Draft {
        id: DraftId,
        version: i64,
    },
}

/// Who a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WrittenKind {
    /// The customer reads it.
    #[default]
    Reply,
    /// Only colleagues read it.
    Note,
}

/// Who is typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typist {
    Customer,
    Agent(UserId),
}

/// Something new for the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub conversation_id: ConversationId,
    /// The customer's name. Anything may stand in it.
    pub from: String,
    /// The first words. Anything may stand in them.
    pub words: String,
    pub is_mine: bool,
}

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Good,
    Plain,
    Bad,
}

/// Whether the terminal's window has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Gained,
    Lost,
}

/// What the mouse did, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub what: MouseWhat,
    pub column: u16,
    pub row: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseWhat {
    Click,
    /// It moved while the button was held.
    Drag,
    LetGo,
    WheelUp,
    WheelDown,
}
