//! A box in which something is chosen: a field to narrow by, and what is left to choose from.

mod fit;
mod scope;

pub use scope::{ELSEWHERE, Scope};

use super::field::Field;
use super::related::Other;
use super::templates::Filling;
use crate::action::Action;
use crate::text_safe;
use frontdesk_inbox::kept::{NewView, ViewChange};
use frontdesk_inbox::outbound::{Outbound, Recipient};
use frontdesk_inbox::{Command, DeedId, IntentId, Snooze, Sort, View};
use frontdesk_protocol::entity::{DraftSource, ReplyTemplate};
use frontdesk_protocol::id::{
    CannedResponseId, ConversationId, FileId, InboxId, KnowledgeId, MessageId, ScheduledReplyId,
    TagId, TeamId, UserId, ViewId,
};
use frontdesk_protocol::kind::{Audience, Availability};
use frontdesk_protocol::time::Timestamp;
use std::borrow::Cow;

/// Something to choose from a list.
#[derive(Debug, Clone)]
pub struct Picker {
    pub purpose: Purpose,
    /// What stands above it.
    pub title: String,
    pub field: Field,
    /// Everything there is.
    pub items: Vec<Item>,
    /// The part of it that is looked through.
    pub scope: Scope,
    /// Those that fit what was typed, best first, as places in `items`.
    pub fitting: Vec<usize>,
    /// Which of the fitting ones is chosen.
    pub at: usize,
}

/// What a picker is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    Palette,
    Help,
    Assign,
    Label,
    Move,
    Snooze,
    /// Open, closed or resting.
    Status,
    SortBy,
    Availability,
    Canned,
    /// A canned reply that takes the place of the slash before the cursor.
    Slash,
    /// Into which conversation others are merged.
    Merge,
    /// With which conversation others are linked.
    Link,
    /// What it is linked with.
    Linked,
    /// Who is the same person.
    SamePerson,
    /// Which messages are split off.
    Split,
    /// To whom it is forwarded.
    ForwardTo,
    /// With which words, to this address.
    ForwardWords(String),
    /// What was done.
    UndoLog,
    /// A text that a provider has approved.
    Template,
    /// What stands in the next place of one.
    TemplatePlace(Box<Filling>),
    /// A macro to run.
    Macro,
    /// A command of the agent's own to run.
    Command,
    /// What such a command printed.
    Printed,
    RejectDraft,
    /// How a draft shall be otherwise.
    Wish,
    /// How the agent's own text shall be otherwise.
    Rewrite,
    /// What a draft rests on.
    Sources,
    /// What of the suggestions to do.
    Suggestions,
    /// Knowledge that was proposed.
    Proposals,
    /// What to do with one of it.
    Proposal,
    Links,
    Attachments,
    /// A path, at the end of which a file is attached.
    Path,
    /// Whether what was pasted is attached or is a text.
    Pasted(String),
    /// Which file to take off.
    Detach,
    Outbox,
    /// What to do with one thing of the outbox.
    OutboxEntry(IntentId),
    /// What was said lately.
    Messages,
    /// The keys of a box.
    Keys,
    /// Every conversation there is, by words.
    Search,
    /// By which channel a customer is answered.
    Channel,
    /// Under which name recorded keys are kept.
    KeysName,
    /// Which kept keys to play.
    Play,
    /// When a text goes out.
    SendLater,
    /// What goes out later.
    Later,
    /// What to do with one of it.
    LaterEntry,
    /// When it goes out instead.
    LaterTime(ScheduledReplyId),
    /// Which view to go to.
    Views,
    /// Under which name this search is kept.
    ViewName(String),
    /// Who sees it.
    ViewScope,
    /// What to do with a view.
    ChangeView,
    /// What a view is called instead.
    ViewRename(ViewId),
    /// Whom to write to first.
    NewTo,
    /// By which way.
    NewBy,
    /// What the mail is about.
    NewSubject(Box<Outbound>),
}

/// One thing to choose. All words in it are safe to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What stands above the first of several that belong together; empty for nothing.
    pub heading: &'static str,
    pub label: String,
    /// Muted words at the right.
    pub detail: String,
    /// Words it is found by that are not shown.
    pub also: String,
    /// Why it cannot be chosen now.
    pub unavailable: Option<Cow<'static, str>>,
    /// Whether it is so already: a tag that is there.
    pub is_on: bool,
    pub choice: Choice,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Action(Action),
    User(Option<UserId>),
    Team(TeamId),
    Tag(TagId),
    Inbox(InboxId),
    Snooze(Snooze),
    Sort(Sort),
    Availability(Availability),
    Canned(CannedResponseId),
    /// Fill this template in.
    Template(Box<ReplyTemplate>),
    /// Go on with what has been filled in.
    TemplateValue(Box<Filling>),
    /// Run the macro of this name.
    Macro(String),
    /// Put the text of the macro of this name into what is being written.
    MacroText(String),
    /// Run the agent's own command of this name.
    Command(String),
    Reason(String),
    Wish(String),
    Rewrite(String),
    Source(Box<DraftSource>),
    /// A part of what is suggested: what it is, and what makes it so.
    Suggestion(String, Box<Command>),
    Proposal(KnowledgeId),
    ReadProposal(KnowledgeId),
    WriteProposal(KnowledgeId),
    ApproveProposal(KnowledgeId, Audience),
    RejectProposal(KnowledgeId),
    Link(String),
    Attachment {
        url: String,
        filename: String,
    },
    /// Attach the files of these paths.
    Attach(Vec<String>),
    /// Go into this folder.
    Folder(String),
    PasteText(String),
    Detach(FileId),
    Intent(IntentId),
    SendAnyway(IntentId),
    SendNow(IntentId),
    Revise(IntentId),
    Drop(IntentId),
    Retry(IntentId),
    Conversation(ConversationId),
    /// A conversation a search found, and the message that has the words.
    Hit(ConversationId, Option<MessageId>),
    /// Answer in this conversation.
    ReplyIn(ConversationId),
    KeepKeys(String),
    Play(String),
    SendLater(Timestamp),
    Later(ScheduledReplyId),
    LaterTime(ScheduledReplyId),
    LaterAt(ScheduledReplyId, Timestamp),
    LaterText(ScheduledReplyId),
    LaterCancel(ScheduledReplyId),
    View(View),
    ViewName {
        name: String,
        query: String,
    },
    KeepView(Box<NewView>),
    RenameView(ViewId),
    DeleteView(ViewId),
    ChangeView(ViewId, ViewChange),
    /// Write to them first.
    NewTo(Box<Recipient>),
    /// By this way.
    NewBy(Outbound),
    /// With this subject, or without one.
    Begin(Outbound),
    MergeInto(ConversationId),
    LinkWith(ConversationId),
    Unlink(ConversationId),
    SamePerson(Box<Other>),
    Message(MessageId),
    ForwardTo(String),
    Forward {
        to: String,
        words: String,
    },
    /// Take back what was done.
    TakeBack(DeedId),
    /// It is only there to be read.
    Nothing,
}

