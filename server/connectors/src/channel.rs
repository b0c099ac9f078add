//! The shape of a channel: small traits of pure functions, over values that say what came in and what
//! is to go out. Whoever runs them owns the network, time-outs, limits, secrets and the database, so
//! that a channel is what its provider's documents say and nothing else.

mod admit;
mod amend;
mod announce;
mod call;
mod heard;
mod outgoing;
mod recall;
mod seat;
mod socket;
mod template;
mod upload;

pub use admit::{Admit, Admitted, Arrival, Found, Known, Names};
pub use amend::{Amend, Amendment};
pub use announce::Announce;
pub use call::{Answer, Body, Call, Method};
pub use heard::{Consent, Heard, Message, Reaction, Receipt, Remote, Stands};
pub use outgoing::{Delivery, FileLink, Held, Outgoing, Pace};
pub use recall::{Question, Recall, Recalled};
pub use seat::{Asked, Button, Seat, Told, Weight, Wish, Words};
pub use socket::{Frame, Socket};
pub use template::{Approval, Listed, Obstacle, Template, Templates};
pub use upload::{Ahead, Reserved, Upload};

use frontdesk_domain::{Source, Timestamp};
use std::fmt::Debug;

/// A request as it came in, before anything of it is believed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address the provider was told: our public one, with its query.
    pub url: &'a str,
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
    /// When it came in.
    pub now: Timestamp,
}

impl Request<'_> {
    /// The value of a header, by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Why a request is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    #[error("the signature is missing or wrong")]
    Forged,
    #[error("it is signed and cannot be read")]
    Unreadable,
}

/// A way in by requests of the provider.
pub trait Receive: Sync {
    /// Verifies a request over its raw body, and only then reads it.
    ///
    /// # Errors
    /// When it is not the provider's, or is none of what its documents describe.
    fn receive(&self, request: &Request<'_>) -> Result<Vec<Heard>, Rejected>;
}

/// A way out: one call for a message.
pub trait Deliver: Sync {
    /// The call that hands a message over.
    ///
    /// # Errors
    /// Why this message cannot go by this channel, in words for agents.
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String>;

    /// What the answer means.
    fn read(&self, answer: &Answer) -> Delivery;

    /// How often messages may go to an address.
    fn pace(&self, _theirs: &str) -> Option<Pace> {
        None
    }

    /// Whether a message may be handed over twice: the other side knows it again by its id.
    fn knows_repetitions(&self) -> bool {
        false
    }
}

/// Finding out what became of a call whose answer was lost.
pub trait Trace: Sync {
    /// What to ask.
    fn ask(&self, outgoing: &Outgoing<'_>) -> Call;

    /// The provider's ids of what may be this message, the newest first. None where the answer does not
    /// say.
    fn find(&self, outgoing: &Outgoing<'_>, answer: &Answer) -> Option<Vec<String>>;
}

/// A way in without an address of our own: asking again and again.
pub trait Poll: Sync {
    /// Asks for what came after a position.
    fn ask(&self, position: i64) -> Call;

    /// What came, and the position after it.
    ///
    /// # Errors
    /// Why there was no answer to read.
    fn read(&self, position: i64, answer: &Answer) -> Result<(Vec<Heard>, i64), Delivery>;
}

/// Getting a file that a message only names.
pub trait Fetch: Sync {
    /// The first call for what a message named.
    ///
    /// # Errors
    /// Why this is not fetched.
    fn first(&self, remote: &str) -> Result<Call, String>;

    /// The call after the first, where the first only said where the file is. `None` when its answer
    /// was the file.
    ///
    /// # Errors
    /// Why there is no file.
    fn second(&self, answer: &Answer) -> Option<Result<Call, String>>;

    /// Why what came is not the file, by its kind: some providers answer all is well with a page.
    fn refuses(&self, _content_type: &str) -> Option<&'static str> {
        None
    }
}

/// Whether the provider takes our credentials.
pub trait Probe: Sync {
    /// What to ask.
    fn ask(&self) -> Call;

    /// What the answer says, in words for admins.
    ///
    /// # Errors
    /// What is wrong and what to do.
    fn read(&self, answer: &Answer) -> Result<String, String>;
}

/// A connection to a provider: what it can do.
pub trait Channel: Debug + Send + Sync {
    /// What its conversations come from.
    fn source(&self) -> Source;

    /// The way out.
    fn deliver(&self) -> &dyn Deliver;

    /// The way in by requests.
    fn receive(&self) -> Option<&dyn Receive> {
        None
    }

    /// The way in by requests that are kept first and understood afterwards.
    fn admit(&self) -> Option<&dyn Admit> {
        None
    }

    /// The way in over a line that we open.
    fn socket(&self) -> Option<&dyn Socket> {
        None
    }

    /// The channel of the team in which conversations are told, answered and acted on.
    fn seat(&self) -> Option<&dyn Seat> {
        None
    }

    /// How what came meanwhile is found.
    fn recall(&self) -> Option<&dyn Recall> {
        None
    }

    /// The way in by asking.
    fn poll(&self) -> Option<&dyn Poll> {
        None
    }

    /// How it is told by which way it is to reach us.
    fn announce(&self) -> Option<&dyn Announce> {
        None
    }

    /// How files are fetched.
    fn fetch(&self) -> Option<&dyn Fetch> {
        None
    }

    /// How files go out as files.
    fn upload(&self) -> Option<&dyn Upload> {
        None
    }

    /// How what was sent is changed and taken back.
    fn amend(&self) -> Option<&dyn Amend> {
        None
    }

    /// The texts that may be sent where others may not.
    fn templates(&self) -> Option<&dyn Templates> {
        None
    }

    /// How a lost answer is looked up.
    fn trace(&self) -> Option<&dyn Trace> {
        None
    }

    /// How the connection is tried out.
    fn probe(&self) -> Option<&dyn Probe> {
        None
    }
}
