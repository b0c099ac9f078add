//! Where the server is, where its data is, and who may open an account on it.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong, quoted, words};
use std::net::SocketAddr;

/// The address under which people reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicUrl {
    /// `auto`: made from the address it listens on.
    OfListener,
    /// Without a slash at the end.
    At(String),
}

impl PublicUrl {
    /// The address, once it is known where the server listens.
    #[must_use]
    pub fn resolve(&self, scheme: &str, listener: SocketAddr) -> String {
        match self {
            Self::OfListener if listener.ip().is_unspecified() => {
                format!("{scheme}://localhost:{}", listener.port())
            }
            Self::OfListener => format!("{scheme}://{listener}"),
            Self::At(url) => url.clone(),
        }
    }
}

impl Setting for PublicUrl {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"auto\" or an address such as \"https://desk.example.com\"";
        let text = raw.text(expected)?;
        if text == "auto" {
            return Ok(Self::OfListener);
        }
        let rest = text
            .strip_prefix("https://")
            .or(text.strip_prefix("http://"));
        let is_address = rest.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.starts_with('/')
                && !rest.contains(|letter: char| letter.is_whitespace() || "?#@".contains(letter))
        });
        if is_address {
            Ok(Self::At(text.trim_end_matches('/').to_owned()))
        } else {
            Err(raw.wrong(expected))
        }
    }

    fn show(&self) -> String {
        match self {
            Self::OfListener => quoted("auto"),
            Self::At(url) => quoted(url),
        }
    }
}

/// Who may make a new account through the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Nobody; accounts are made with `frontdesk-server init`.
    Closed,
    /// Anybody, until there is an account; after that only invited people, into theirs.
    First,
    /// Only who has an invitation, into the account that invited them.
    Invite,
    /// Anybody.
    Open,
}

words!(Registration { Closed = "closed", First = "first", Invite = "invite", Open = "open" });

pub(super) const KEYS: &[Key] = &[
    key!(
        "listen",
        listen,
        "The address and port to listen on. Port 0 takes any free port."
    ),
    key!(
        "data",
        data,
        "The folder for the database, the key file and uploads. It is made when it is not there,\nand only its owner can look into it."
    ),
    key!(
        "public_url",
        public_url,
        "The address under which browsers reach this server, for links in messages.\n\"auto\" makes it from the address listened on."
    ),
    key!(
        "registration",
        registration,
        "Who may make an account through the API: \"closed\" nobody, \"first\" anybody until there is\none, \"invite\" only invited people, \"open\" anybody."
    ),
    key!(
        "grace",
        grace,
        "How long stopping may take before what still runs is cut off."
    ),
];
