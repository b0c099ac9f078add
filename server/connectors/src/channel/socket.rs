//! A way in over a line that we open, for servers nobody can call.

use super::{Answer, Arrival, Asked, Call, Delivery};

/// A line that we open and the provider writes to.
pub trait Socket: Sync {
    /// Asks where to connect to.
    fn ask(&self) -> Call;

    /// The address in the answer; it holds for one connection.
    ///
    /// # Errors
    /// Why there is none.
    fn address(&self, answer: &Answer) -> Result<String, Delivery>;

    /// What a frame says.
    fn frame(&self, text: &str) -> Frame;
}

/// What a frame says, and what it is answered once that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// The line stands.
    Hello,
    Keep {
        arrival: Arrival,
        reply: String,
    },
    /// Somebody of the team asks for something.
    Asked {
        asked: Asked,
        reply: String,
    },
    /// There is nothing in it for us.
    Reply(String),
    /// The line goes soon: another is to stand before.
    Leave,
    /// There are no lines any more, in words for admins.
    Off(String),
    Nothing,
}
