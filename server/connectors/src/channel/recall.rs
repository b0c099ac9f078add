//! Finding what came while nobody listened. The channel says what to ask, and what an answer tells and
//! makes it ask next.

use super::{Answer, Arrival, Call, Delivery};
use serde_json::Value;

/// What is asked; only the channel knows what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question(pub Value);

/// What was found, with what puts it in order among the rest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recalled {
    pub order: String,
    pub key: String,
    pub body: String,
}

impl From<Recalled> for Arrival {
    fn from(it: Recalled) -> Self {
        Self {
            key: it.key,
            body: it.body,
        }
    }
}

/// A provider that keeps what was said.
pub trait Recall: Sync {
    /// The first question: what came since a moment, also on lines that are known.
    fn begin(&self, since: &str, lines: &[String]) -> Question;

    /// Asks it.
    fn ask(&self, question: &Question) -> Call;

    /// What the answer tells, and what is to be asked next.
    ///
    /// # Errors
    /// Why there is nothing to read. What is refused is refused for this question alone.
    fn read(
        &self,
        question: &Question,
        answer: &Answer,
    ) -> Result<(Vec<Recalled>, Vec<Question>), Delivery>;
}
