//! What an AI writes, as it is being written: pushed beside the numbered events, and kept nowhere.

use crate::id::{ConversationId, DraftId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The text of a draft so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftText {
    pub conversation_id: ConversationId,
    /// The draft an agent asked for; one that nobody asked for has its id when it is there.
    #[serde(default)]
    pub draft_id: Option<DraftId>,
    pub state: Writing,
    /// All of it, so that whoever missed a part has it with the next.
    pub text: String,
    /// Why there is no draft, once it has broken off.
    #[serde(default)]
    pub why: Option<String>,
}

impl DraftText {
    /// The event's name.
    pub const EVENT: &'static str = "draft:text";
}

/// How far the writing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    Going,
    /// The draft is there, or will be at once.
    Done,
    /// There will be none.
    Broken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_travels_with_its_state() {
        let text = r#"{"conversation_id":"6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002","state":"going","text":"Hi"}"#;
        let read: DraftText = serde_json::from_str(text).unwrap();
        assert_eq!(read.state, Writing::Going);
        assert_eq!((read.draft_id, read.why.clone()), (None, None));
        let again = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<DraftText>(&again).unwrap(), read);
    }
}
