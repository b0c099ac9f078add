//! Messages on their way out by Twilio.

use super::receive::MESSAGE;
use super::settings::Service;
use super::{Twilio, codes};
use crate::channel::{Answer, Body, Call, Deliver, Delivery, Outgoing, Templates, Trace};
use codes::Meaning;
use frontdesk_domain::Timestamp;
use serde_json::Value;
use url::form_urlencoded;

/// How long WhatsApp lets us answer freely, in microseconds.
const WINDOW: i64 = 24 * 3600 * 1_000_000;

/// How many messages of Twilio's list are looked through for one.
const LOOKED_THROUGH: usize = 50;

/// When WhatsApp's window closes, for a customer who wrote at this time.
#[must_use]
pub fn window_closes(heard_at: Timestamp) -> Timestamp {
    Timestamp(heard_at.0.saturating_add(WINDOW))
}

impl Deliver for Twilio {
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        let (service, settings) = (self.service, &self.settings);
        if !settings.numbers.iter().any(|it| it == outgoing.ours) {
            return Err(format!("{} is no longer one of our numbers", outgoing.ours));
        }
        let to = format!("{}{}", service.prefix(), outgoing.theirs);
        let from = format!("{}{}", service.prefix(), outgoing.ours);
        let mut form = vec![("To", to), ("From", from)];
        if let Some(service) = &settings.messaging_service_sid {
            form.push(("MessagingServiceSid", service.clone()));
        }
        let separator = if outgoing.hook.contains('?') {
            '&'
        } else {
            '?'
        };
        let callback = format!("{}{separator}{MESSAGE}={}", outgoing.hook, outgoing.id);
        form.push(("StatusCallback", callback));
        self.content(outgoing, &mut form)?;
        let call = Call::post(self.address("/Messages.json"), Body::Form(form));
        Ok(self.signed(call))
    }

    fn read(&self, answer: &Answer) -> Delivery {
        let said = answer.json();
        if answer.is_good() {
            let id = said["sid"].as_str().map(str::to_owned);
            return Delivery::Sent { id };
        }
        let code = said["code"].as_i64();
        match code.and_then(codes::meaning) {
            Some(Meaning::Stopped) => {
                let why = codes::STOPPED.to_owned();
                Delivery::Stopped { why }
            }
            Some(Meaning::Broken(words)) => Delivery::Broken {
                why: words.to_owned(),
            },
            Some(Meaning::Doubtful(words)) => Delivery::Doubtful {
                why: words.to_owned(),
            },
            Some(Meaning::Passing(words)) => Delivery::later(words, answer.retry_after),
            Some(Meaning::Lasting(words)) if answer.status < 500 && answer.status != 429 => {
                Delivery::refused(format!("{words} (Twilio {})", code.unwrap_or_default()))
            }
            Some(Meaning::Lasting(_)) | None => unknown(answer, &said),
        }
    }
}

/// An answer without a code we know.
fn unknown(answer: &Answer, said: &Value) -> Delivery {
    match answer.status {
        401 | 403 => Delivery::Broken {
            why: codes::CREDENTIALS.to_owned(),
        },
        status @ (408 | 429) => {
            Delivery::later(format!("Twilio answered {status}"), answer.retry_after)
        }
        status @ 500.. => Delivery::stumbled(
            status,
            format!("Twilio answered {status}"),
            answer.retry_after,
        ),
        status => {
            let words = said["message"].as_str().unwrap_or("no reason");
            let words: String = words.chars().take(200).collect();
            Delivery::refused(format!("Twilio answered {status}: {words}"))
        }
    }
}

impl Twilio {
    /// Whether any text may be sent now.
    pub(super) fn goes_freely(&self, outgoing: &Outgoing<'_>) -> bool {
        let closes = outgoing.heard_at.map(window_closes);
        self.service == Service::Sms || closes.is_some_and(|it| outgoing.now < it)
    }

    /// What is said: a template, or a text and files.
    fn content(
        &self,
        outgoing: &Outgoing<'_>,
        form: &mut Vec<(&'static str, String)>,
    ) -> Result<(), String> {
        let service = self.service;
        let set = self.set();
        let approved = outgoing
            .templates
            .iter()
            .filter(|it| it.why_not().is_none());
        let found = set.iter().chain(approved).find_map(|template| {
            let filled = template.fits(outgoing.text)?;
            Some((template, filled))
        });
        if let Some((template, filled)) = found.filter(|_| outgoing.files.is_empty()) {
            form.push(("ContentSid", template.id.clone()));
            if !filled.is_empty() {
                form.push(("ContentVariables", serde_json::json!(filled).to_string()));
            }
            return Ok(());
        }
        if !self.goes_freely(outgoing) {
            return Err(
                "24 hours have passed since the customer wrote; only a template goes out"
                    .to_owned(),
            );
        }
        let length = outgoing.text.encode_utf16().count();
        if length > service.longest_text() {
            return Err(format!(
                "a {} has at most {} characters, and this has {length}; send it in parts",
                service.name(),
                service.longest_text()
            ));
        }
        if outgoing.files.len() > service.most_files() {
            return Err(format!(
                "a {} takes at most {} files, and this has {}; send them one after another",
                service.name(),
                service.most_files(),
                outgoing.files.len()
            ));
        }
        if !outgoing.text.is_empty() {
            form.push(("Body", outgoing.text.to_owned()));
        }
        form.extend(outgoing.files.iter().map(|it| ("MediaUrl", it.url.clone())));
        Ok(())
    }
}

impl Trace for Twilio {
    fn ask(&self, outgoing: &Outgoing<'_>) -> Call {
        let prefix = self.service.prefix();
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("To", &format!("{prefix}{}", outgoing.theirs))
            .append_pair("From", &format!("{prefix}{}", outgoing.ours))
            .append_pair("PageSize", &LOOKED_THROUGH.to_string())
            .finish();
        let address = self.address("/Messages.json");
        self.signed(Call::get(format!("{address}?{query}")))
    }

    fn find(&self, outgoing: &Outgoing<'_>, answer: &Answer) -> Option<Vec<String>> {
        let said = answer.json();
        let listed = said["messages"].as_array()?;
        let ours = listed.iter().filter(|it| {
            let is_out = it["direction"]
                .as_str()
                .is_some_and(|it| it.starts_with("outbound"));
            is_out && it["body"].as_str().map(str::trim) == Some(outgoing.text.trim())
        });
        let named = ours.filter_map(|it| it["sid"].as_str().map(str::to_owned));
        Some(named.collect())
    }
}
