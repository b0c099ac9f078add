//! What became of a mail, as SES tells it.

use super::super::super::report::{Action, Recipient, Report};
use crate::channel::Rejected;
use crate::email::headers::line;
use serde::Deserialize;

#[derive(Deserialize)]
struct Event {
    mail: Sent,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
    delivery: Option<Delivery>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    #[serde(default)]
    headers: Vec<Header>,
    message_id: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounced_recipients: Vec<Bounced>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounced {
    email_address: String,
    status: Option<String>,
    diagnostic_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complaint_feedback_type: Option<String>,
}

#[derive(Deserialize)]
struct Delivery {
    #[serde(default)]
    recipients: Vec<String>,
}

impl Sent {
    /// The Message-ID we gave it, where SES was told to repeat the header; else the one SES gave it.
    fn mail_id(&self) -> Option<String> {
        let ours = self
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case("message-id"));
        let ours = ours.map(|header| header.value.trim().trim_matches(['<', '>']).to_owned());
        ours.or_else(|| self.message_id.clone())
    }
}

/// The report that an event is, if it is one.
pub(super) fn read(kind: &str, message: &str) -> Result<Option<Report>, Rejected> {
    if !matches!(kind, "Bounce" | "Complaint" | "Delivery") {
        return Ok(None);
    }
    let event: Event = serde_json::from_str(message).map_err(|_| Rejected::Unreadable)?;
    let about = event.mail.mail_id();
    let report = match event {
        Event {
            bounce: Some(bounce),
            ..
        } => bounced(about, bounce),
        Event {
            complaint: Some(complaint),
            ..
        } => Report::Complaint {
            about,
            kind: line(
                complaint
                    .complaint_feedback_type
                    .as_deref()
                    .unwrap_or("unknown"),
            ),
        },
        Event {
            delivery: Some(delivery),
            ..
        } => Report::Delivery {
            about,
            recipients: delivery.recipients.iter().map(|it| arrived(it)).collect(),
        },
        Event { .. } => return Err(Rejected::Unreadable),
    };
    Ok(Some(report))
}

/// SES goes on trying before it calls something a bounce, also a transient one; only an absence note
/// is none.
fn bounced(about: Option<String>, bounce: Bounce) -> Report {
    let action = match bounce.bounce_type.as_str() {
        "Permanent" | "Transient" => Action::Failed,
        _ => Action::Unknown,
    };
    let recipients = bounce.bounced_recipients.into_iter().map(|it| Recipient {
        address: line(&it.email_address).to_lowercase(),
        action,
        status: it.status.as_deref().map(line),
        reason: it.diagnostic_code.as_deref().map(line),
    });
    Report::Delivery {
        about,
        recipients: recipients.collect(),
    }
}

fn arrived(address: &str) -> Recipient {
    Recipient {
        address: line(address).to_lowercase(),
        action: Action::Delivered,
        status: None,
        reason: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_bounce_names_our_mail_and_its_reason() {
        let event = json!({ "notificationType": "Bounce",
            "mail": { "messageId": "0101", "headers": [{ "name": "Message-ID", "value": "<ours@example.com>" }] },
            "bounce": { "bounceType": "Permanent", "bouncedRecipients": [
                { "emailAddress": "Ada@example.com", "status": "5.1.1", "diagnosticCode": "smtp; 550 no" }] } });
        let Some(Report::Delivery { about, recipients }) =
            read("Bounce", &event.to_string()).unwrap()
        else {
            panic!("it is a report");
        };
        assert_eq!(about.as_deref(), Some("ours@example.com"));
        assert_eq!(recipients[0].address, "ada@example.com");
        assert_eq!(recipients[0].action, Action::Failed);
        assert_eq!(recipients[0].reason.as_deref(), Some("smtp; 550 no"));
    }

    #[test]
    fn a_complaint_without_headers_is_known_by_the_id_of_ses() {
        let event = json!({ "eventType": "Complaint", "mail": { "messageId": "0101" },
            "complaint": { "complaintFeedbackType": "abuse" } });
        let report = read("Complaint", &event.to_string()).unwrap();
        let wanted = Report::Complaint {
            about: Some("0101".to_owned()),
            kind: "abuse".to_owned(),
        };
        assert_eq!(report, Some(wanted));
        assert_eq!(read("Bounce", "{}"), Err(Rejected::Unreadable));
        assert_eq!(read("Click", "{}"), Ok(None));
    }
}
