//! Changing what was sent, and taking it back, where a provider lets us.

use super::{Answer, Call, Delivery, Outgoing, Pace};

/// Changes of what was sent. Either may be asked for again and again.
pub trait Amend: Sync {
    /// The call that makes what was sent under an id into this.
    ///
    /// # Errors
    /// Why it cannot be, in words for agents.
    fn rewrite(&self, id: &str, outgoing: &Outgoing<'_>) -> Result<Call, String>;

    /// The call that takes back what was sent under an id.
    fn take_back(&self, id: &str) -> Call;

    /// What the answer to taking back means.
    fn read_taken_back(&self, answer: &Answer) -> Delivery;

    /// How often each may be done.
    fn amend_pace(&self, amendment: Amendment) -> Pace;
}

/// What is done to what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amendment {
    Rewrite,
    TakeBack,
}
