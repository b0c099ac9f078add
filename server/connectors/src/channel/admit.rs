//! A way in for providers that want an answer sooner than their messages can be understood: what came
//! is kept as it is, and read once the names in it have been looked up.

use super::{Answer, Asked, Call, Heard, Rejected, Request};
use std::collections::HashMap;

/// A way in by requests that are kept first.
pub trait Admit: Sync {
    /// Verifies a request over its raw body and says what is to be done with it.
    ///
    /// # Errors
    /// When it is not the provider's, or is none of what its documents describe.
    fn admit(&self, request: &Request<'_>) -> Result<Admitted, Rejected>;

    /// What has to be looked up before this can be understood.
    fn names(&self, body: &str) -> Vec<String>;

    /// Asks for a name.
    fn look_up(&self, name: &str) -> Call;

    /// What the answer says about it.
    fn found(&self, name: &str, answer: &Answer) -> Found;

    /// What was told. A name that is not known is shown as it is.
    fn understand(&self, body: &str, names: &Names) -> Vec<Heard>;

    /// The call that says something to who asked for something, and to nobody else.
    ///
    /// # Errors
    /// Why they are not told.
    fn answer(&self, to: &str, text: &str) -> Result<Call, String>;
}

/// What is to be done with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    Keep(Arrival),
    /// Somebody of the team asks for something.
    Asked(Asked),
    /// It only asks for this.
    Answer(String),
    /// There is nothing in it for us.
    Nothing,
}

/// What came, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// What makes it one, however often it comes.
    pub key: String,
    pub body: String,
}

/// What came of looking a name up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Known(Known),
    /// The provider knows it no more, or does not tell us.
    Nobody,
    /// It cannot be said just now.
    Later,
}

/// Somebody or something with a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// What to call it in a text.
    pub short: String,
    /// Its whole name, where that is another.
    pub full: Option<String>,
    /// The address the provider has confirmed.
    pub email: Option<String>,
}

/// What is known about names.
pub type Names = HashMap<String, Known>;
