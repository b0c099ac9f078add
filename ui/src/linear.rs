//! The inbox as lines that follow each other, for screen readers and for pipes: what is typed is a
//! line, what happens is lines, and nothing that was said is ever drawn over.
//!
//! The model is the screen's, and so is everything that can be done with it. Boxes become numbered
//! choices; a text is written line by line.

mod hear;
mod tell;
mod words;

#[cfg(test)]
mod tests;

use crate::effect::Effect;
use crate::model::Model;
use crate::model::connection::Connection;
use crate::model::settings::Shown;
use crate::msg::Arrival;
use crate::text_safe;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::id::{ConversationId, DraftId, EventSeq};
use std::collections::HashSet;

/// How many conversations or choices are told at once.
const AT_ONCE: usize = 10;
/// How much of what arrives elsewhere is told.
const ARRIVED: usize = 120;

/// What has been told, so that nothing is told twice, and what numbers stand for.
#[derive(Debug, Default)]
pub struct Linear {
    /// The conversations that were listed last: numbers mean them.
    listed: Vec<ConversationId>,
    /// A list that was asked for and has not been told.
    wants: Option<From>,
    toasts: u64,
    connection: Option<Connection>,
    open: Option<Told>,
    writing: Option<ConversationId>,
    held: HashSet<IntentId>,
    /// The lines of the box in front.
    front: Vec<String>,
}

/// Where a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Top,
    /// After the last one that was listed.
    Here,
}

/// What of the open conversation has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Told {
    id: ConversationId,
    seq: Option<EventSeq>,
    draft: Option<(DraftId, i64)>,
}

/// What comes of a line that was typed.
#[derive(Debug, Default)]
pub struct Heard {
    pub lines: Vec<String>,
    pub effects: Vec<Effect>,
}

impl Linear {
    /// Begins with the list. Only what is open counts as looked at, since nothing else is told.
    pub fn begin(model: &mut Model) -> Self {
        model.settings.preview = Shown::No;
        model.settings.context = Shown::No;
        Self {
            wants: Some(From::Top),
            ..Self::default()
        }
    }

    /// Whether what was asked for is here, so that the next line can be taken in.
    #[must_use]
    pub fn is_settled(&self, model: &Model) -> bool {
        let is_here = |id| model.threads.get(id).is_some();
        self.wants.is_none() && !model.list.is_loading && model.open.is_none_or(is_here)
    }

    /// Says that a customer wrote, or a colleague named the agent; what comes into the open
    /// conversation is told there.
    #[must_use]
    pub fn arrived(model: &Model, arrival: &Arrival) -> Option<String> {
        if model.open == Some(arrival.conversation_id) {
            return None;
        }
        let words: String = arrival.words.chars().take(ARRIVED).collect();
        let (from, words) = (text_safe::line(&arrival.from), text_safe::line(&words));
        Some(format!("News from {}: {}", from.trim(), words.trim()))
    }
}

/// Whether the first copy is still on its way, so that an empty list says nothing.
fn is_beginning(connection: &Connection) -> bool {
    matches!(
        connection,
        Connection::Starting | Connection::Filling { .. }
    )
}
