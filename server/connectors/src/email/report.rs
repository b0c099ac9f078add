//! Reports about mail that was sent earlier: that it bounced, that it waits, that somebody
//! complained. A report is a claim; whoever acts on it checks that the mail was ours.

use super::headers;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// How many recipients are read of one report.
const MOST_RECIPIENTS: usize = 100;

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// What became of a mail at its recipients.
    Delivery {
        /// The Message-ID of the mail it speaks of.
        about: Option<String>,
        recipients: Vec<Recipient>,
    },
    /// A recipient called the mail spam, or something like it.
    Complaint { about: Option<String>, kind: String },
}

/// What became of a mail at one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: String,
    pub action: Action,
    /// As `5.1.1`.
    pub status: Option<String>,
    pub reason: Option<String>,
}

/// What the other server did. Only `Failed` is a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
    Unknown,
}

pub(super) fn of(message: &Message<'_>, parts: &[usize]) -> Option<Report> {
    let find = |kind: &str, sub: &str| {
        parts
            .iter()
            .map(|at| &message.parts[*at])
            .find(|part| part.is_content_type(kind, sub))
    };
    if let Some(part) = find("message", "feedback-report") {
        let fields = fields(&String::from_utf8_lossy(part.contents()));
        let kind = value(&fields, "feedback-type").unwrap_or("unknown");
        return Some(Report::Complaint {
            about: about(message, parts),
            kind: headers::line(kind),
        });
    }
    let recipients = match find("message", "delivery-status") {
        Some(part) => recipients(&String::from_utf8_lossy(part.contents())),
        None => failed_recipients(message),
    };
    (!recipients.is_empty()).then(|| Report::Delivery {
        about: about(message, parts),
        recipients,
    })
}

/// The Message-ID of the mail that came back, whole or as its header.
fn about(message: &Message<'_>, parts: &[usize]) -> Option<String> {
    parts.iter().find_map(|at| {
        let part = &message.parts[*at];
        match &part.body {
            PartType::Message(inner) => headers::message_id(inner),
            _ if part.is_content_type("text", "rfc822-headers") => MessageParser::default()
                .parse_headers(part.contents())
                .and_then(|inner| headers::message_id(&inner)),
            _ => None,
        }
    })
}

/// One block of fields for the mail, then one for each recipient, parted by empty lines.
fn recipients(text: &str) -> Vec<Recipient> {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(fields);
    blocks
        .filter_map(|fields| recipient(&fields))
        .take(MOST_RECIPIENTS)
        .collect()
}

fn recipient(fields: &[(String, String)]) -> Option<Recipient> {
    let named = value(fields, "final-recipient").or_else(|| value(fields, "original-recipient"))?;
    let address = named.rsplit(';').next().unwrap_or(named);
    let action = match value(fields, "action")
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("failed") => Action::Failed,
        Some("delayed") => Action::Delayed,
        Some("delivered" | "relayed" | "expanded") => Action::Delivered,
        _ => Action::Unknown,
    };
    let reason = value(fields, "diagnostic-code");
    Some(Recipient {
        address: headers::line(address).to_lowercase(),
        action,
        status: value(fields, "status").map(headers::line),
        reason: reason.map(headers::line),
    })
}

/// Exim says it in a header of its own.
fn failed_recipients(message: &Message<'_>) -> Vec<Recipient> {
    let listed = message
        .headers_raw()
        .filter(|(name, _)| name.eq_ignore_ascii_case("x-failed-recipients"))
        .flat_map(|(_, value)| value.split(','));
    listed
        .map(|address| headers::line(address).to_lowercase())
        .filter(|address| address.contains('@'))
        .take(MOST_RECIPIENTS)
        .map(|address| Recipient {
            address,
            action: Action::Failed,
            status: None,
            reason: None,
        })
        .collect()
}

/// The fields of a block, with folded lines joined.
fn fields(block: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    found
}

fn value<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}
