//! What can lie in front of the desk.

use super::bulk::Bulk;
use super::compare::Compare;
use super::field::Field;
use super::picker::Picker;
use super::sheet::Sheet;
use crate::action::Action;
use crate::first_run::FirstRun;
use frontdesk_inbox::Command;
use frontdesk_protocol::id::{ConversationId, DraftId, EventSeq, MessageId, ViewId};

/// Something in front. The topmost takes the keys.
#[derive(Debug, Clone)]
pub enum Layer {
    Picker(Box<Picker>),
    /// The line that narrows the view.
    Narrow(Field),
    /// The line that looks for words in the thread.
    Find(Field),
    Confirm(Confirm),
    /// The agent's text beside what a model made of it.
    Compare(Box<Compare>),
    /// A text that is only read.
    Sheet(Box<Sheet>),
    /// The last step of the first run: it goes by itself when the desk is here.
    FirstSync(Box<FirstRun>),
}

/// A question with yes and no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    pub question: String,
    /// What is noteworthy, a line each.
    pub warnings: Vec<String>,
    /// What yes is called: a verb.
    pub yes: &'static str,
    pub then: Then,
}

/// What is done after a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Act on all that is selected.
    Act(Action),
    /// Send what stands in the composer.
    Send(ConversationId),
    Discard(ConversationId),
    /// Approve this version of a draft, though it rests on a text for the company only.
    Approve(ConversationId, DraftId, i64),
    /// Let the server do this to all of a view, which was looked at up to this event.
    Bulk(Box<Bulk>, EventSeq),
    /// Two customers are one person, as somebody sees in this conversation.
    SamePerson(ConversationId, Box<Command>),
    DeleteView(ViewId),
    /// Split these messages off.
    Split(ConversationId, Vec<MessageId>),
    /// Forward it to this address with these words.
    Forward {
        id: ConversationId,
        to: String,
        body: String,
    },
    /// Merge these into that one.
    Merge {
        from: Vec<ConversationId>,
        into: ConversationId,
    },
    Quit,
    /// Run the macro of this name on what is selected.
    Macro(String),
    /// Play the recorded keys on each that is selected.
    Play,
}
