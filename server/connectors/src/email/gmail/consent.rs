//! How the owner of a mailbox lets us in: by a page of Google's, which sends them back to us with a code,
//! for which Google gives tokens. What goes along proves that we asked (state) and that nobody else can
//! use the code (PKCE); both are made from a key of ours, so that nothing has to be kept meanwhile.

use super::super::settings::{Account, Secrets};
use super::{Gmail, with_query};
use crate::channel::{Answer, Body, Call};
use crate::verify::{hmac_sha256, is_same};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_domain::text::clean_line;
use frontdesk_domain::{ConnectionId, Timestamp};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use uuid::Uuid;

/// To read the mailbox, to send from it, and to be told of new mail.
const SCOPE: &str = "https://www.googleapis.com/auth/gmail.modify";

/// For how many seconds the owner may think about it.
const PATIENCE: i64 = 3600;

/// What goes to Google and comes back: for which mailbox, until when, and our signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub connection_id: ConnectionId,
    text: String,
}

impl State {
    /// A new one. `nonce` is random.
    #[must_use]
    pub fn sign(key: &[u8], connection_id: ConnectionId, nonce: Uuid, now: Timestamp) -> Self {
        let until = now.plus_seconds(PATIENCE).0 / 1_000_000;
        let claim = format!("{connection_id}.{until}.{}", nonce.simple());
        let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(key, claim.as_bytes()));
        Self {
            connection_id,
            text: format!("{claim}.{signature}"),
        }
    }

    /// One that came back, where this key signed it and it is not too old.
    #[must_use]
    pub fn check(key: &[u8], text: &str, now: Timestamp) -> Option<Self> {
        let (claim, signature) = text.rsplit_once('.')?;
        let given = URL_SAFE_NO_PAD.decode(signature).ok()?;
        if !is_same(&hmac_sha256(key, claim.as_bytes()), &given) {
            return None;
        }
        let mut parts = claim.split('.');
        let (id, until) = (parts.next()?, parts.next()?);
        let until: i64 = until.parse().ok()?;
        let it = Self {
            connection_id: ConnectionId(id.parse().ok()?),
            text: text.to_owned(),
        };
        (now.0 / 1_000_000 <= until).then_some(it)
    }

    /// What only who has the key can know of it.
    fn verifier(&self, key: &[u8]) -> String {
        let told = format!("verifier of {}", self.text);
        URL_SAFE_NO_PAD.encode(hmac_sha256(key, told.as_bytes()))
    }
}

/// What this server is to Google.
#[derive(Debug, Clone, Copy)]
pub struct Us<'a> {
    pub key: &'a [u8],
    /// Where Google sends the owner back to.
    pub redirect_uri: &'a str,
}

