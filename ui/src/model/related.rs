//! What stands beside conversations: those they are linked with, and who may be the same person. It
//! is as the server said last, with what the agent did since.

use frontdesk_inbox::{Command, Row};
use frontdesk_protocol::entity::{AlikeCustomer, LinkedConversation, Related};
use frontdesk_protocol::id::{ConversationId, CustomerId};

/// Beside how many conversations it is remembered.
const KEPT: usize = 40;

/// All that is remembered, the last used at the end.
#[derive(Debug, Clone, Default)]
pub struct Relations(Vec<(ConversationId, Related)>);

/// Somebody who may be the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub id: CustomerId,
    /// What they are called. Anything may stand in it.
    pub title: String,
    /// How they are reached. Anything may stand in it.
    pub reached: Option<String>,
    /// Whether a signature has proven who they are, as far as it is known.
    pub is_proven: bool,
}

impl Relations {
    /// Keeps what the server said.
    pub fn keep(&mut self, id: ConversationId, related: Related) {
        self.0.retain(|(of, _)| *of != id);
        self.0.push((id, related));
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }

    /// Those it is linked with.
    #[must_use]
    pub fn links(&self, id: ConversationId) -> &[LinkedConversation] {
        self.of(id).map_or(&[], |it| &it.links)
    }

    /// Who may be the same person as its customer.
    #[must_use]
    pub fn alike(&self, id: ConversationId) -> &[AlikeCustomer] {
        self.of(id).map_or(&[], |it| &it.alike)
    }

    /// Shows at once what is done to a conversation; `other` is the one it is linked with, where
    /// that is known here.
    pub fn take(&mut self, id: ConversationId, command: &Command, other: Option<&Row>) {
        let Some((_, related)) = self.0.iter_mut().find(|(of, _)| *of == id) else {
            return;
        };
        match command {
            Command::Link(to) => {
                let is_there = related.links.iter().any(|it| it.conversation.id == *to);
                let link = other.filter(|_| !is_there).map(|row| LinkedConversation {
                    conversation: row.conversation.clone(),
                    customer: row.customer.clone(),
                });
                related.links.extend(link);
            }
            Command::Unlink(to) => related.links.retain(|it| it.conversation.id != *to),
            Command::MergeCustomers { from, .. } => {
                related.alike.retain(|it| it.customer.id != *from);
            }
            _ => {}
        }
    }

    fn of(&self, id: ConversationId) -> Option<&Related> {
        let found = self.0.iter().find(|(of, _)| *of == id);
        found.map(|(_, related)| related)
    }
}