impl Purpose {
    /// Whether a phrase for a time is typed into its field.
    #[must_use]
    pub const fn wants_time(&self) -> bool {
        matches!(self, Self::Snooze | Self::SendLater | Self::LaterTime(_))
    }
}

impl Picker {
    /// A picker in which nothing has been typed.
    #[must_use]
    pub fn new(purpose: Purpose, title: impl Into<String>, items: Vec<Item>) -> Self {
        let mut picker = Self {
            scope: Scope::of(&purpose)
                .first()
                .copied()
                .unwrap_or(Scope::Everything),
            purpose,
            title: title.into(),
            field: Field::default(),
            fitting: Vec::new(),
            items,
            at: 0,
        };
        picker.fit();
        picker
    }

    /// What stands above it now.
    #[must_use]
    pub fn heading(&self) -> String {
        match (&self.purpose, self.scope) {
            (Purpose::Help, Scope::Everything) => "All keys".to_owned(),
            (_, Scope::Everything | Scope::Here) => self.title.clone(),
            (_, scope) => format!("{}: {}", self.title, scope.title()),
        }
    }

    /// The part that would be looked through next.
    #[must_use]
    pub fn next_scope(&self) -> Scope {
        let scopes = Scope::of(&self.purpose);
        let at = scopes.iter().position(|it| *it == self.scope).unwrap_or(0);
        scopes
            .get((at + 1) % scopes.len())
            .copied()
            .unwrap_or(self.scope)
    }

    /// Looks through the next part.
    pub fn turn_scope(&mut self) {
        self.scope = self.next_scope();
        self.fit();
    }

    /// What belongs to the part that is looked through.
    pub fn in_scope(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| self.scope.has(item))
    }

    /// Looks again which things fit what was typed; the best is chosen.
    pub fn fit(&mut self) {
        let text = self.field.text();
        self.fitting = match self.purpose {
            // What a search found fits already, and a phrase for a time is not looked up.
            Purpose::Search
            | Purpose::Snooze
            | Purpose::SendLater
            | Purpose::LaterTime(_)
            | Purpose::NewTo
            | Purpose::Link
            | Purpose::SamePerson
            | Purpose::ForwardTo
            | Purpose::ForwardWords(_)
            | Purpose::Path
            | Purpose::NewSubject(_)
            | Purpose::TemplatePlace(_)
            | Purpose::ViewName(_)
            | Purpose::ViewRename(_)
            | Purpose::KeysName => (0..self.items.len()).collect(),
            Purpose::Help
            | Purpose::Keys
            | Purpose::Messages
            | Purpose::Printed
            | Purpose::Linked => fit::in_given_order(&self.items, text),
            _ => fit::best_first(&self.items, text),
        };
        let (items, scope) = (&self.items, self.scope);
        let is_in = |at: &usize| items.get(*at).is_some_and(|item| scope.has(item));
        self.fitting.retain(is_in);
        self.at = 0;
    }

    /// Puts other things in, and keeps the place.
    pub fn refill(&mut self, items: Vec<Item>) {
        let at = self.at;
        self.items = items;
        self.fit();
        self.at = at.min(self.fitting.len().saturating_sub(1));
    }

    /// Chooses another one, as far as there are any.
    pub fn step(&mut self, by: isize) {
        let last = self.fitting.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// What is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Item> {
        self.items.get(*self.fitting.get(self.at)?)
    }

    /// Whether headings mean anything: things stand in the order in which they were given.
    #[must_use]
    pub fn is_in_given_order(&self) -> bool {
        self.fitting.is_sorted()
    }
}

impl Item {
    /// Something to choose.
    #[must_use]
    pub fn new(label: &str, choice: Choice) -> Self {
        Self {
            heading: "",
            label: text_safe::line(label).into_owned(),
            detail: String::new(),
            also: String::new(),
            unavailable: None,
            is_on: false,
            choice,
        }
    }

    /// With muted words at the right.
    #[must_use]
    pub fn with_detail(mut self, detail: &str) -> Self {
        self.detail = text_safe::line(detail).into_owned();
        self
    }

    /// Found by these words too.
    #[must_use]
    pub fn found_by(mut self, words: &str) -> Self {
        words.clone_into(&mut self.also);
        self
    }

    /// Under a heading.
    #[must_use]
    pub fn under(mut self, heading: &'static str) -> Self {
        self.heading = heading;
        self
    }
}

#[cfg(test)]
mod tests;