/// The page where the owner lets us in.
#[must_use]
pub fn page(gmail: &Gmail, us: Us<'_>, address: &str, state: &State) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(state.verifier(us.key)));
    let query = [
        ("response_type", "code"),
        ("client_id", gmail.client_id.as_str()),
        ("redirect_uri", us.redirect_uri),
        ("scope", SCOPE),
        ("access_type", "offline"),
        // Without it, Google gives no lasting token the second time.
        ("prompt", "consent"),
        ("login_hint", address),
        ("state", state.text.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    with_query(&gmail.consent_url(), &query)
}

/// The call that changes a code into tokens.
#[must_use]
pub fn exchange(gmail: &Gmail, secrets: &Secrets, us: Us<'_>, state: &State, code: &str) -> Call {
    let form = vec![
        ("grant_type", "authorization_code".to_owned()),
        ("code", code.to_owned()),
        ("client_id", gmail.client_id.clone()),
        ("client_secret", text(secrets.client_secret.as_ref())),
        ("redirect_uri", us.redirect_uri.to_owned()),
        ("code_verifier", state.verifier(us.key)),
    ];
    Call::post(gmail.token_url(), Body::Form(form))
}

/// The call for a new token of short life; `None` where the owner never let us in.
#[must_use]
pub fn refresh(gmail: &Gmail, account: &Account) -> Option<Call> {
    let lasting = account.secrets.refresh_token.clone()?;
    let form = vec![
        ("grant_type", "refresh_token".to_owned()),
        ("refresh_token", lasting),
        ("client_id", gmail.client_id.clone()),
        (
            "client_secret",
            text(account.secrets.client_secret.as_ref()),
        ),
    ];
    Some(Call::post(gmail.token_url(), Body::Form(form)))
}

fn text(it: Option<&String>) -> String {
    it.cloned().unwrap_or_default()
}

/// What Google lets us in with. It shows itself to nobody.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Tokens {
    pub access_token: String,
    /// In seconds.
    #[serde(default)]
    pub expires_in: i64,
    #[serde(default)]
    pub refresh_token: Option<String>,
    #[serde(default)]
    pub scope: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

impl Tokens {
    /// Whether the owner let us do what we asked for; single wishes can be refused there.
    #[must_use]
    pub fn are_enough(&self) -> bool {
        let granted = self.scope.as_deref().unwrap_or(SCOPE);
        granted.split(' ').any(|it| it == SCOPE)
    }
}

/// Why there are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTokens {
    /// The owner has to be asked again.
    #[error("Google lets this server in no more: sign in with Google again")]
    Ended,
    /// The client is not set up as Google knows it.
    #[error("Google does not know this server: {0}")]
    Misfit(String),
    #[error("Google gives no token just now: {0}")]
    Later(String),
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

/// What came back for a code or a lasting token.
///
/// # Errors
/// Why there is no token.
pub fn read(answer: &Answer) -> Result<Tokens, NoTokens> {
    if answer.is_good() {
        let read = serde_json::from_slice(&answer.body);
        return read.map_err(|_| NoTokens::Later("its answer cannot be read".to_owned()));
    }
    let said: Option<Refusal> = serde_json::from_slice(&answer.body).ok();
    match said {
        Some(it) if it.error == "invalid_grant" => Err(NoTokens::Ended),
        Some(it) if (400..500).contains(&answer.status) && answer.status != 429 => {
            let why = it.error_description.unwrap_or(it.error);
            let line = clean_line(&why).text;
            Err(NoTokens::Misfit(line.chars().take(200).collect()))
        }
        _ => Err(NoTokens::Later(format!("it answered {}", answer.status))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);
    const KEY: &[u8] = b"a key";

    fn gmail() -> Gmail {
        serde_json::from_str(r#"{"client_id": "c.apps"}"#).unwrap()
    }

    fn answered(status: u16, body: &str) -> Result<Tokens, NoTokens> {
        read(&Answer {
            status,
            retry_after: None,
            body: body.as_bytes().to_vec(),
        })
    }

    #[test]
    fn a_state_is_believed_for_an_hour_and_only_as_it_was_signed() {
        let id = ConnectionId::random();
        let state = State::sign(KEY, id, Uuid::nil(), NOW);
        let back = |key, text: &str, now| State::check(key, text, now);
        assert_eq!(
            back(KEY, &state.text, NOW.plus_seconds(PATIENCE)),
            Some(state.clone())
        );
        assert_eq!(back(KEY, &state.text, NOW.plus_seconds(PATIENCE + 1)), None);
        assert_eq!(back(b"another", &state.text, NOW), None);
        let other = state
            .text
            .replace(&id.to_string(), &ConnectionId::random().to_string());
        for forged in ["", ".", "a.b.c", &state.text[1..], &other] {
            assert_eq!(back(KEY, forged, NOW), None, "{forged}");
        }
    }

    #[test]
    fn who_sees_the_page_cannot_use_the_code() {
        let state = State::sign(KEY, ConnectionId::random(), Uuid::nil(), NOW);
        let us = Us {
            key: KEY,
            redirect_uri: "https://desk.test/api/hooks/google",
        };
        let page = page(&gmail(), us, "support@acme.test", &state);
        let verifier = state.verifier(KEY);
        assert!((43..=128).contains(&verifier.len()));
        assert!(!page.contains(&verifier));
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        assert!(page.contains(&format!("code_challenge={challenge}&")));
        assert!(
            page.starts_with("https://accounts.google.com/o/oauth2/v2/auth?response_type=code&")
        );
    }

    #[test]
    fn an_answer_says_who_has_to_act() {
        let good = answered(200, r#"{"access_token": "a", "expires_in": 3599}"#).unwrap();
        assert!(good.are_enough() && good.expires_in == 3599);
        let little = answered(200, r#"{"access_token": "a", "scope": "openid email"}"#).unwrap();
        assert!(!little.are_enough());
        let ended = answered(400, r#"{"error": "invalid_grant"}"#);
        assert_eq!(ended, Err(NoTokens::Ended));
        let misfit = answered(
            401,
            r#"{"error": "invalid_client", "error_description": "No\nclient"}"#,
        );
        assert!(matches!(misfit, Err(NoTokens::Misfit(why)) if !why.contains('\n')));
        for (status, body) in [(503, ""), (429, r#"{"error": "x"}"#), (200, "<html>")] {
            assert!(matches!(answered(status, body), Err(NoTokens::Later(_))));
        }
        assert_eq!(format!("{good:?}"), "Tokens(…)");
    }
}
