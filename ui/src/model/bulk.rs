//! The same done to all conversations of a view, also to those that are not loaded: the server does
//! it, and says how far it is.

use frontdesk_inbox::Command;
use frontdesk_protocol::entity::BulkRun;

/// What is asked of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// The search that the view is.
    pub query: String,
    pub command: Command,
    /// What a conversation is afterwards: `done`, `assigned to you`.
    pub words: String,
}

/// What goes on by itself.
#[derive(Debug, Clone)]
pub struct Running {
    pub run: BulkRun,
    /// What it is called: `conversations done`.
    pub words: String,
}

impl Running {
    /// How many conversations it has come by.
    #[must_use]
    pub fn over(&self) -> i64 {
        self.run.done + self.run.skipped + self.run.failed
    }
}
