//! What somebody of the team asks for in Slack: a button pressed, or our command typed. Both come as
//! forms over HTTP and as JSON over a line of our own.

use super::settings::Settings;
use super::text;
use crate::channel::{Asked, Wish};
use serde_json::{Map, Value, json};

/// What the buttons are called.
pub(super) const TAKE: &str = "assign_conversation";
pub(super) const CLOSE: &str = "close_conversation";
pub(super) const REOPEN: &str = "open_conversation";
pub(super) const APPROVE: &str = "approve_draft";
pub(super) const REJECT: &str = "reject_draft";

/// The longest command that is read.
const LONGEST: usize = 500;

/// What came, before it is understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Pressed(Value),
    Typed(Value),
}

impl Form {
    /// Reads what Slack posts: a command's fields, or one field with JSON in it.
    pub(super) fn read(body: &str) -> Option<Self> {
        let pairs = url::form_urlencoded::parse(body.as_bytes());
        let fields: Map<String, Value> = pairs
            .map(|(name, value)| (name.into_owned(), json!(value)))
            .collect();
        match fields.get("payload").and_then(Value::as_str) {
            Some(payload) => serde_json::from_str(payload).ok().map(Self::Pressed),
            None => Some(Self::Typed(Value::Object(fields))),
        }
    }

    /// All that was said.
    pub(super) fn into_said(self) -> Value {
        match self {
            Self::Pressed(said) | Self::Typed(said) => said,
        }
    }
}

/// Whether a command, before it is believed, was typed in the team's own channel of a connection with
/// these settings.
#[must_use]
pub fn is_typed_in_seat(body: &str, settings: &str) -> bool {
    let settings: Value = serde_json::from_str(settings).unwrap_or_default();
    let seat = settings["seat"]["channel"].as_str();
    let Some(Form::Typed(said)) = Form::read(body) else {
        return false;
    };
    seat.is_some() && said["channel_id"].as_str() == seat
}

/// What is asked for. None where it is nothing of ours, or of somebody who does not work here.
pub(super) fn asked(form: &Form, settings: &Settings) -> Option<Asked> {
    match form {
        Form::Pressed(said) => pressed(said, settings),
        Form::Typed(said) => typed(said, settings),
    }
}

fn pressed(said: &Value, settings: &Settings) -> Option<Asked> {
    if said["type"] != "block_actions" || !is_colleague(&said["user"]["team_id"], said, settings) {
        return None;
    }
    let action = said["actions"].get(0)?;
    let (name, value) = (action["action_id"].as_str()?, action["value"].as_str()?);
    let user = said["user"]["id"].as_str()?;
    Some(Asked {
        key: format!(
            "pressed:{user}:{name}:{value}:{}",
            action["action_ts"].as_str()?
        ),
        who: who(user)?,
        wish: wish(name, value)?,
        answer_to: said["response_url"].as_str()?.to_owned(),
    })
}

