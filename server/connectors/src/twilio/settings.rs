//! What a connection to Twilio is set to.

use super::SetTemplate;
use serde::{Deserialize, Serialize};

/// Which of Twilio's services a connection uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Sms,
    Whatsapp,
}

impl Service {
    /// What stands before a number in Twilio's forms.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Sms => "",
            Self::Whatsapp => "whatsapp:",
        }
    }

    /// The longest text of a message, in UTF-16 units.
    pub(super) const fn longest_text(self) -> usize {
        1600
    }

    /// The most files beside a text.
    pub(super) const fn most_files(self) -> usize {
        match self {
            Self::Sms => 10,
            Self::Whatsapp => 1,
        }
    }

    /// What agents call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sms => "text message",
            Self::Whatsapp => "WhatsApp message",
        }
    }
}

/// What an admin sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub account_sid: String,
    /// A key that calls are made with in place of the account's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key_sid: Option<String>,
    /// Our numbers, as +15551234567. Whatever is sent to another is not ours.
    pub numbers: Vec<String>,
    /// Sends from the same number through this service, with its rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messaging_service_sid: Option<String>,
    /// What WhatsApp has approved for writing first, beside what Twilio lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<SetTemplate>,
    #[serde(default = "base_url")]
    pub base_url: String,
    /// Where templates are listed.
    #[serde(default = "content_url")]
    pub content_url: String,
}

fn content_url() -> String {
    "https://content.twilio.com".to_owned()
}

fn base_url() -> String {
    "https://api.twilio.com".to_owned()
}

impl Settings {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        if !is_sid(&self.account_sid, "AC") {
            return Err(("account_sid", "must be AC and 32 hexadecimal digits"));
        }
        if self
            .api_key_sid
            .as_ref()
            .is_some_and(|it| !is_sid(it, "SK"))
        {
            return Err(("api_key_sid", "must be SK and 32 hexadecimal digits"));
        }
        let service = self.messaging_service_sid.as_ref();
        if service.is_some_and(|it| !is_sid(it, "MG")) {
            return Err((
                "messaging_service_sid",
                "must be MG and 32 hexadecimal digits",
            ));
        }
        if self.numbers.is_empty() || !self.numbers.iter().all(|it| is_number(it)) {
            return Err((
                "numbers",
                "must be one or more numbers such as +15551234567, or short codes",
            ));
        }
        if !self.templates.iter().all(|it| is_sid(&it.sid, "HX")) {
            return Err((
                "templates",
                "must have sids of HX and 32 hexadecimal digits",
            ));
        }
        Ok(())
    }
}

fn is_sid(text: &str, begins: &str) -> bool {
    text.strip_prefix(begins)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|it| it.is_ascii_hexdigit()))
}

/// A number in the international form, or a short code.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (3..=15).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit())
}
