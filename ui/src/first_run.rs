//! The first run: four steps from an empty machine to the inbox, each checked before the next.
//!
//! Pure like the desk: what happens comes in, wishes go out. Nothing is kept before the last step.

mod answers;
mod hidden;
mod keys;
mod look;
mod view;

#[cfg(test)]
mod tests;

pub use hidden::Hidden;
pub use look::Look;
pub(crate) use view::draw_sync;
pub use view::view;

use crate::glyph::Glyphs;
use crate::key::Key;
use crate::model::field::Field;
use hidden::Password;
use look::Looks;

/// Where the agent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Server,
    SignIn,
    Look,
    Sync,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Server, Self::SignIn, Self::Look, Self::Sync];

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Server => "Server",
            Self::SignIn => "Sign in",
            Self::Look => "Look and keys",
            Self::Sync => "First sync",
        }
    }

    /// Its number, as people count.
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize + 1
    }
}

/// The state of the first run.
#[derive(Debug, Clone)]
pub struct FirstRun {
    pub step: Step,
    /// The server that is meant when the field stays empty.
    usual: String,
    server: Field,
    email: Field,
    password: Password,
    /// Which field of the sign-in has the cursor.
    at: SignInField,
    checked: Option<Server>,
    signed: Option<String>,
    looks: Looks,
    asking: Asking,
    problem: Option<Problem>,
}

/// A field of the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SignInField {
    Email,
    Password,
}

/// Whether an answer is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Nobody,
    Server,
    SignIn,
    Keep,
}

/// A server that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its address in the one spelling it has.
    pub origin: String,
    pub version: String,
    pub took_ms: u64,
}

/// What went wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub what: String,
    pub todo: String,
}

/// Something happened.
#[derive(Debug, Clone)]
pub enum Heard {
    Key(Key),
    Paste(String),
    /// What stands behind the address.
    Server(Result<Server, Problem>),
    /// The address somebody is signed in under.
    SignedIn(Result<String, Problem>),
    /// Everything that was said is kept.
    Kept(Result<(), Problem>),
}

/// Something to be done outside. A question takes the place of the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    Check(String),
    SignIn {
        server: String,
        email: String,
        password: Hidden,
    },
    /// Show everything in this look.
    Show(Look),
    /// Keep the sign-in and the look, and open the inbox.
    Keep(Look),
    Leave,
}

/// What is known before anybody is asked.
#[derive(Debug, Clone)]
pub struct Before {
    /// The server that is meant when nothing is said.
    pub usual: String,
    /// The server that was named already, which is looked at right away.
    pub named: Option<String>,
    pub look: Look,
    /// The names of the themes there are.
    pub themes: Vec<String>,
}

impl FirstRun {
    /// The first step, and what is wanted at once.
    #[must_use]
    pub fn begin(before: Before) -> (Self, Vec<Wish>) {
        let mut run = Self {
            step: Step::Server,
            usual: before.usual,
            server: Field::of(before.named.as_deref().unwrap_or("")),
            email: Field::default(),
            password: Password::default(),
            at: SignInField::Email,
            checked: None,
            signed: None,
            looks: Looks::new(before.look, before.themes),
            asking: Asking::Nobody,
            problem: None,
        };
        let wishes = match before.named {
            Some(_) => keys::check(&mut run),
            None => Vec::new(),
        };
        (run, wishes)
    }

    /// How everything looks.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.looks.chosen
    }

    fn glyphs(&self) -> Glyphs {
        self.looks.chosen.glyphs
    }
}

/// Takes in what happened and says what is to be done about it.
pub fn update(run: &mut FirstRun, heard: Heard) -> Vec<Wish> {
    match heard {
        Heard::Key(key) => keys::key(run, key),
        Heard::Paste(text) => keys::paste(run, &text),
        Heard::Server(answer) => answers::server(run, answer),
        Heard::SignedIn(answer) => answers::signed_in(run, answer),
        Heard::Kept(answer) => answers::kept(run, answer),
    }
}
