//! Tokens and passwords: made here, kept as hashes only, never shown or logged.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use frontdesk_db::queries::sessions::TokenHash;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// A token as its owner gets it. It shows itself to nobody else.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A new random token of 256 bits.
    ///
    /// # Panics
    /// When the system has no randomness: nothing safe can be done then.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// A token made elsewhere, in letters that people write down.
    pub(crate) fn written(letters: String) -> Self {
        Self(letters)
    }

    /// The text to hand to its owner.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        hash(&self.0)
    }
}

/// The hash by which a token somebody brought is looked up.
#[must_use]
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// Passwords take memory and time on purpose, so only so many are looked at at once.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Hashes a password with argon2id.
///
/// # Errors
/// When the hash cannot be made; the password itself is never the reason.
pub async fn hash_password(password: String) -> Result<String, PasswordError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| PasswordError)?;
    tokio::task::spawn_blocking(move || {
        let hashed = Argon2::default().hash_password(password.as_bytes());
        hashed
            .map(|hash| hash.to_string())
            .map_err(|_| PasswordError)
    })
    .await
    .unwrap_or(Err(PasswordError))
}

/// Whether the password is the one that was hashed. Where there is no hash, as long is spent as
/// if there were one, so that an answer's time does not tell which addresses exist.
pub async fn verify_password(password: String, known: Option<String>) -> bool {
    let Ok(_turn) = AT_ONCE.acquire().await else {
        return false;
    };
    tokio::task::spawn_blocking(move || {
        let Some(known) = known else {
            drop(Argon2::default().hash_password(password.as_bytes()));
            return false;
        };
        PasswordHash::new(&known).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    })
    .await
    .unwrap_or(false)
}

/// A password could not be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct PasswordError;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_only() {
        let kept = hash_password("correct horse".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(verify_password("correct horse".to_owned(), Some(kept.clone())).await);
        assert!(!verify_password("wrong horse".to_owned(), Some(kept)).await);
        assert!(!verify_password("correct horse".to_owned(), None).await);
    }

    #[test]
    fn a_token_does_not_show_itself() {
        let token = Token::random();
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert_eq!(hash(token.reveal()), token.hash());
        assert_ne!(Token::random(), token);
    }
}
