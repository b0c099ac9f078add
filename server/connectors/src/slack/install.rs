//! How the app comes into a workspace, and how its token is renewed. Whoever installs it is sent to Slack
//! and comes back with a code; a code works once, and so does a token that renews.

use super::settings::base_url;
use super::words;
use crate::channel::{Answer, Body, Call, Delivery};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::fmt;

/// What the app must be allowed to.
const SCOPES: &str = "channels:history,channels:read,chat:write,chat:write.customize,commands,files:read,\
    files:write,groups:history,groups:read,im:history,mpim:history,reactions:read,users:read,users:read.email";

const NOT_SO: &str = "Slack answered something that cannot be read";

/// An app that can be installed.
#[derive(Deserialize)]
pub struct Installer {
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default = "base_url")]
    base_url: String,
    #[serde(skip)]
    client_secret: String,
    #[serde(skip)]
    refresh_token: Option<String>,
    #[serde(skip)]
    expires_at: Option<i64>,
}

impl fmt::Debug for Installer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Installer(…)")
    }
}

/// The secrets an installation changes or needs.
#[derive(Deserialize)]
struct Known {
    #[serde(default)]
    client_secret: Option<String>,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    token_expires_at: Option<i64>,
}

/// What a workspace has granted.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    bot_token: String,
    refresh_token: Option<String>,
    /// In how many seconds the token dies.
    expires_in: Option<i64>,
    /// The workspace's id, and its name. A token that was only renewed names none.
    pub team: Option<(String, String)>,
}

impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Granted(…)")
    }
}

impl Installer {
    /// The app of a connection.
    ///
    /// # Errors
    /// Which field is missing.
    pub fn of(settings: &str, secrets: &str) -> Result<Self, (&'static str, &'static str)> {
        let unread = |field| (field, "cannot be read");
        let app: Self = serde_json::from_str(settings).map_err(|_| unread("settings"))?;
        let known: Known = serde_json::from_str(secrets).map_err(|_| unread("secrets"))?;
        if app.client_id.as_deref().unwrap_or_default().is_empty() {
            return Err(("settings.client_id", "must be set to install the app"));
        }
        let Some(client_secret) = known.client_secret.filter(|it| !it.is_empty()) else {
            return Err(("secrets.client_secret", "must be set to install the app"));
        };
        Ok(Self {
            client_secret,
            refresh_token: known.refresh_token,
            expires_at: known.token_expires_at,
            ..app
        })
    }

    /// Where the admin of a workspace is sent.
    #[must_use]
    pub fn address(&self, redirect: &str, state: &str) -> String {
        // The page stands beside the methods: https://slack.com/oauth/v2/authorize.
        let base = self.base_url.trim_end_matches('/');
        let base = base.strip_suffix("/api").unwrap_or(base);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("client_id", self.client_id.as_deref().unwrap_or_default())
            .append_pair("scope", SCOPES)
            .append_pair("redirect_uri", redirect)
            .append_pair("state", state);
        format!("{base}/oauth/v2/authorize?{}", query.finish())
    }

    /// Takes what a code stands for.
    #[must_use]
    pub fn redeem(&self, code: &str, redirect: &str) -> Call {
        self.access(vec![
            ("code", code.to_owned()),
            ("redirect_uri", redirect.to_owned()),
        ])
    }

    /// Renews the token, where it is one that dies. None where it is not time yet.
    #[must_use]
    pub fn renew(&self, before: i64) -> Option<Call> {
        let dies_soon = self.expires_at.is_some_and(|at| at < before);
        let token = self.refresh_token.as_ref().filter(|_| dies_soon)?;
        Some(self.access(vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", token.clone()),
        ]))
    }

    fn access(&self, mut fields: Vec<(&'static str, String)>) -> Call {
        fields.extend([
            ("client_id", self.client_id.clone().unwrap_or_default()),
            ("client_secret", self.client_secret.clone()),
        ]);
        let base = self.base_url.trim_end_matches('/');
        Call::post(format!("{base}/oauth.v2.access"), Body::Form(fields))
    }
}

