//! What the agent set, read from the configuration.

use frontdesk_protocol::kind::Source;
use frontdesk_protocol::time::Timestamp;

/// How the screen behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where the selection goes when a conversation is done.
    pub after_done: AfterDone,
    /// How long a message to a customer can still be taken back, by channel.
    pub hold: Hold,
    /// How long after a prefix its keys are shown; nothing for never.
    pub which_key_after_ms: Option<u32>,
    /// How long a conversation is looked at before it counts as read.
    pub read_after_ms: u32,
    pub density: Density,
    pub preview: Shown,
    pub context: Shown,
    pub mouse: Shown,
    /// Whether the terminal is told where addresses in messages lead.
    pub hyperlinks: Shown,
    /// What a key press to the customer means: Enter sends, or Enter is a new line.
    pub enter: Enter,
}

/// Seconds for each channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    pub email: u16,
    pub chat: u16,
    pub slack: u16,
    pub sms: u16,
}

impl Hold {
    /// How long a message by this channel can be taken back.
    #[must_use]
    pub const fn of(self, source: Source) -> u16 {
        match source {
            Source::Email => self.email,
            Source::Chat | Source::Api | Source::Custom | Source::Sandbox => self.chat,
            Source::Slack | Source::Mattermost => self.slack,
            Source::Sms | Source::Whatsapp | Source::Telegram => self.sms,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterDone {
    Next,
    Previous,
    List,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// One line a conversation.
    Compact,
    /// Two lines a conversation where the list has a column of its own.
    Comfortable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Yes,
    No,
}

impl Shown {
    /// The other one.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enter {
    NewLine,
    Sends,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            after_done: AfterDone::Next,
            hold: Hold {
                email: 10,
                chat: 3,
                slack: 5,
                sms: 10,
            },
            which_key_after_ms: Some(250),
            read_after_ms: 2_000,
            density: Density::Comfortable,
            preview: Shown::Yes,
            context: Shown::Yes,
            mouse: Shown::Yes,
            hyperlinks: Shown::No,
            enter: Enter::NewLine,
        }
    }
}

impl Settings {
    /// When the keys that go on from a prefix are shown.
    #[must_use]
    pub fn which_key_at(&self, since: Timestamp) -> Option<Timestamp> {
        self.which_key_after_ms
            .map(|ms| Timestamp(since.0 + i64::from(ms) * 1_000))
    }
}
