//! Mails as they travel: what a message is as one, and those that wait for somebody to look at them.

use frontdesk_connectors::email::{Details, Mailbox};
use frontdesk_domain::mail::{Mail, MailBody, Quarantined};
use frontdesk_domain::{
    ConnectionId, FileId, MailDirection, MailWay, MessageId, QuarantineId, QuarantineReason,
};
use frontdesk_protocol::time::UtcStamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person or a role at an address.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Address {
    name: Option<String>,
    address: String,
}

/// What a message is as a mail.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct MailShown {
    message_id: MessageId,
    /// Which way it went.
    direction: MailDirection,
    /// Its Message-ID, without the brackets.
    mail_id: Option<String>,
    subject: String,
    from: Option<Address>,
    reply_to: Option<Address>,
    to: Vec<Address>,
    cc: Vec<Address>,
    /// Message-IDs of what it answers, the nearest last.
    references: Vec<String>,
    /// Whether a program sent it.
    automatic: bool,
    /// Whether it came from somebody who is not the conversation's customer.
    stranger: bool,
    /// The HTML it came with, without anything that acts or fetches.
    html: Option<String>,
    /// The files of the images that the HTML names by `cid:`.
    inline: BTreeMap<String, FileId>,
    /// What stood below what was written: the signature and what is quoted.
    rest: Option<String>,
}

/// A mail that waits.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct WaitingMail {
    id: QuarantineId,
    object: &'static str,
    reason: QuarantineReason,
    /// What exactly is wrong.
    explanation: String,
    /// The mailbox it came by; null when that is gone.
    connection_id: Option<ConnectionId>,
    /// What brought it.
    way: MailWay,
    recipients: Vec<String>,
    sender: Option<String>,
    subject: Option<String>,
    /// Bytes.
    size: i64,
    created_at: UtcStamp,
    /// When it was last tried again.
    tried_at: Option<UtcStamp>,
}

/// What a message is as a mail.
pub(crate) fn mail(it: Mail, body: MailBody) -> MailShown {
    let details: Details = serde_json::from_str(&it.details.0).unwrap_or_default();
    let addresses = |all: Vec<Mailbox>| all.into_iter().map(address).collect();
    MailShown {
        message_id: it.message_id,
        direction: it.direction,
        mail_id: it.mail_id,
        automatic: !details.signs.is_empty(),
        subject: details.subject,
        from: details.from.map(address),
        reply_to: details.reply_to.map(address),
        to: addresses(details.to),
        cc: addresses(details.cc),
        references: details.references,
        stranger: details.stranger,
        html: body.html,
        inline: details.inline,
        rest: body.rest,
    }
}

fn address(it: Mailbox) -> Address {
    Address {
        name: it.name,
        address: it.address,
    }
}

/// A mail that waits.
pub(crate) fn waiting_mail(it: Quarantined) -> WaitingMail {
    WaitingMail {
        id: it.id,
        object: "quarantined_mail",
        reason: it.reason,
        explanation: it.explanation,
        connection_id: it.connection_id,
        way: it.way,
        recipients: it.recipients,
        sender: it.sender,
        subject: it.subject,
        size: it.size,
        created_at: UtcStamp(it.created_at),
        tried_at: it.tried_at.map(UtcStamp),
    }
}
