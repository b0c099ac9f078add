//! Templates of WhatsApp's, as Twilio lists them.

use super::{Twilio, codes};
use crate::channel::{Answer, Approval, Call, Delivery, Listed, Outgoing, Template, Templates};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// Kinds of content that are a text and need nothing beside it.
const TEXTS: &[&str] = &["twilio/text", "twilio/quick-reply", "twilio/call-to-action"];

/// The longest text that is offered, as long as a message.
const LONGEST: usize = 1600;

/// An approved text that an admin sets, where Twilio's list is not to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetTemplate {
    /// Twilio's name for it.
    pub sid: String,
    pub name: String,
    pub text: String,
}

impl SetTemplate {
    fn template(&self) -> Template {
        Template {
            id: self.sid.clone(),
            name: self.name.clone(),
            language: None,
            text: self.text.clone(),
            approval: Approval::Approved,
            examples: BTreeMap::new(),
        }
    }
}

impl Templates for Twilio {
    fn set(&self) -> Vec<Template> {
        let set = self.settings.templates.iter();
        set.map(SetTemplate::template).collect()
    }

    fn wants(&self, outgoing: &Outgoing<'_>) -> bool {
        let fits = |it: &Template| it.fits(outgoing.text).is_some();
        !self.goes_freely(outgoing) && outgoing.files.is_empty() && !self.set().iter().any(fits)
    }

    fn ask(&self, place: Option<&str>) -> Call {
        let base = self.settings.content_url.trim_end_matches('/');
        let first = || format!("{base}/v1/ContentAndApprovals?PageSize=100");
        self.signed(Call::get(place.map_or_else(first, str::to_owned)))
    }

    fn read(&self, answer: &Answer) -> Result<Listed, Delivery> {
        let said = answer.json();
        let Some(listed) = said["contents"].as_array().filter(|_| answer.is_good()) else {
            return Err(match answer.status {
                401 | 403 => Delivery::Broken {
                    why: codes::CREDENTIALS.to_owned(),
                },
                status => Delivery::later(
                    format!("Twilio answered {status} to the list of templates"),
                    answer.retry_after,
                ),
            });
        };
        let next = said["meta"]["next_page_url"].as_str();
        Ok(Listed {
            templates: listed.iter().filter_map(template).collect(),
            next: next.filter(|it| self.is_theirs(it)).map(str::to_owned),
        })
    }
}

impl Twilio {
    /// Whether an address is of the service that lists templates: our password goes nowhere else.
    fn is_theirs(&self, address: &str) -> bool {
        let own = Url::parse(&self.settings.content_url);
        let asked = Url::parse(address);
        own.is_ok_and(|own| asked.is_ok_and(|asked| own.origin() == asked.origin()))
    }
}

/// A template, where it is a text.
fn template(said: &Value) -> Option<Template> {
    let id = said["sid"].as_str()?.to_owned();
    let types = said["types"].as_object()?;
    let text = TEXTS
        .iter()
        .find_map(|kind| types.get(*kind)?["body"].as_str())
        .filter(|it| !it.trim().is_empty() && it.encode_utf16().count() <= LONGEST)?;
    let examples = said["variables"].as_object().into_iter().flatten();
    let examples = examples
        .filter_map(|(name, example)| Some((name.clone(), example.as_str()?.to_owned())))
        .collect();
    let name = said["friendly_name"]
        .as_str()
        .filter(|it| !it.trim().is_empty());
    Some(Template {
        name: name.unwrap_or(&id).to_owned(),
        language: said["language"].as_str().map(str::to_owned),
        text: text.to_owned(),
        approval: approval(&said["approval_requests"]),
        examples,
        id,
    })
}

/// What WhatsApp has said to it.
fn approval(said: &Value) -> Approval {
    match said["status"].as_str() {
        Some("approved") => Approval::Approved,
        Some("rejected" | "paused" | "disabled") => Approval::Refused,
        _ => Approval::Waiting,
    }
}
