//! Mails: what a message was as a mail, and what waits because nobody could tell what it is.

use crate::json::Json;
use crate::{
    AccountId, ConnectionId, MailDirection, MailWay, MessageId, QuarantineId, QuarantineReason,
    Timestamp,
};

/// What a message was or is as a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub message_id: MessageId,
    pub account_id: AccountId,
    /// The mailbox it came or went by, while there is one.
    pub connection_id: Option<ConnectionId>,
    pub direction: MailDirection,
    /// Its Message-ID without the brackets, where it has one.
    pub mail_id: Option<String>,
    /// The address on the other side, in lower case: who wrote it, or to whom it went.
    pub theirs: String,
    /// What its subject is about, without marks of answers.
    pub topic: String,
    /// Its header, as the connectors write it.
    pub details: Json,
    pub created_at: Timestamp,
}

/// What of a mail is kept beside its message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailBody {
    /// The HTML it came with, without anything that acts or fetches.
    pub html: Option<String>,
    /// What stood below what was written: the signature and what is quoted.
    pub rest: Option<String>,
}

/// A mail that waits for somebody to look at it. Its bytes are kept beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub id: QuarantineId,
    pub account_id: AccountId,
    /// The mailbox it came by, while there is one.
    pub connection_id: Option<ConnectionId>,
    pub reason: QuarantineReason,
    /// What exactly is wrong, in words for admins.
    pub explanation: String,
    pub way: MailWay,
    /// The addresses it was delivered to, where what brought it said so.
    pub recipients: Vec<String>,
    pub sender: Option<String>,
    pub subject: Option<String>,
    /// Bytes.
    pub size: i64,
    /// The hash of its bytes.
    pub fingerprint: String,
    pub created_at: Timestamp,
    /// When it was last tried again.
    pub tried_at: Option<Timestamp>,
}
