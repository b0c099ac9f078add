//! What of a mail's header is kept beside its message: for showing it, and for answering it.

use super::inbound::{Inbound, Mailbox, Shortfall, Sign};
use frontdesk_domain::FileId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mail's header, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    pub subject: String,
    pub from: Option<Mailbox>,
    pub reply_to: Option<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Message-IDs of what it answers, the nearest last.
    pub references: Vec<String>,
    /// Signs that a program sent it.
    pub signs: Vec<Sign>,
    /// Whether it came from somebody who is not the conversation's customer. Nothing that was
    /// written before goes to them by itself.
    pub stranger: bool,
    /// Where the images are that its HTML refers to.
    pub inline: BTreeMap<String, FileId>,
    /// The name that the mailbox's provider gave the thread it is in.
    pub thread: Option<String>,
    /// What of it could not be read.
    pub shortfalls: Vec<Shortfall>,
}

impl Details {
    /// Of a mail that came in.
    #[must_use]
    pub fn of(mail: &Inbound) -> Self {
        Self {
            subject: mail.subject.clone(),
            from: mail.from.clone(),
            reply_to: mail.reply_to.clone(),
            to: mail.to.clone(),
            cc: mail.cc.clone(),
            references: mail.answers.iter().rev().cloned().collect(),
            signs: mail.signs.clone(),
            shortfalls: mail.shortfalls.clone(),
            ..Self::default()
        }
    }

    /// Where an answer goes.
    #[must_use]
    pub fn answer_to(&self) -> Option<&Mailbox> {
        self.reply_to.as_ref().or(self.from.as_ref())
    }
}

/// Whether a program may answer this mail by itself. Agents always may.
#[must_use]
pub fn may_answer(details: &Details) -> bool {
    details.signs.is_empty() && !details.stranger
}
