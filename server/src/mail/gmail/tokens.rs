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
use std::sync::Arc;

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

/// Those that serve now, each in a place of its own.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<HashMap<ConnectionId, Arc<Place>>>);

type Place = tokio::sync::Mutex<Option<Token>>;

impl Tokens {
    /// One that serves. Who asks while a new one is being had waits for that: of two that are had at the
    /// same time, Google may take only the later.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) async fn serving(
        &self,
        id: ConnectionId,
        now: Timestamp,
        fresh: impl Future<Output = Result<Token, Meaning>>,
    ) -> Result<Token, Meaning> {
        let place = self.place(id);
        let mut held = place.lock().await;
        if let Some(token) = held.as_ref().filter(|it| now < it.until) {
            return Ok(token.clone());
        }
        let token = fresh.await?;
        *held = Some(token.clone());
        Ok(token)
    }

    /// This one is no longer taken. One that stands in its place by now is.
    pub(super) async fn refused(&self, id: ConnectionId, token: &Token) {
        let place = self.place(id);
        let mut held = place.lock().await;
        if held.as_ref().is_some_and(|it| it.text == token.text) {
            *held = None;
        }
    }

    /// Forgets that of a mailbox that was set to something else.
    pub(super) fn forget(&self, id: ConnectionId) {
        self.0.lock().remove(&id);
    }

    fn place(&self, id: ConnectionId) -> Arc<Place> {
        Arc::clone(self.0.lock().entry(id).or_default())
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn token(text: &str) -> Token {
        Token {
            text: text.to_owned(),
            until: NOW.plus_seconds(60),
        }
    }

    async fn one(tokens: &Tokens, id: ConnectionId, at: Timestamp, text: &str) -> String {
        let fresh = async { Ok(token(text)) };
        tokens.serving(id, at, fresh).await.unwrap().text
    }

    #[tokio::test]
    async fn a_token_serves_until_it_ends_or_is_refused() {
        let (tokens, id) = (Tokens::default(), ConnectionId::random());
        assert_eq!(one(&tokens, id, NOW, "first").await, "first");
        assert_eq!(one(&tokens, id, NOW, "second").await, "first");
        let later = NOW.plus_seconds(60);
        assert_eq!(one(&tokens, id, later, "second").await, "second");
        // It is not the one that was refused.
        tokens.refused(id, &token("first")).await;
        assert_eq!(one(&tokens, id, NOW, "third").await, "second");
        tokens.refused(id, &token("second")).await;
        assert_eq!(one(&tokens, id, NOW, "third").await, "third");
        tokens.forget(id);
        assert_eq!(one(&tokens, id, NOW, "fourth").await, "fourth");
    }

    #[tokio::test]
    async fn who_comes_while_one_is_had_gets_the_same() {
        let (tokens, id) = (Tokens::default(), ConnectionId::random());
        let (first, second) = tokio::join!(
            tokens.serving(id, NOW, async {
                tokio::task::yield_now().await;
                Ok(token("first"))
            }),
            one(&tokens, id, NOW, "second"),
        );
        assert_eq!(
            (first.unwrap().text.as_str(), second.as_str()),
            ("first", "first")
        );
    }
}
