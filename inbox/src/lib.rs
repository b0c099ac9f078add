//! What the client knows of its conversations and may do with them, as plain data: what the
//! screen shows, the local store keeps and the network sends.
//!
//! Everything here is pure. The screen and the store never know each other; both know this.

pub mod command;
pub mod counts;
pub mod deed;
pub mod directory;
pub mod enclosure;
pub mod kept;
pub mod outbound;
pub mod outbox;
pub mod row;
pub mod segments;
pub mod snooze;
#[cfg(test)]
mod testing;
pub mod thread;
pub mod view;

pub use command::{Command, Guard, Quoting, Snooze, Stood};
pub use counts::Counts;
pub use deed::{DeedId, KeptDeed, KeptPart, LogEntry};
pub use directory::Directory;
pub use enclosure::Enclosure;
pub use outbox::{IntentId, OutState, Queued};
pub use row::{DraftMark, LastWords, OutMark, Row, Speaker};
pub use thread::Thread;
pub use view::{Sort, View};
