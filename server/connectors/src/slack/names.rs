//! Looking up who and what the ids in a message stand for.

use super::{Slack, words};
use crate::channel::{Answer, Call, Delivery, Found, Known};
use serde_json::Value;

impl Slack {
    pub(super) fn ask_for(&self, name: &str) -> Call {
        let question = match name.starts_with(['U', 'W']) {
            true => format!("users.info?user={name}"),
            false => format!("conversations.info?channel={name}"),
        };
        self.signed(Call::get(self.method(&question)))
    }
}

/// What an answer says about a name.
pub(super) fn read(answer: &Answer) -> Found {
    let said = answer.json();
    if said["ok"].as_bool() == Some(true) {
        let known = match said.get("user") {
            Some(user) => person(user),
            None => channel(&said["channel"]),
        };
        return known.map_or(Found::Nobody, Found::Known);
    }
    match words::failed(answer) {
        Delivery::Later { .. } | Delivery::Doubtful { .. } => Found::Later,
        _ => Found::Nobody,
    }
}

fn person(user: &Value) -> Option<Known> {
    let profile = &user["profile"];
    let text = |value: &Value| {
        value
            .as_str()
            .filter(|it| !it.trim().is_empty())
            .map(str::to_owned)
    };
    let full = text(&profile["real_name"]).or_else(|| text(&user["real_name"]));
    let short = text(&profile["display_name"])
        .or_else(|| full.clone())
        .or_else(|| text(&user["name"]))?;
    // An address that nobody confirmed may be anybody's.
    let is_confirmed = user["is_email_confirmed"].as_bool() == Some(true);
    Some(Known {
        short,
        full,
        email: text(&profile["email"]).filter(|_| is_confirmed),
    })
}

fn channel(channel: &Value) -> Option<Known> {
    let name = channel["name"].as_str().filter(|it| !it.is_empty())?;
    Some(Known {
        short: name.to_owned(),
        ..Known::default()
    })
}
