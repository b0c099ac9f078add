//! Telegram: a bot that customers write to. It is told by requests with a secret token, or asks.

mod deliver;
mod receive;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{Secrets, Settings};

use crate::channel::{
    Announce, Answer, Body, Call, Channel, Deliver, Delivery, Fetch, Heard, Outgoing, Poll, Probe,
    Receive, Upload,
};
use crate::verify::{hex, hmac_sha256};
use frontdesk_domain::Source;
use serde_json::json;

/// What a bot is told of: what we read, and nothing else.
const KINDS: &[&str] = &["message", "edited_message", "my_chat_member"];

/// How long Telegram may think before it says that nothing came, in seconds. Calls to the outside end
/// after ten where nobody set another time.
const PATIENCE: u32 = 6;

/// A bot.
#[derive(Debug)]
pub struct Telegram {
    settings: Settings,
    secrets: Secrets,
}

impl Telegram {
    /// A bot after its settings.
    #[must_use]
    pub fn new(settings: Settings, secrets: Secrets) -> Self {
        Self { settings, secrets }
    }

    fn method(&self, name: &str) -> String {
        let (base, token) = (&self.settings.base_url, &self.secrets.bot_token);
        format!("{}/bot{token}/{name}", base.trim_end_matches('/'))
    }
}

impl Channel for Telegram {
    fn source(&self) -> Source {
        Source::Telegram
    }

    fn deliver(&self) -> &dyn Deliver {
        self
    }

    fn receive(&self) -> Option<&dyn Receive> {
        Some(self)
    }

    fn poll(&self) -> Option<&dyn Poll> {
        let asks = self.secrets.webhook_secret.is_none();
        asks.then_some(self as &dyn Poll)
    }

    fn announce(&self) -> Option<&dyn Announce> {
        Some(self)
    }

    fn fetch(&self) -> Option<&dyn Fetch> {
        Some(self)
    }

    fn upload(&self) -> Option<&dyn Upload> {
        Some(self)
    }

    fn probe(&self) -> Option<&dyn Probe> {
        Some(self)
    }
}

impl Poll for Telegram {
    fn ask(&self, position: i64) -> Call {
        let body = json!({
            "offset": position,
            "limit": 100,
            "timeout": PATIENCE,
            "allowed_updates": KINDS,
        });
        Call::post(self.method("getUpdates"), Body::Json(body))
    }

    fn read(&self, position: i64, answer: &Answer) -> Result<(Vec<Heard>, i64), Delivery> {
        let said = answer.json();
        let Some(updates) = said["result"].as_array().filter(|_| answer.is_good()) else {
            return Err(deliver::read(answer));
        };
        let mut heard = Vec::new();
        let mut next = position;
        for update in updates {
            heard.extend(receive::update(update));
            let id = update["update_id"].as_i64().unwrap_or_default();
            next = next.max(id.saturating_add(1));
        }
        Ok((heard, next))
    }
}

impl Announce for Telegram {
    fn mark(&self, hook: &str) -> String {
        let secret = self.secrets.webhook_secret.as_deref().unwrap_or_default();
        let said = format!("{}\n{hook}", self.secrets.bot_token);
        format!(
            "told at {}",
            hex(&hmac_sha256(secret.as_bytes(), said.as_bytes()))
        )
    }

    fn announce(&self, hook: &str) -> Call {
        let Some(secret) = &self.secrets.webhook_secret else {
            return Call::post(self.method("deleteWebhook"), Body::Empty);
        };
        let body = json!({ "url": hook, "secret_token": secret, "allowed_updates": KINDS });
        Call::post(self.method("setWebhook"), Body::Json(body))
    }

    fn agreed(&self, answer: &Answer) -> Result<(), Delivery> {
        match answer.is_good() && answer.json()["ok"] == true {
            true => Ok(()),
            false => Err(deliver::read(answer)),
        }
    }
}

impl Fetch for Telegram {
    fn first(&self, remote: &str) -> Result<Call, String> {
        let body = Body::Json(json!({ "file_id": remote }));
        Ok(Call::post(self.method("getFile"), body))
    }

    fn second(&self, answer: &Answer) -> Option<Result<Call, String>> {
        let said = answer.json();
        let base = self.settings.base_url.trim_end_matches('/');
        let token = &self.secrets.bot_token;
        Some(match said["result"]["file_path"].as_str() {
            Some(path) => Ok(Call::get(format!("{base}/file/bot{token}/{path}"))),
            None => Err(deliver::words(answer)),
        })
    }
}

impl Upload for Telegram {
    fn takes(&self, outgoing: &Outgoing<'_>) -> bool {
        deliver::takes_files(outgoing)
    }
}

impl Probe for Telegram {
    fn ask(&self) -> Call {
        Call::post(self.method("getMe"), Body::Empty)
    }

    fn read(&self, answer: &Answer) -> Result<String, String> {
        let said = answer.json();
        match said["result"]["username"].as_str() {
            Some(name) => Ok(format!("Telegram answers for the bot @{name}")),
            None => Err(deliver::words(answer)),
        }
    }
}
