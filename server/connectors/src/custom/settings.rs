//! What a channel of others is set to.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// Shorter keys can be guessed.
const SHORTEST_KEY: usize = 24;

/// What an admin sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where answers are posted.
    pub url: String,
}

impl Settings {
    /// Looks at what was set.
    ///
    /// # Errors
    /// The field, and what is wrong with it.
    pub fn check(&self) -> Result<(), (&'static str, &'static str)> {
        match Url::parse(&self.url).as_ref().map(Url::scheme) {
            Ok("http" | "https") => Ok(()),
            _ => Err(("url", "must be an address that begins with https://")),
        }
    }
}

/// What proves the other program to us, and us to it.
#[derive(Deserialize)]
pub struct Secrets {
    /// Comes with everything the other program posts.
    pub key: String,
    /// Signs what we post.
    pub signing_secret: String,
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
        if self.key.len() < SHORTEST_KEY {
            return Err(("key", "must have at least 24 letters"));
        }
        if self.signing_secret.len() < SHORTEST_KEY {
            return Err(("signing_secret", "must have at least 24 letters"));
        }
        Ok(())
    }
}
