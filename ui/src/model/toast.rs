//! Short words about what just happened, above the footer for a while and listed afterwards.

use crate::msg::Level;
use frontdesk_protocol::time::Timestamp;
use std::collections::VecDeque;

const SHOWN_SECONDS: i64 = 4;
const REMEMBERED: usize = 200;

/// Words about something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub level: Level,
    pub text: String,
    pub at: Timestamp,
    /// When it leaves the screen. Bad news stays until a key is pressed.
    pub until: Option<Timestamp>,
}

/// The one that is shown, and the earlier ones.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    pub shown: Option<Toast>,
    pub earlier: VecDeque<Toast>,
    /// How many there have been.
    pub said: u64,
}

impl Toasts {
    /// Says something.
    pub fn say(&mut self, level: Level, text: impl Into<String>, now: Timestamp) {
        let until = (level != Level::Bad).then(|| now.plus_seconds(SHOWN_SECONDS));
        let toast = Toast {
            level,
            text: text.into(),
            at: now,
            until,
        };
        self.said += 1;
        self.earlier.push_back(toast.clone());
        if self.earlier.len() > REMEMBERED {
            self.earlier.pop_front();
        }
        self.shown = Some(toast);
    }

    /// Takes away what has been shown long enough.
    pub fn pass(&mut self, now: Timestamp) {
        let is_over = |toast: &Toast| toast.until.is_some_and(|until| until <= now);
        if self.shown.as_ref().is_some_and(is_over) {
            self.shown = None;
        }
    }

    /// Takes away bad news that has been seen: a key was pressed since.
    pub fn pass_bad(&mut self) {
        if self
            .shown
            .as_ref()
            .is_some_and(|toast| toast.until.is_none())
        {
            self.shown = None;
        }
    }

    /// The last thing that went wrong.
    #[must_use]
    pub fn last_bad(&self) -> Option<&Toast> {
        self.earlier
            .iter()
            .rev()
            .find(|toast| toast.level == Level::Bad)
    }

    /// When the one on the screen goes.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.shown.as_ref()?.until
    }
}
