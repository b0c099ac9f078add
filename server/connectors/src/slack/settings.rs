//! What a connection to a Slack workspace is set to.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an admin sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The workspace the app is installed in. What comes from another is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// What the workspace's own members are.
    #[serde(default)]
    pub members: Members,
    /// The team's own channel, where conversations are told and answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<TeamSeat>,
    /// The app, where it is installed by a page of Slack's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(default = "base_url")]
    pub base_url: String,
}

/// What members of our own workspace are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Members {
    /// They work here: what they write opens no conversation.
    #[default]
    Colleagues,
    /// They are who is served.
    Customers,
}

/// A channel of the team's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamSeat {
    /// Its id.
    pub channel: String,
    /// What a note begins with. All else goes to the customer.
    #[serde(default = "note_prefix")]
    pub note_prefix: String,
}

fn note_prefix() -> String {
    "note:".to_owned()
}

pub(super) fn base_url() -> String {
    "https://slack.com/api".to_owned()
}

impl Settings {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let is_team = |it: &String| {
            it.starts_with(['T', 'E']) && it.bytes().all(|it| it.is_ascii_alphanumeric())
        };
        if self.team_id.as_ref().is_some_and(|it| !is_team(it)) {
            return Err((
                "team_id",
                "must be the id of a workspace, such as T0123ABCD",
            ));
        }
        if let Some(seat) = &self.seat {
            if !super::text::is_id(&seat.channel) {
                return Err((
                    "seat.channel",
                    "must be the id of a channel, such as C0123ABCD",
                ));
            }
            if seat.note_prefix.trim().is_empty() {
                return Err(("seat.note_prefix", "must not be empty"));
            }
        }
        match url::Url::parse(&self.base_url)
            .as_ref()
            .map(url::Url::scheme)
        {
            Ok("http" | "https") => Ok(()),
            _ => Err(("base_url", "must be an address that begins with https://")),
        }
    }
}

/// What proves us to Slack, and Slack to us.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// Whoever has it is the app in this workspace. It comes by itself when the app is installed by a page
    /// of Slack's.
    #[serde(default)]
    pub bot_token: String,
    /// Signs what Slack posts.
    #[serde(default)]
    pub signing_secret: Option<String>,
    /// Opens lines by which Slack writes to us, where it cannot post.
    #[serde(default)]
    pub app_token: Option<String>,
    /// Proves the app to Slack when it is installed by a page of Slack's.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Renews the bot token, once.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// When the bot token dies, in seconds.
    #[serde(default)]
    pub token_expires_at: Option<i64>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let begins = ["xoxb-", "xoxe.xoxb-"];
        let is_visible = |it: &str| it.bytes().all(|it| it.is_ascii_graphic());
        if self.bot_token.is_empty() && self.client_secret.is_some() {
            return Err((
                "bot_token",
                "comes when the app is installed: open the page that `connections install` names",
            ));
        }
        if !is_visible(&self.bot_token) || !begins.iter().any(|it| self.bot_token.starts_with(it)) {
            return Err((
                "bot_token",
                "must be the bot token of the app; it begins with xoxb-",
            ));
        }
        if self.signing_secret.as_ref().is_some_and(|it| it.len() < 16) {
            return Err(("signing_secret", "must be the signing secret of the app"));
        }
        let is_app = |it: &String| it.starts_with("xapp-") && is_visible(it);
        if self.app_token.as_ref().is_some_and(|it| !is_app(it)) {
            return Err((
                "app_token",
                "must be a token of the app itself; it begins with xapp-",
            ));
        }
        if self.signing_secret.is_none() && self.app_token.is_none() {
            return Err((
                "signing_secret",
                "must be set, or app_token for Socket Mode",
            ));
        }
        Ok(())
    }
}
