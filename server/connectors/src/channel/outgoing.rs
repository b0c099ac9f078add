//! A message on its way out, and what came of handing it over.

use super::Template;
use frontdesk_domain::{MessageId, Timestamp};
use std::time::Duration;

/// A message to hand over.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    pub id: MessageId,
    /// Which of our addresses the customer knows.
    pub ours: &'a str,
    pub theirs: &'a str,
    pub text: &'a str,
    pub files: &'a [FileLink],
    /// Who writes, where an agent does.
    pub author: Option<&'a str>,
    /// The address of their picture.
    pub picture: Option<&'a str>,
    /// When the customer last wrote.
    pub heard_at: Option<Timestamp>,
    pub now: Timestamp,
    /// Our address for what the provider has to tell of this connection.
    pub hook: &'a str,
    /// The texts that the provider has approved, where they were asked for.
    pub templates: &'a [Template],
}

/// A file of ours, where the provider or the customer can fetch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    pub url: String,
    pub filename: String,
    pub content_type: String,
    /// How many bytes it has.
    pub size: i64,
    pub held: Held,
}

/// Where the bytes of a file are on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// With us alone: a link goes.
    Here,
    /// In the call itself.
    Bytes(Vec<u8>),
    /// With the provider, which calls it this.
    There(String),
}

/// How often something may be done at a provider, beside what a connection may do at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// What is done: into which channel, by which method.
    pub of: String,
    /// So often at once.
    pub at_once: u32,
    /// And once in each of these.
    pub every: Duration,
}

/// What came of handing a message over. The words are for agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The provider has it, under this id.
    Sent { id: Option<String> },
    /// Not now.
    Later {
        why: String,
        after: Option<Duration>,
    },
    /// It went wrong there, and perhaps only after the provider took it.
    Doubtful { why: String },
    /// Never.
    Refused { why: String },
    /// Never, because the customer wants to hear no more.
    Stopped { why: String },
    /// Nothing goes by this connection until an admin mends it.
    Broken { why: String },
    /// The customer is at another address now.
    Moved { to: String },
}

impl Delivery {
    /// Not now, for as long as the provider says.
    #[must_use]
    pub fn later(why: impl Into<String>, after: Option<u64>) -> Self {
        Self::Later {
            why: why.into(),
            after: after.map(Duration::from_secs),
        }
    }

    /// The provider stumbled, with a status of 500 or more. Only 503 says that nothing was done.
    #[must_use]
    pub fn stumbled(status: u16, why: impl Into<String>, after: Option<u64>) -> Self {
        match status {
            503 => Self::later(why, after),
            _ => Self::Doubtful { why: why.into() },
        }
    }

    /// Never.
    #[must_use]
    pub fn refused(why: impl Into<String>) -> Self {
        Self::Refused { why: why.into() }
    }
}
