//! The kinds of jobs there are, one line each where it is filled.

use crate::job::{Job, Turn};
use crate::outcome::Outcome;
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

/// Why a job cannot be run at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// A newer or older program made it.
    UnknownKind,
    /// What is wrong with its payload, in words.
    Payload(String),
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKind => f.write_str("this program knows no such job"),
            Self::Payload(problem) => write!(f, "the payload does not fit: {problem}"),
        }
    }
}

type Run<C> = fn(&str, C, Turn) -> Result<BoxFuture<'static, Outcome>, Unfit>;

/// What is known about a kind.
pub(crate) struct Known<C> {
    pub(crate) name: &'static str,
    pub(crate) tries: u32,
    pub(crate) limit: Duration,
    pub(crate) run: Run<C>,
    check: fn(&str) -> Result<(), Unfit>,
}

/// The kinds of jobs, by name.
pub struct Registry<C>(HashMap<&'static str, Known<C>>);

impl<C> fmt::Debug for Registry<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<C> Default for Registry<C> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<C: 'static> Registry<C> {
    /// Adds a kind.
    #[must_use]
    pub fn with<J: Job<C>>(mut self) -> Self {
        let known = Known {
            name: J::NAME,
            tries: J::TRIES,
            limit: J::LIMIT,
            run: |payload, context, turn| Ok(Box::pin(read::<C, J>(payload)?.run(context, turn))),
            check: |payload| read::<C, J>(payload).map(|_| ()),
        };
        self.0.insert(J::NAME, known);
        self
    }

    /// Whether a job of this kind could be run with this payload.
    ///
    /// # Errors
    /// Why it could not.
    pub fn check(&self, kind: &str, payload: &str) -> Result<(), Unfit> {
        (self.known(kind)?.check)(payload)
    }

    pub(crate) fn known(&self, kind: &str) -> Result<&Known<C>, Unfit> {
        self.0.get(kind).ok_or(Unfit::UnknownKind)
    }
}

fn read<C, J: Job<C>>(payload: &str) -> Result<J, Unfit> {
    serde_json::from_str(payload).map_err(|problem| Unfit::Payload(problem.to_string()))
}
