//! Text messages and WhatsApp through Twilio: its signature, its forms, its error codes.

mod codes;
mod deliver;
mod receive;
mod settings;
mod signature;
mod template;
#[cfg(test)]
mod tests;

pub use deliver::window_closes;
pub use receive::is_of_account;
pub use settings::{Service, Settings};
pub use template::SetTemplate;

use crate::channel::{Answer, Call, Channel, Deliver, Fetch, Probe, Receive, Templates, Trace};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_domain::Source;

/// A connection to a Twilio account.
#[derive(Debug)]
pub struct Twilio {
    service: Service,
    settings: Settings,
    secrets: Secrets,
}

/// What proves us to Twilio, and Twilio to us.
#[derive(serde::Deserialize)]
pub struct Secrets {
    /// Signs what Twilio sends, and is our password where there is no key of its own.
    pub auth_token: String,
    /// The secret of the API key named in the settings.
    #[serde(default)]
    pub api_key_secret: Option<String>,
}

impl Secrets {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self, settings: &Settings) -> Result<(), (&'static str, &'static str)> {
        if self.auth_token.len() < 16 {
            return Err(("auth_token", "must be the auth token of the Twilio account"));
        }
        if settings.api_key_sid.is_some() && self.api_key_secret.is_none() {
            return Err(("api_key_secret", "must be set beside api_key_sid"));
        }
        Ok(())
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Twilio {
    /// A connection after its settings.
    #[must_use]
    pub fn new(service: Service, settings: Settings, secrets: Secrets) -> Self {
        Self {
            service,
            settings,
            secrets,
        }
    }

    /// An address below the account's own.
    fn address(&self, rest: &str) -> String {
        let (base, account) = (&self.settings.base_url, &self.settings.account_sid);
        format!(
            "{}/2010-04-01/Accounts/{account}{rest}",
            base.trim_end_matches('/')
        )
    }

    /// A call in our name.
    fn signed(&self, call: Call) -> Call {
        let settings = &self.settings;
        let (user, password) = match (&settings.api_key_sid, &self.secrets.api_key_secret) {
            (Some(key), Some(secret)) => (key, secret),
            _ => (&settings.account_sid, &self.secrets.auth_token),
        };
        let pair = STANDARD.encode(format!("{user}:{password}"));
        call.header("authorization", format!("Basic {pair}"))
    }
}

impl Channel for Twilio {
    fn source(&self) -> Source {
        match self.service {
            Service::Sms => Source::Sms,
            Service::Whatsapp => Source::Whatsapp,
        }
    }

    fn deliver(&self) -> &dyn Deliver {
        self
    }

    fn receive(&self) -> Option<&dyn Receive> {
        Some(self)
    }

    fn fetch(&self) -> Option<&dyn Fetch> {
        Some(self)
    }

    fn trace(&self) -> Option<&dyn Trace> {
        Some(self)
    }

    fn templates(&self) -> Option<&dyn Templates> {
        match self.service {
            Service::Sms => None,
            Service::Whatsapp => Some(self),
        }
    }

    fn probe(&self) -> Option<&dyn Probe> {
        Some(self)
    }
}

impl Fetch for Twilio {
    fn first(&self, remote: &str) -> Result<Call, String> {
        let own = url::Url::parse(&self.settings.base_url);
        let asked = url::Url::parse(remote);
        let (Ok(own), Ok(asked)) = (own, asked) else {
            return Err("its address cannot be read".to_owned());
        };
        // Our password goes to Twilio alone. It sends us on to where the file is, without it.
        if own.origin() != asked.origin() {
            return Err("its address is not Twilio's".to_owned());
        }
        Ok(self.signed(Call::get(remote.to_owned())))
    }

    fn second(&self, _: &Answer) -> Option<Result<Call, String>> {
        None
    }
}

impl Probe for Twilio {
    fn ask(&self) -> Call {
        self.signed(Call::get(self.address(".json")))
    }

    fn read(&self, answer: &Answer) -> Result<String, String> {
        let said = answer.json();
        match (answer.status, said["status"].as_str()) {
            (200, Some("active")) => {
                let name = said["friendly_name"].as_str().unwrap_or_default();
                Ok(format!("Twilio answers for the account {name}"))
            }
            (200, Some(status)) => Err(format!(
                "the Twilio account is {status}; see the Twilio console"
            )),
            (401, _) => Err(codes::CREDENTIALS.to_owned()),
            (status, _) => Err(format!("Twilio answered {status}")),
        }
    }
}