/// What a button stands for.
fn wish(name: &str, value: &str) -> Option<Wish> {
    let draft = || {
        let (id, version) = value.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    Some(match name {
        TAKE => Wish::Take(value.parse().ok()?),
        CLOSE => Wish::Close(value.parse().ok()?),
        REOPEN => Wish::Reopen(value.parse().ok()?),
        APPROVE => draft().map(|(id, version)| Wish::Approve(id, version))?,
        REJECT => draft().map(|(id, version)| Wish::Reject(id, version))?,
        _ => return None,
    })
}

fn typed(said: &Value, settings: &Settings) -> Option<Asked> {
    if !said["command"].is_string() || !is_colleague(&said["team_id"], said, settings) {
        return None;
    }
    let typed = said["text"].as_str().unwrap_or_default();
    Some(Asked {
        // Each use of a command has a trigger of its own.
        key: format!("typed:{}", said["trigger_id"].as_str()?),
        who: who(said["user_id"].as_str()?)?,
        wish: Wish::Command(typed.chars().take(LONGEST).collect()),
        answer_to: said["response_url"].as_str()?.to_owned(),
    })
}

fn who(user: &str) -> Option<String> {
    text::is_id(user).then(|| user.to_owned())
}

/// Whether they are of the workspace the app is installed in. Guests of a shared channel have one of
/// their own, in which their address may be whatever its admin says.
fn is_colleague(team: &Value, said: &Value, settings: &Settings) -> bool {
    let ours = match &settings.team_id {
        Some(ours) => Some(ours.as_str()),
        None => said["team"]["id"].as_str().or(said["team_id"].as_str()),
    };
    ours.is_some() && team.as_str() == ours
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::{ConversationId, DraftId};

    fn settings() -> Settings {
        serde_json::from_value(json!({ "team_id": "T1" })).unwrap()
    }

    fn press(name: &str, value: &str) -> Value {
        json!({ "type": "block_actions", "team": { "id": "T1" }, "user": { "id": "U4", "team_id": "T1" },
            "response_url": "https://hooks.slack.com/actions/1",
            "actions": [{ "action_id": name, "value": value, "action_ts": "1795000000.1" }] })
    }

    fn wished(said: Value) -> Option<Wish> {
        asked(&Form::Pressed(said), &settings()).map(|it| it.wish)
    }

    #[test]
    fn a_button_says_what_is_wished_for_and_by_whom() {
        let (talk, draft) = (ConversationId::random(), DraftId::random());
        let id = talk.to_string();
        for (name, wish) in [
            (TAKE, Wish::Take(talk)),
            (CLOSE, Wish::Close(talk)),
            (REOPEN, Wish::Reopen(talk)),
        ] {
            assert_eq!(wished(press(name, &id)), Some(wish));
        }
        let value = format!("{draft}:3");
        assert_eq!(
            wished(press(APPROVE, &value)),
            Some(Wish::Approve(draft, 3))
        );
        assert_eq!(wished(press(REJECT, &value)), Some(Wish::Reject(draft, 3)));
        for (name, value) in [(APPROVE, id.as_str()), (TAKE, "7"), ("other", &id)] {
            assert_eq!(wished(press(name, value)), None, "{name} {value}");
        }
    }

    #[test]
    fn who_is_of_another_workspace_has_no_wishes() {
        let id = ConversationId::random().to_string();
        let mut guest = press(TAKE, &id);
        guest["user"]["team_id"] = json!("T2");
        assert_eq!(wished(guest), None);
        let mut elsewhere = press(TAKE, &id);
        (elsewhere["user"]["team_id"], elsewhere["team"]["id"]) = (json!("T2"), json!("T2"));
        assert_eq!(wished(elsewhere), None);
        let mut odd = press(TAKE, &id);
        odd["user"]["id"] = json!("../x");
        assert_eq!(wished(odd), None);
    }

    #[test]
    fn a_command_comes_as_a_form_of_fields_and_a_button_as_json_in_one() {
        let body = "command=%2Ffrontdesk&text=search+lost+parcel&team_id=T1&user_id=U4&trigger_id=1.2\
            &response_url=https%3A%2F%2Fhooks.slack.com%2F1";
        let form = Form::read(body).unwrap();
        let typed = asked(&form, &settings()).unwrap();
        assert_eq!(typed.wish, Wish::Command("search lost parcel".to_owned()));
        assert_eq!(
            (
                typed.key.as_str(),
                typed.who.as_str(),
                typed.answer_to.as_str()
            ),
            ("typed:1.2", "U4", "https://hooks.slack.com/1")
        );
        let press = press(TAKE, &ConversationId::random().to_string());
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("payload", &press.to_string())
            .finish();
        assert_eq!(Form::read(&body), Some(Form::Pressed(press)));
        assert_eq!(Form::read("payload=%7B"), None);
        assert_eq!(asked(&Form::read("").unwrap(), &settings()), None);
    }
}
