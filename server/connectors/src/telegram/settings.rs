//! What a bot is set to.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an admin sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(default = "base_url")]
    pub base_url: String,
}

fn base_url() -> String {
    "https://api.telegram.org".to_owned()
}

/// What proves us to Telegram, and Telegram to us.
#[derive(Deserialize)]
pub struct Secrets {
    /// From `@BotFather`. Whoever has it is the bot.
    pub bot_token: String,
    /// What Telegram sends along with its requests. Without one we ask.
    #[serde(default)]
    pub webhook_secret: Option<String>,
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
        let parts = self.bot_token.split_once(':');
        let is_token = parts.is_some_and(|(id, rest)| {
            !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit()) && is_word(rest)
        });
        if !is_token {
            return Err((
                "bot_token",
                "must be a number, a colon and letters, as @BotFather gave it",
            ));
        }
        if self.webhook_secret.as_ref().is_some_and(|it| !is_word(it)) {
            return Err((
                "webhook_secret",
                "must be 1 to 256 of A-Z, a-z, 0-9, _ and -",
            ));
        }
        Ok(())
    }
}

/// What Telegram takes as a secret, and what cannot lead an address astray.
fn is_word(text: &str) -> bool {
    let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    (1..=256).contains(&text.len()) && text.bytes().all(fits)
}
