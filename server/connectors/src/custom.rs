//! A channel that others made: a program of theirs posts what customers write, with a key, and gets
//! what agents answer, signed in the way of Standard Webhooks.

mod deliver;
mod receive;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{Secrets, Settings};

use crate::channel::{Answer, Call, Channel, Deliver, Fetch, Receive};
use frontdesk_domain::Source;
use url::Url;

/// A channel that others made.
#[derive(Debug)]
pub struct Custom {
    settings: Settings,
    secrets: Secrets,
}

impl Custom {
    /// A channel after its settings.
    #[must_use]
    pub fn new(settings: Settings, secrets: Secrets) -> Self {
        Self { settings, secrets }
    }
}

impl Channel for Custom {
    fn source(&self) -> Source {
        Source::Custom
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
}

impl Fetch for Custom {
    fn first(&self, remote: &str) -> Result<Call, String> {
        match Url::parse(remote).as_ref().map(Url::scheme) {
            Ok("http" | "https") => Ok(Call::get(remote.to_owned())),
            _ => Err("its address cannot be read".to_owned()),
        }
    }

    fn second(&self, _: &Answer) -> Option<Result<Call, String>> {
        None
    }
}
