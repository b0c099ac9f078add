//! How the program stands with the server.

use frontdesk_protocol::time::Timestamp;

/// Whether what is on the screen is what the server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// Nothing has been tried yet.
    Starting,
    /// The first copy is being fetched; so many conversations are here.
    Filling {
        done: usize,
    },
    /// What was missed is being fetched.
    CatchingUp,
    Live,
    Offline {
        since: Timestamp,
        /// In words for the agent.
        why: String,
        again_at: Timestamp,
    },
    /// The server no longer knows the agent.
    SignedOut {
        why: String,
    },
}

impl Connection {
    /// Whether something can be asked of the server now.
    #[must_use]
    pub const fn reaches_server(&self) -> bool {
        matches!(self, Self::Filling { .. } | Self::CatchingUp | Self::Live)
    }
}
