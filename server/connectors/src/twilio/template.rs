//! Templates of WhatsApp's, as Twilio lists them.

use super::{Twilio, codes};
use crate::channel::{
    Answer, Approval, Call, Delivery, Listed, Obstacle, Outgoing, Template, Templates,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use url::Url;

/// Kinds of content that are a text and need nothing beside it.
const TEXTS: &[&str] = &["twilio/text", "twilio/quick-reply", "twilio/call-to-action"];

/// The longest text that is sent, as long as a message.
const LONGEST: usize = 1600;

/// The longest reason that is shown.
const LONGEST_REASON: usize = 200;

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
            obstacle: None,
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

/// A template of the list; none where nothing is in it.
fn template(said: &Value) -> Option<Template> {
    let id = said["sid"].as_str()?.to_owned();
    let types = said["types"].as_object()?;
    let text = types
        .values()
        .find_map(|it| it["body"].as_str())
        .unwrap_or_default();
    let obstacle = obstacle(types, text);
    if text.trim().is_empty() && obstacle.is_none() {
        return None;
    }
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
        obstacle,
        examples,
        id,
    })
}

/// What of it cannot be filled in. Of several kinds WhatsApp shows the one that is more than a text.
fn obstacle(types: &Map<String, Value>, text: &str) -> Option<Obstacle> {
    let richer = types.keys().find(|kind| !TEXTS.contains(&kind.as_str()));
    let has_place = |it: &Value| it["actions"].to_string().contains("{{");
    if let Some(kind) = richer {
        let kind = kind.rsplit('/').next().unwrap_or(kind);
        return Some(match kind {
            "media" => Obstacle::Media,
            "flows" => Obstacle::Kind("form".to_owned()),
            kind => Obstacle::Kind(kind.replace(['-', '_'], " ")),
        });
    }
    if text.encode_utf16().count() > LONGEST {
        return Some(Obstacle::Long);
    }
    types.values().any(has_place).then_some(Obstacle::Button)
}

/// What WhatsApp has said to it.
fn approval(said: &Value) -> Approval {
    match said["status"].as_str() {
        Some("approved") => Approval::Approved,
        Some("rejected") => {
            let why = said["rejection_reason"].as_str().map(str::trim);
            let why = why.filter(|it| !it.is_empty() && *it != "NONE");
            Approval::Rejected(why.map(|it| it.chars().take(LONGEST_REASON).collect()))
        }
        Some("paused") => Approval::Paused,
        Some("disabled") => Approval::Disabled,
        Some("unsubmitted") | None => Approval::Unasked,
        Some(_) => Approval::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_template_is_listed_with_what_keeps_it_from_being_sent() {
        let content = |name: &str, types: Value, asked: Value| {
            json!({ "sid": format!("HX-{name}"), "friendly_name": name, "types": types,
                "approval_requests": asked })
        };
        let text = |body: &str| json!({ "twilio/text": { "body": body } });
        let button = |url: &str| {
            json!({ "twilio/call-to-action": { "body": "Track it.",
                "actions": [{ "type": "URL", "title": "Track", "url": url }] } })
        };
        let approved = || json!({ "status": "approved" });
        let rejected = |why: &str| json!({ "status": "rejected", "rejection_reason": why });
        let both = json!({ "twilio/text": { "body": "Pick." }, "twilio/list-picker": { "body": "Pick." } });
        let picture =
            json!({ "twilio/media": { "body": "Look.", "media": ["https://acme.test/1"] } });
        let contents = [
            content("late", text("Hello {{1}}."), approved()),
            content("track", button("https://acme.test/track"), approved()),
            content("own-link", button("https://acme.test/{{1}}"), approved()),
            content("new", text("Hello."), Value::Null),
            content("draft", text("Hello."), json!({ "status": "unsubmitted" })),
            content("asked", text("Hello."), json!({ "status": "received" })),
            content("no", text("Hello."), rejected("NONE")),
            content("why", text("Hello."), rejected("INVALID_FORMAT")),
            content("paused", text("Hello."), json!({ "status": "paused" })),
            content("gone", text("Hello."), json!({ "status": "disabled" })),
            content("both", both, approved()),
            content("picture", picture, approved()),
            content("form", json!({ "whatsapp/flows": {} }), approved()),
            content("long", text(&"a".repeat(1_601)), approved()),
            content("nothing", text(" "), approved()),
        ];
        let shown: Vec<String> = contents
            .iter()
            .filter_map(template)
            .map(|it| format!("{}: {}", it.name, it.why_not().unwrap_or_default()))
            .collect();
        let expected = [
            "late: ",
            "track: ",
            "own-link: one of its buttons has a place to fill in",
            "new: it was never sent in for approval",
            "draft: it was never sent in for approval",
            "asked: it is not approved yet",
            "no: it was rejected",
            "why: it was rejected: INVALID_FORMAT",
            "paused: it is paused",
            "gone: it was switched off",
            "both: it is a list picker and no text",
            "picture: it has a picture or a file",
            "form: it is a form and no text",
            "long: it is longer than a message",
        ];
        assert_eq!(shown, expected);
    }
}
