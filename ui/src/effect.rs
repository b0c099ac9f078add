//! Everything the screen may ask of the rest of the program.

use crate::model::assist::Assist;
use crate::model::bulk::Bulk;
use crate::msg::{Typed, WrittenKind};
use crate::own_command::OwnCommand;
use frontdesk_inbox::kept::{Asked, NewView, ViewChange};
use frontdesk_inbox::outbound::Outbound;
use frontdesk_inbox::{Enclosure, IntentId, LogEntry, Queued, Sort, View};
use frontdesk_protocol::id::{
    BulkRunId, ConversationId, EventSeq, KnowledgeId, ScheduledReplyId, ViewId,
};
use frontdesk_protocol::kind::Availability;
use frontdesk_protocol::time::Timestamp;

/// Something to be done outside. Answers come back as messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    // Of the local store.
    LoadPage(LoadPage),
    LoadThread(ConversationId),
    /// Messages before this one, from the store or else from the server.
    LoadOlder {
        conversation_id: ConversationId,
        before: EventSeq,
    },
    SortBy {
        view: View,
        sort: Sort,
    },
    /// Count what these searches of kept views find.
    CountKept(Vec<(ViewId, String)>),
    /// Note what was done, to be taken back on another day too.
    Log(Vec<LogEntry>),
    /// Say what can be taken back.
    LoadDeeds,
    /// Write these down, then send them.
    Enqueue(Vec<Queued>),
    /// Take these back, if they have not been sent.
    TakeBack(Vec<IntentId>),
    /// Do not hold this back any longer.
    SendNow(IntentId),
    /// Send this although something was written since.
    SendAnyway(IntentId),
    /// Try this again, after it was refused.
    Retry(IntentId),
    SaveText(Typed),
    ForgetText {
        conversation_id: ConversationId,
        kind: WrittenKind,
    },
    LoadText(ConversationId),
    /// Copy these files, to go along with a text.
    Attach {
        conversation_id: ConversationId,
        kind: WrittenKind,
        paths: Vec<String>,
    },
    /// Say what lies where this path leads.
    ListPaths {
        generation: u64,
        text: String,
    },
    /// Say whether what was pasted names files.
    LookAtPaths {
        conversation_id: ConversationId,
        kind: WrittenKind,
        text: String,
    },
    Search {
        generation: u64,
        text: String,
    },
    /// Customers who have these words.
    FindCustomers {
        generation: u64,
        text: String,
    },

    // Of the network.
    /// Bring these files to the server.
    Upload(Vec<Enclosure>),
    /// Ask what goes out later.
    LoadLater,
    /// Ask how the connections are.
    LoadConnections,
    MoveLater(ScheduledReplyId, Timestamp),
    CancelLater(ScheduledReplyId),
    SearchServer {
        generation: u64,
        text: String,
    },
    /// Keep a search as a view.
    KeepView(NewView),
    /// Rename or delete a view.
    ChangeView(ViewId, ViewChange),
    /// Begin a conversation.
    Begin(Outbound),
    /// Ask which texts may be sent although the customer has not written lately.
    LoadTemplates(ConversationId),
    /// Ask what stands beside this conversation.
    LoadRelated(ConversationId),
    /// These conversations are looked at: colleagues are told so.
    Watch(Vec<ConversationId>),
    /// The agent is typing to the customer.
    Typing(ConversationId),
    SyncNow,
    /// Have an AI do something.
    Assist(Assist),
    SetAvailability(Availability),
    /// Ask how many conversations this is about.
    BulkLook(Box<Bulk>),
    /// Let the server do it to what was looked at up to this event.
    BulkBegin(Box<Bulk>, EventSeq),
    /// Let the server take it back.
    BulkUndo(BulkRunId),

    // Of the terminal and the system.
    /// Write in the agent's own editor.
    Edit(Typed),
    /// Write an entry of knowledge in the agent's own editor: its title in the first line.
    EditKnowledge(KnowledgeId, String),
    /// Keep recorded keys, as a configuration spells them, under a name.
    KeepKeys {
        name: String,
        keys: String,
    },
    /// Run a command of the agent's own, which reads these conversations.
    RunCommand {
        command: OwnCommand,
        on: Vec<ConversationId>,
    },
    Copy {
        what: &'static str,
        text: String,
    },
    OpenLink(String),
    SaveAttachment {
        url: String,
        filename: String,
    },
    Notify {
        title: String,
        body: String,
    },
    SetMouse(MouseUse),
    Redraw,
    Suspend,
    Quit,
}

impl Effect {
    /// What it is called in a log. What it carries may be a customer's words, and is not said.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LoadPage(_) => "load-page",
            Self::LoadThread(_) => "load-thread",
            Self::LoadOlder { .. } => "load-older",
            Self::SortBy { .. } => "sort-by",
            Self::CountKept(_) => "count-kept",
            Self::LoadLater => "load-later",
            Self::LoadConnections => "load-connections",
            Self::MoveLater(..) => "move-later",
            Self::CancelLater(_) => "cancel-later",
            Self::SearchServer { .. } => "search-server",
            Self::KeepView(_) => "keep-view",
            Self::ChangeView(..) => "change-view",
            Self::Log(_) => "log",
            Self::LoadDeeds => "load-deeds",
            Self::Enqueue(_) => "enqueue",
            Self::TakeBack(_) => "take-back",
            Self::SendNow(_) => "send-now",
            Self::SendAnyway(_) => "send-anyway",
            Self::Retry(_) => "retry",
            Self::SaveText(_) => "save-text",
            Self::ForgetText { .. } => "forget-text",
            Self::LoadText(_) => "load-text",
            Self::Attach { .. } => "attach",
            Self::ListPaths { .. } => "list-paths",
            Self::LookAtPaths { .. } => "look-at-paths",
            Self::Upload(_) => "upload",
            Self::Search { .. } => "search",
            Self::FindCustomers { .. } => "find-customers",
            Self::Begin(_) => "begin",
            Self::LoadTemplates(_) => "load-templates",
            Self::LoadRelated(_) => "load-related",
            Self::Watch(_) => "watch",
            Self::Typing(_) => "typing",
            Self::SyncNow => "sync-now",
            Self::Assist(_) => "assist",
            Self::BulkLook(_) => "bulk-look",
            Self::BulkBegin(..) => "bulk-begin",
            Self::BulkUndo(_) => "bulk-undo",
            Self::SetAvailability(_) => "set-availability",
            Self::Edit(_) => "edit",
            Self::EditKnowledge(..) => "edit-knowledge",
            Self::KeepKeys { .. } => "keep-keys",
            Self::RunCommand { .. } => "run-command",
            Self::Copy { .. } => "copy",
            Self::OpenLink(_) => "open-link",
            Self::SaveAttachment { .. } => "save-attachment",
            Self::Notify { .. } => "notify",
            Self::SetMouse(_) => "set-mouse",
            Self::Redraw => "redraw",
            Self::Suspend => "suspend",
            Self::Quit => "quit",
        }
    }
}

/// A part of a list that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadPage {
    pub generation: u64,
    pub view: View,
    pub from: From,
    /// Only rows whose customer, subject or last words have all of these.
    pub narrowed: Option<String>,
    /// What a kept view asks for, where it is one.
    pub kept: Option<Asked>,
    pub limit: usize,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Top,
    Bottom,
    /// The rows after this one.
    After(ConversationId),
    /// The rows before this one.
    Before(ConversationId),
    /// This one in the middle, or what stands where it would.
    Around(ConversationId),
}

/// Whether the mouse belongs to this program or to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseUse {
    Ours,
    Terminals,
}
