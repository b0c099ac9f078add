//! What Twilio tells: messages of customers, and what became of ours.

use super::settings::Service;
use super::{Twilio, codes, signature};
use crate::channel::{Consent, Heard, Message, Receipt, Receive, Rejected, Remote, Request};
use frontdesk_domain::DeliveryState;
use std::collections::HashMap;
use url::{Url, form_urlencoded};

/// More files than a message has.
const MOST_FILES: usize = 10;

/// What Twilio and the networks take for a wish to hear no more.
const STOP: &[&str] = &[
    "STOP",
    "STOPALL",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
];

/// And for one to hear again.
const START: &[&str] = &["START", "YES", "UNSTOP"];

/// And for the question who writes.
const HELP: &[&str] = &["HELP", "INFO"];

/// The name under which our addresses carry the message a receipt is about.
pub(super) const MESSAGE: &str = "message";

type Fields = HashMap<String, String>;

impl Receive for Twilio {
    fn receive(&self, request: &Request<'_>) -> Result<Vec<Heard>, Rejected> {
        if !signature::is_genuine(request, &self.secrets.auth_token) {
            return Err(Rejected::Forged);
        }
        let fields: Fields = form_urlencoded::parse(request.body).into_owned().collect();
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        if field("AccountSid") != self.settings.account_sid {
            return Ok(Vec::new());
        }
        // A status that comes with a text is that of the customer's own message.
        if !field("MessageStatus").is_empty() && field("Body").is_empty() {
            return Ok(receipt(request.url, &fields).into_iter().collect());
        }
        let sid = field("MessageSid");
        if sid.is_empty() || field("From").is_empty() {
            return Err(Rejected::Unreadable);
        }
        let Some(ours) = self.own(field("To")) else {
            return Ok(Vec::new());
        };
        let theirs = field("From").strip_prefix(self.service.prefix());
        let Some(theirs) = theirs else {
            return Ok(Vec::new());
        };
        let text = Some(field("Body")).filter(|text| !text.is_empty());
        let name = Some(field("ProfileName")).filter(|name| !name.is_empty());
        Ok(vec![Heard::Message(Box::new(Message {
            id: sid.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            name: name.map(str::to_owned),
            phone: theirs.starts_with('+').then(|| theirs.to_owned()),
            text: text.map(str::to_owned),
            files: files(&fields),
            sent_at: None,
            consent: consent(self.service, &fields),
            ..Message::default()
        }))])
    }
}

/// Whether what is posted, before it is believed, names the account of these settings.
#[must_use]
pub fn is_of_account(form: &str, settings: &str) -> bool {
    let settings: serde_json::Value = serde_json::from_str(settings).unwrap_or_default();
    let mut fields = form_urlencoded::parse(form.as_bytes());
    let named = fields.find(|(name, _)| name == "AccountSid");
    named.is_some_and(|(_, sid)| settings["account_sid"] == *sid)
}

impl Twilio {
    /// Our own number, where it is one.
    fn own<'a>(&self, to: &'a str) -> Option<&'a str> {
        let number = to.strip_prefix(self.service.prefix())?;
        self.settings
            .numbers
            .iter()
            .any(|it| it == number)
            .then_some(number)
    }
}

/// The files of a message, which Twilio keeps and only names.
fn files(fields: &Fields) -> Vec<Remote> {
    let named = (0..MOST_FILES).map_while(|at| {
        let place = fields.get(&format!("MediaUrl{at}"))?.clone();
        let content_type = fields.get(&format!("MediaContentType{at}")).cloned();
        let kind = content_type.as_deref().and_then(|it| it.split_once('/'));
        let ending = kind.map_or("bin", |(_, ending)| ending);
        let letters: String = ending
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        Some(Remote {
            place,
            filename: format!("{}.{letters}", at + 1),
            content_type,
        })
    });
    named.collect()
}

/// What the customer wishes. Twilio says so where it manages it; of a text message the words that
/// networks must honour say it too. On WhatsApp they are words like others.
fn consent(service: Service, fields: &Fields) -> Option<Consent> {
    match fields.get("OptOutType").map(String::as_str) {
        Some("STOP") => return Some(Consent::Stop),
        Some("START") => return Some(Consent::Start),
        Some("HELP") => return Some(Consent::Help),
        _ => {}
    }
    let said = fields.get("Body")?.trim().to_ascii_uppercase();
    match service {
        Service::Sms if STOP.contains(&said.as_str()) => Some(Consent::Stop),
        Service::Sms if START.contains(&said.as_str()) => Some(Consent::Start),
        Service::Sms if HELP.contains(&said.as_str()) => Some(Consent::Help),
        Service::Sms | Service::Whatsapp => None,
    }
}

/// What became of a message of ours. Which one, our own address says: Twilio may tell of a message
/// before it has told us its name.
fn receipt(url: &str, fields: &Fields) -> Option<Heard> {
    let url = Url::parse(url).ok()?;
    let (_, id) = url.query_pairs().find(|(name, _)| name == MESSAGE)?;
    let message_id = id.parse().ok()?;
    let state = match fields.get("MessageStatus")?.as_str() {
        "sent" => DeliveryState::Sent,
        "delivered" => DeliveryState::Delivered,
        "read" => DeliveryState::Read,
        "failed" | "undelivered" | "canceled" => DeliveryState::Failed,
        // It is on its way, which we know already.
        _ => return None,
    };
    let code = fields.get("ErrorCode").and_then(|code| code.parse().ok());
    let failed = state == DeliveryState::Failed;
    let stopped = failed && code.and_then(codes::meaning) == Some(codes::Meaning::Stopped);
    Some(Heard::Receipt(Receipt {
        message_id,
        state,
        reason: failed
            .then(|| code.map_or_else(|| "Twilio could not deliver it".to_owned(), codes::words)),
        consent: stopped.then_some(Consent::Stop),
    }))
}
