//! Amazon SES by a topic of SNS: whole mails, and what became of mails that were sent.

mod notice;
mod report;

pub use notice::{Notice, Purpose};

use super::super::report::Report;
use crate::channel::Rejected;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

/// What a notice brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brought {
    Mail {
        raw: Vec<u8>,
        recipients: Vec<String>,
    },
    Report(Report),
    /// Nothing of ours: a test, or an event that says nothing new.
    Nothing,
    /// The mail lies elsewhere: the rule stores it in S3 and only says so.
    Elsewhere,
}

#[derive(Deserialize)]
struct Received {
    content: Option<String>,
    receipt: Receipt,
}

#[derive(Deserialize)]
struct Receipt {
    #[serde(default)]
    recipients: Vec<String>,
    action: Action,
}

#[derive(Deserialize)]
struct Action {
    #[serde(default)]
    encoding: Option<String>,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(alias = "eventType", rename = "notificationType")]
    kind: Option<String>,
}

/// Reads the message of a notice that was proven.
///
/// # Errors
/// When it is none of what Amazon describes.
pub fn read(message: &str) -> Result<Brought, Rejected> {
    // SNS itself says in plain words that it tried a topic out.
    let Ok(kind) = serde_json::from_str::<Kind>(message) else {
        return Ok(Brought::Nothing);
    };
    match kind.kind.as_deref() {
        Some("Received") => received(message),
        Some(kind) => Ok(report::read(kind, message)?.map_or(Brought::Nothing, Brought::Report)),
        None => Ok(Brought::Nothing),
    }
}

fn received(message: &str) -> Result<Brought, Rejected> {
    let it: Received = serde_json::from_str(message).map_err(|_| Rejected::Unreadable)?;
    let Some(content) = it.content else {
        return Ok(Brought::Elsewhere);
    };
    let in_base64 = it
        .receipt
        .action
        .encoding
        .is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    let raw = if in_base64 {
        let packed: String = content.split_ascii_whitespace().collect();
        STANDARD.decode(packed).map_err(|_| Rejected::Unreadable)?
    } else {
        content.into_bytes()
    };
    Ok(Brought::Mail {
        raw,
        recipients: it.receipt.recipients,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mail_comes_in_either_encoding() {
        for (encoding, content) in [
            ("UTF8", "From: a@b.c\r\n\r\nHi"),
            ("BASE64", "RnJvbTogYUBiLmMNCg0KSGk="),
        ] {
            let message = json!({ "notificationType": "Received", "content": content,
                "receipt": { "recipients": ["s@example.com"], "action": { "type": "SNS", "encoding": encoding } } });
            let mail = Brought::Mail {
                raw: b"From: a@b.c\r\n\r\nHi".to_vec(),
                recipients: vec!["s@example.com".to_owned()],
            };
            assert_eq!(read(&message.to_string()), Ok(mail));
        }
        let stored = json!({ "notificationType": "Received",
            "receipt": { "recipients": [], "action": { "type": "S3" } } });
        assert_eq!(read(&stored.to_string()), Ok(Brought::Elsewhere));
    }

    #[test]
    fn what_is_no_mail_is_no_error() {
        for message in [
            "Successfully validated SNS topic for Amazon SES event publishing.",
            "{}",
            r#"{"eventType": "Open"}"#,
        ] {
            assert_eq!(read(message), Ok(Brought::Nothing), "{message}");
        }
        let broken = r#"{"notificationType": "Received"}"#;
        assert_eq!(read(broken), Err(Rejected::Unreadable));
    }
}
