//! The channel of a team in which conversations are told, answered and acted on: messages with buttons,
//! and what somebody asks for by pressing one or by typing a command.

use super::{Call, Outgoing, Pace};
use frontdesk_domain::{ConversationId, DraftId};
use serde::{Deserialize, Serialize};

/// A channel of the team's own.
pub trait Seat: Sync {
    /// Its id.
    fn channel(&self) -> &str;

    /// The call that tells something.
    ///
    /// # Errors
    /// Why it cannot be told, in words for admins.
    fn tell(&self, told: &Told<'_>) -> Result<Call, String>;

    /// The call that makes what was told at a place into this.
    fn retell(&self, place: &str, told: &Told<'_>) -> Call;

    /// How often what was told may be changed.
    fn retell_pace(&self) -> Pace;
}

/// What is told.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub outgoing: Outgoing<'a>,
    /// What stands above the text.
    pub title: Option<&'a str>,
    pub words: Words,
    /// How things stand, below the text.
    pub state: Option<&'a str>,
    pub buttons: &'a [Button],
}

/// Whose words a text is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Of a colleague, whose marks are meant.
    Ours,
    /// Of anybody: nothing in it acts.
    Theirs,
}

/// A button under what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub label: &'static str,
    pub wish: Wish,
    pub weight: Weight,
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// What most would press.
    Likely,
    /// What takes something away.
    Grave,
}

/// What somebody of the team asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What makes it one, however often it comes.
    pub key: String,
    /// Who asks, as the provider names them.
    pub who: String,
    pub wish: Wish,
    /// Where they are answered.
    pub answer_to: String,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// To have the conversation.
    Take(ConversationId),
    Close(ConversationId),
    Reopen(ConversationId),
    /// To send a draft, in the version that was shown.
    Approve(DraftId, i64),
    Reject(DraftId, i64),
    /// What was typed behind our command.
    Command(String),
}
