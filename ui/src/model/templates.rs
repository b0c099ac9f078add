//! The texts that may be sent although the customer has not written lately, as the server said last.

use frontdesk_protocol::entity::{ReplyTemplate, TemplatePlace};
use frontdesk_protocol::id::ConversationId;

/// Those of the conversation that was asked about last.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    of: Option<ConversationId>,
    all: Vec<ReplyTemplate>,
    /// The last one that was filled in, and in which conversation.
    filled: Option<(ConversationId, String)>,
}

impl Templates {
    /// Those of a conversation, as far as they are known.
    #[must_use]
    pub fn of(&self, id: ConversationId) -> &[ReplyTemplate] {
        match self.of {
            Some(of) if of == id => &self.all,
            _ => &[],
        }
    }

    /// Keeps what the server said.
    pub fn keep(&mut self, id: ConversationId, all: Vec<ReplyTemplate>) {
        (self.of, self.all) = (Some(id), all);
    }

    /// Notes that one was filled in.
    pub fn fill(&mut self, id: ConversationId, text: String) {
        self.filled = Some((id, text));
    }

    /// Whether a text is the one that was filled in.
    #[must_use]
    pub fn is_filled(&self, id: ConversationId, text: &str) -> bool {
        let filled = self.filled.as_ref();
        filled.is_some_and(|(of, filled)| *of == id && filled.trim() == text.trim())
    }
}

/// A template that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filling {
    pub template: ReplyTemplate,
    /// What stands in which place.
    pub values: Vec<(String, String)>,
}

impl Filling {
    /// One in which nothing stands yet.
    #[must_use]
    pub fn new(template: ReplyTemplate) -> Self {
        Self {
            template,
            values: Vec::new(),
        }
    }

    /// The place that is to be filled in next.
    #[must_use]
    pub fn next(&self) -> Option<&TemplatePlace> {
        self.template.places.get(self.values.len())
    }

    /// The same with this in its next place.
    #[must_use]
    pub fn with(&self, value: &str) -> Self {
        let mut filling = self.clone();
        if let Some(place) = self.next() {
            filling.values.push((place.name.clone(), value.to_owned()));
        }
        filling
    }

    /// The text as far as it is filled in.
    #[must_use]
    pub fn text(&self) -> String {
        self.template.filled(&self.values)
    }
}
