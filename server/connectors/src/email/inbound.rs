//! What a mail says once it has been read.

use super::report::Report;
use serde::{Deserialize, Serialize};

/// A mail that was read. Names, subject and addresses are cleaned for display; the body's text is
/// decoded and left for the message's own cleaning, which keeps the original beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// What makes the mail one of its kind: its Message-ID, or a hash where it has none.
    pub external_id: String,
    pub message_id: Option<String>,
    /// Message-IDs of what this answers, the nearest first.
    pub answers: Vec<String>,
    pub from: Option<Mailbox>,
    pub reply_to: Option<Mailbox>,
    /// Addresses the mail was delivered to, whatever its To says: the place of a reply token.
    pub delivered_to: Vec<String>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub subject: String,
    /// When the sender says it was sent, in seconds since 1970.
    pub sent_at: Option<i64>,
    pub body: Body,
    pub attachments: Vec<Attachment>,
    /// Signs that a program sent it.
    pub signs: Vec<Sign>,
    /// What it reports about a mail sent earlier.
    pub report: Option<Report>,
    /// What could not be read; the raw mail has it.
    pub shortfalls: Vec<Shortfall>,
}

/// A person or a role at an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    pub name: Option<String>,
    /// In lower case.
    pub address: String,
}

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    pub text: String,
    /// The HTML it came with, without anything that acts or fetches.
    pub html: Option<String>,
}

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A name for display alone: never the name of a file on a disk.
    pub name: String,
    pub media_type: String,
    /// By which HTML refers to an image inside the mail.
    pub content_id: Option<String>,
    pub content: Vec<u8>,
}

/// Why nobody should answer a mail without thinking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    AutoSubmitted,
    NullReturnPath,
    List,
    Precedence,
    SuppressesResponses,
    Autoreply,
    RoleSender,
}

/// What a mail has beyond what is read of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    TooManyParts,
    TooDeep,
    BodyCut,
    BrokenEncoding,
}
