//! Telling a provider by which way it is to reach us.

use super::{Answer, Call, Delivery};

/// A provider that is told where to post, or that it will be asked.
pub trait Announce: Sync {
    /// What is announced, in letters that change with it and show nothing of it.
    fn mark(&self, hook: &str) -> String;

    /// Has it tell of everything at an address of ours; where it is asked instead, nowhere.
    fn announce(&self, hook: &str) -> Call;

    /// Whether it agreed.
    ///
    /// # Errors
    /// Why it did not.
    fn agreed(&self, answer: &Answer) -> Result<(), Delivery>;
}
