//! The channels there are, a line each. What a connection is set to and its secrets are kept as JSON;
//! here they become a channel or an error that names the field.

use crate::channel::Channel;
use crate::custom::{self, Custom};
use crate::email;
use crate::slack::{self, Slack};
use crate::telegram::{self, Telegram};
use crate::twilio::{self, Service, Twilio};
use frontdesk_domain::Source;
use serde::de::DeserializeOwned;

/// What is wrong with the settings or secrets of a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {problem}")]
pub struct Unfit {
    pub field: String,
    pub problem: String,
}

impl From<(&'static str, &'static str)> for Unfit {
    fn from((field, problem): (&'static str, &'static str)) -> Self {
        Self {
            field: field.to_owned(),
            problem: problem.to_owned(),
        }
    }
}

/// A connection to what conversations of this source come from.
///
/// # Errors
/// Which field does not fit, or that no connection of this kind is made here.
pub fn open(source: Source, settings: &str, secrets: &str) -> Result<Box<dyn Channel>, Unfit> {
    match source {
        Source::Sms => twilio(Service::Sms, settings, secrets),
        Source::Whatsapp => twilio(Service::Whatsapp, settings, secrets),
        Source::Telegram => {
            let settings: telegram::Settings = read("settings", settings)?;
            let secrets: telegram::Secrets = read("secrets", secrets)?;
            secrets.check()?;
            Ok(Box::new(Telegram::new(settings, secrets)))
        }
        Source::Slack => {
            let settings: slack::Settings = read("settings", settings)?;
            let secrets: slack::Secrets = read("secrets", secrets)?;
            settings.check()?;
            secrets.check()?;
            Ok(Box::new(Slack::new(settings, secrets)))
        }
        Source::Custom => {
            let settings: custom::Settings = read("settings", settings)?;
            let secrets: custom::Secrets = read("secrets", secrets)?;
            settings.check()?;
            secrets.check()?;
            Ok(Box::new(Custom::new(settings, secrets)))
        }
        Source::Chat | Source::Email | Source::Mattermost | Source::Api | Source::Sandbox => {
            Err(Unfit {
                field: "kind".to_owned(),
                problem: format!("must be sms, whatsapp, telegram, slack or custom, got {source}"),
            })
        }
    }
}

/// Whether messages that went out to where these conversations come from can be changed and taken back.
#[must_use]
pub const fn amends(source: Source) -> bool {
    matches!(source, Source::Slack)
}

/// A mailbox. Mail goes by its own ways, so it is no channel.
///
/// # Errors
/// Which field does not fit.
pub fn mailbox(settings: &str, secrets: &str) -> Result<email::Account, Unfit> {
    let settings: email::Settings = read("settings", settings)?;
    let secrets: email::Secrets = read("secrets", secrets)?;
    settings.check(&secrets)?;
    Ok(email::Account { settings, secrets })
}

fn twilio(service: Service, settings: &str, secrets: &str) -> Result<Box<dyn Channel>, Unfit> {
    let settings: twilio::Settings = read("settings", settings)?;
    let secrets: twilio::Secrets = read("secrets", secrets)?;
    settings.check()?;
    secrets.check(&settings)?;
    Ok(Box::new(Twilio::new(service, settings, secrets)))
}

/// Reads JSON. The error names the field and never shows a value: it may be a secret.
fn read<T: DeserializeOwned>(place: &str, text: &str) -> Result<T, Unfit> {
    serde_json::from_str(text).map_err(|error| {
        let said = error.to_string();
        let named = said.split('`').nth(1);
        let problem = if said.starts_with("missing field") {
            "is missing"
        } else if said.starts_with("unknown field") {
            "is not a setting of this channel"
        } else {
            "cannot be read"
        };
        Unfit {
            field: match (problem, named) {
                ("cannot be read", _) | (_, None) => place.to_owned(),
                (_, Some(field)) => format!("{place}.{field}"),
            },
            problem: problem.to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(source: Source, settings: &str, secrets: &str) -> String {
        open(source, settings, secrets).unwrap_err().to_string()
    }

    #[test]
    fn a_channel_amends_what_it_is_said_to() {
        let slack = (
            "{\"team_id\": \"T1\"}",
            "{\"bot_token\": \"xoxb-1\", \"signing_secret\": \"0123456789abcdef0123456789abcdef\"}",
        );
        let telegram = (
            "{}",
            "{\"bot_token\": \"123456:abcdefghijklmnopqrstuvwxyz\"}",
        );
        for (source, (settings, secrets)) in [(Source::Slack, slack), (Source::Telegram, telegram)]
        {
            let channel = open(source, settings, secrets).unwrap();
            assert_eq!(channel.amend().is_some(), amends(source), "{source}");
        }
    }

    #[test]
    fn an_error_names_the_field_and_shows_no_secret() {
        let said = refused(Source::Telegram, "{}", r#"{"bot_token": 5550001}"#);
        assert_eq!(said, "secrets cannot be read");
        assert_eq!(
            refused(Source::Sms, "{}", "{}"),
            "settings.account_sid is missing"
        );
        assert_eq!(
            refused(Source::Telegram, r#"{"x": 1}"#, "{}"),
            "settings.x is not a setting of this channel"
        );
        let said = refused(Source::Telegram, "{}", r#"{"bot_token": "a/../b"}"#);
        assert!(said.starts_with("bot_token must be"), "{said}");
        assert!(refused(Source::Email, "{}", "{}").starts_with("kind must be"));
        let said = mailbox("{}", "{}").unwrap_err().to_string();
        assert_eq!(said, "settings.address is missing");
    }
}
