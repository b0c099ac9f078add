//! Tokens of short life: each serves for an hour, and is had for the lasting one that the owner of the
//! mailbox gave.

use crate::lines;
use crate::outgoing::Outgoing;
use frontdesk_connectors::channel::Call;
use frontdesk_connectors::email::gmail::Gmail;
use frontdesk_connectors::email::gmail::consent::{self, NoTokens};
use frontdesk_connectors::email::{Account, Meaning};
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::fmt;

/// A token is not used in its last minute.
const SPARE: i64 = 60;

/// A token, and how long it serves. It shows itself to nobody.
#[derive(Clone)]
pub(super) struct Token {
    text: String,
    until: Timestamp,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// One that Google just gave.
    pub(super) fn of(tokens: &consent::Tokens, now: Timestamp) -> Self {
        Self {
            text: tokens.access_token.clone(),
            until: now.plus_seconds(tokens.expires_in - SPARE),
        }
    }

    /// A call that says who we are.
    pub(super) fn on(&self, call: Call) -> Call {
        call.header("authorization", format!("Bearer {}", self.text))
    }
}

/// Those that serve now.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<HashMap<ConnectionId, Token>>);

impl Tokens {
    pub(super) fn known(&self, id: ConnectionId, now: Timestamp) -> Option<Token> {
        let known = self.0.lock().get(&id).cloned();
        known.filter(|it| now < it.until)
    }

    pub(super) fn keep(&self, id: ConnectionId, token: Token) {
        self.0.lock().insert(id, token);
    }

    /// Forgets one that is no longer taken, or whose mailbox was set to something else.
    pub(super) fn forget(&self, id: ConnectionId) {
        self.0.lock().remove(&id);
    }
}

/// Gets a new one.
///
/// # Errors
/// Why there is none.
pub(super) async fn fresh(
    client: &Outgoing,
    account: &Account,
    google: &Gmail,
    now: Timestamp,
) -> Result<Token, Meaning> {
    let Some(call) = consent::refresh(google, account) else {
        return Err(Meaning::Ended {
            why: "nobody has signed in with Google for this mailbox yet".to_owned(),
        });
    };
    let answer = lines::make(client, call).await;
    let answer = answer.map_err(|error| Meaning::later(error.to_string()))?;
    let tokens = consent::read(&answer).map_err(|none| meant(&none))?;
    Ok(Token::of(&tokens, now))
}

fn meant(none: &NoTokens) -> Meaning {
    let why = none.to_string();
    match none {
        NoTokens::Ended => Meaning::Ended { why },
        NoTokens::Misfit(_) => Meaning::Broken { why },
        NoTokens::Later(_) => Meaning::later(why),
    }
}