/// What the answer grants.
///
/// # Errors
/// Why it grants nothing.
pub fn granted(answer: &Answer) -> Result<Granted, Delivery> {
    let said = answer.json();
    if said["ok"] != true {
        return Err(words::failed(answer));
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let Some(bot_token) = text(&said["access_token"]) else {
        return Err(Delivery::later(NOT_SO, None));
    };
    Ok(Granted {
        bot_token,
        refresh_token: text(&said["refresh_token"]),
        expires_in: said["expires_in"].as_i64(),
        team: text(&said["team"]["id"]).map(|id| {
            let name = text(&said["team"]["name"]).unwrap_or_else(|| id.clone());
            (id, name)
        }),
    })
}

impl Granted {
    /// Puts it among the secrets of a connection, at a moment in seconds.
    pub fn keep(&self, secrets: &mut Map<String, Value>, now: i64) {
        secrets.insert("bot_token".to_owned(), json!(self.bot_token));
        match (&self.refresh_token, self.expires_in) {
            (Some(token), Some(seconds)) => {
                let at = now.saturating_add(seconds);
                secrets.insert("refresh_token".to_owned(), json!(token));
                secrets.insert("token_expires_at".to_owned(), json!(at));
            }
            _ => {
                secrets.remove("refresh_token");
                secrets.remove("token_expires_at");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &Value) -> Answer {
        Answer {
            status: 200,
            retry_after: None,
            body: body.to_string().into_bytes(),
        }
    }

    fn app(secrets: &Value) -> Installer {
        let settings = json!({ "client_id": "1.2", "team_id": "T1" }).to_string();
        Installer::of(&settings, &secrets.to_string()).unwrap()
    }

    #[test]
    fn who_installs_is_sent_to_slack_with_all_that_it_asks_for() {
        let app = app(&json!({ "client_secret": "hush" }));
        let address = app.address("https://desk.test/api/slack/oauth", "a state");
        assert!(
            address
                .starts_with("https://slack.com/oauth/v2/authorize?client_id=1.2&scope=channels")
        );
        assert!(address.contains("commands") && address.ends_with("state=a+state"));
        assert!(!address.contains("hush"));
        assert!(app.renew(i64::MAX).is_none(), "there is nothing to renew");
        for (settings, secrets, field) in [
            ("{}", r#"{"client_secret":"x"}"#, "settings.client_id"),
            (r#"{"client_id":"1"}"#, "{}", "secrets.client_secret"),
            ("5", "{}", "settings"),
        ] {
            assert_eq!(Installer::of(settings, secrets).unwrap_err().0, field);
        }
    }

    #[test]
    fn a_token_that_dies_is_kept_with_when_and_one_that_does_not_without() {
        let mut secrets = Map::new();
        let rotating = json!({ "ok": true, "access_token": "xoxe.xoxb-1", "refresh_token": "xoxe-1",
            "expires_in": 43200, "team": { "id": "T1", "name": "Acme" } });
        let it = granted(&answer(&rotating)).unwrap();
        assert_eq!(it.team, Some(("T1".to_owned(), "Acme".to_owned())));
        it.keep(&mut secrets, 1000);
        assert_eq!(
            Value::Object(secrets.clone()),
            json!({ "bot_token": "xoxe.xoxb-1", "refresh_token": "xoxe-1", "token_expires_at": 44200 })
        );
        secrets.insert("client_secret".to_owned(), json!("hush"));
        let app = app(&Value::Object(secrets.clone()));
        assert!(app.renew(44_000).is_none(), "not yet");
        let Some(Body::Form(fields)) = app.renew(44_201).map(|call| call.body) else {
            panic!("it is time");
        };
        assert!(fields.contains(&("refresh_token", "xoxe-1".to_owned())));
        let lasting = json!({ "ok": true, "access_token": "xoxb-2", "team": { "id": "T1" } });
        granted(&answer(&lasting)).unwrap().keep(&mut secrets, 2000);
        assert_eq!(secrets.get("refresh_token"), None);
        assert_eq!(secrets.get("token_expires_at"), None);
    }

    #[test]
    fn what_is_not_granted_says_why() {
        for (error, is_broken) in [("invalid_refresh_token", true), ("internal_error", false)] {
            let said = granted(&answer(&json!({ "ok": false, "error": error }))).unwrap_err();
            assert_eq!(
                matches!(said, Delivery::Broken { .. }),
                is_broken,
                "{error}"
            );
        }
        assert!(granted(&answer(&json!({ "ok": true }))).is_err());
    }
}
