//! Asks Google about a mailbox, with a token that serves.

use super::{UNREADABLE, tokens};
use crate::app::App;
use crate::lines;
use crate::mail::trouble::Trouble;
use crate::outgoing::OutgoingError;
use frontdesk_connectors::channel::{Answer, Call};
use frontdesk_connectors::email::gmail::{self, Gmail};
use frontdesk_connectors::email::{Account, Meaning};
use frontdesk_domain::connection::Connection;

/// The most of an answer that holds no mail.
pub(super) const SHORT: usize = 4 * 1024 * 1024;

/// A mailbox, and everything that is needed to ask for it.
#[derive(Clone, Copy)]
pub(in crate::mail) struct Mailbox<'a> {
    pub(in crate::mail) app: &'a App,
    pub(in crate::mail) connection: &'a Connection,
    pub(in crate::mail) account: &'a Account,
    pub(in crate::mail) google: &'a Gmail,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// Nothing was asked.
    Unasked(Meaning),
    /// It was asked, and nobody heard the answer.
    Unheard(String),
    TooLarge,
    /// What was asked for is not there.
    Gone,
    Said(Meaning),
}

impl From<Unanswered> for Trouble {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Unasked(meaning) | Unanswered::Said(meaning) => meaning.into(),
            Unanswered::Unheard(why) => Self::Passing(format!("Google did not answer: {why}")),
            Unanswered::TooLarge => Self::Passing("Google's answer is too large".to_owned()),
            Unanswered::Gone => Self::Passing("Google does not know the mailbox".to_owned()),
        }
    }
}

impl Mailbox<'_> {
    /// Asks, and reads an answer of at most so many bytes. A token that is no longer taken is
    /// replaced once.
    pub(super) async fn ask(&self, call: Call, most: usize) -> Result<Answer, Unanswered> {
        match self.once(call.clone(), most).await? {
            Ok(answer) => Ok(answer),
            Err(StaleToken) => {
                let again = self.once(call, most).await?;
                again.map_err(|StaleToken| {
                    Unanswered::Unasked(Meaning::Ended {
                        why: "Google takes none of its tokens: sign in with Google again"
                            .to_owned(),
                    })
                })
            }
        }
    }

    async fn once(
        &self,
        call: Call,
        most: usize,
    ) -> Result<Result<Answer, StaleToken>, Unanswered> {
        let (id, now) = (self.connection.id, self.app.db.now());
        let tokens = &self.app.google.tokens;
        let fresh = tokens::fresh(&self.app.outgoing, self.account, self.google, now);
        let token = tokens.serving(id, now, fresh).await;
        let token = token.map_err(Unanswered::Unasked)?;
        let answer = lines::make_up_to(&self.app.outgoing, token.on(call), most).await;
        let answer = answer.map_err(|error| unheard(&error))?;
        match gmail::read(&answer) {
            Ok(()) => Ok(Ok(answer)),
            Err(gmail::Trouble::Token) => {
                tokens.refused(id, &token).await;
                Ok(Err(StaleToken))
            }
            Err(gmail::Trouble::Gone) => Err(Unanswered::Gone),
            Err(gmail::Trouble::Said(meaning)) => Err(Unanswered::Said(meaning)),
        }
    }
}

struct StaleToken;

fn unheard(error: &OutgoingError) -> Unanswered {
    let why = error.to_string();
    match error {
        OutgoingError::Refused(_) => Unanswered::Unasked(Meaning::Broken { why }),
        OutgoingError::Unreachable => Unanswered::Unasked(Meaning::later(why)),
        OutgoingError::TooLarge { .. } => Unanswered::TooLarge,
        OutgoingError::TimedOut | OutgoingError::Broken => Unanswered::Unheard(why),
    }
}

/// What was read of an answer.
pub(super) fn readable<T>(read: Option<T>) -> Result<T, Trouble> {
    read.ok_or_else(|| Trouble::Passing(UNREADABLE.to_owned()))
}
