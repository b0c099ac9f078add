//! The codes of authenticator apps (RFC 6238), and the codes that stand in for a lost app. Pure:
//! what is accepted is decided in `use_cases/second_factor.rs`.

use crate::secret::{self, Token};
use crate::vault::Secret;
use frontdesk_db::queries::sessions::TokenHash;
use frontdesk_domain::Timestamp;
use std::fmt;
use totp_rs::{Builder, Totp, TotpError};

/// The seconds for which a code is shown.
const STEP: i64 = 30;

/// How many recovery codes there are at a time.
const RECOVERY_CODES: usize = 10;

/// The letters of recovery codes: none that looks like another. 32 of them, so that a byte makes
/// none likelier.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// The letters of a recovery code: 80 bits of chance.
const RECOVERY_LENGTH: usize = 16;

/// What somebody typed for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    /// Six digits of an app.
    App(String),
    /// Anything else can only be a recovery code.
    Recovery(TokenHash),
}

impl Typed {
    /// Reads a code as people type it: spaces and hyphens between the groups do not count.
    pub(crate) fn read(text: &str) -> Self {
        let plain: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .collect();
        let plain = plain.to_lowercase();
        if plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::App(plain)
        } else {
            Self::Recovery(secret::hash(&plain))
        }
    }
}

/// What an app is told when it is set up.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Enrolment {
    /// To be typed, in base 32.
    pub(crate) secret: String,
    /// To be opened, or shown as a QR code.
    pub(crate) url: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

/// A new secret for an app, as long as a SHA-1.
///
/// # Panics
/// When the system has no randomness: nothing safe can be done then.
pub(crate) fn new_seed() -> Secret {
    let mut bytes = [0_u8; 20];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    Secret::new(bytes)
}

/// What the app is told: the secret, and whom and what it is for.
pub(crate) fn enrolment(seed: &Secret, company: &str, email: &str) -> Result<Enrolment, TotpError> {
    // A colon parts the two in the address.
    let plain = |text: &str| text.replace(':', " ");
    let totp = Builder::new()
        .with_secret(seed.reveal().to_vec())
        .with_issuer(Some(plain(company)))
        .with_account_name(plain(email))
        .build()?;
    Ok(Enrolment {
        secret: totp.secret().to_base32(),
        url: totp.to_url()?,
    })
}

/// The step of time whose code this is: the one of now, the one before or the one after.
pub(crate) fn step_of(seed: &Secret, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(seconds(now)).ok()?;
    let step = totp(seed).check(code, seconds)?;
    i64::try_from(step).ok()
}

/// The newest step of time whose code is accepted now.
pub(crate) fn newest_step(now: Timestamp) -> i64 {
    seconds(now) / STEP + 1
}

fn seconds(now: Timestamp) -> i64 {
    now.0.div_euclid(1_000_000)
}

fn totp(seed: &Secret) -> Totp {
    Builder::new()
        .with_secret(seed.reveal().to_vec())
        .build_noncompliant()
}

/// New recovery codes as people write them down.
///
/// # Panics
/// When the system has no randomness: nothing safe can be done then.
pub(crate) fn new_recovery_codes() -> Vec<Token> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> Token {
    let mut bytes = [0_u8; RECOVERY_LENGTH];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
    let groups = letters.chunks(4).map(|group| group.iter().collect());
    Token::written(groups.collect::<Vec<String>>().join("-"))
}

/// What the database keeps of a recovery code.
pub(crate) fn recovery_hash(code: &Token) -> TokenHash {
    secret::hash(&code.reveal().replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the RFC's own examples.
    fn seed() -> Secret {
        Secret::new(*b"12345678901234567890")
    }

    #[test]
    fn the_examples_of_the_rfc_are_right() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804")] {
            let now = Timestamp::from_seconds(seconds);
            assert_eq!(step_of(&seed(), code, now), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_a_step_early_and_a_step_late() {
        for (seconds, step) in [(29, Some(1)), (30, Some(1)), (89, Some(1)), (90, None)] {
            let now = Timestamp::from_seconds(seconds);
            assert_eq!(step_of(&seed(), "287082", now), step, "{seconds}");
        }
        let before_time = Timestamp::from_seconds(-5);
        assert_eq!(step_of(&seed(), "287082", before_time), None);
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(Typed::read(" 287 082 "), Typed::App("287082".to_owned()));
        for code in new_recovery_codes() {
            let hash = Typed::Recovery(recovery_hash(&code));
            assert_eq!(Typed::read(code.reveal()), hash);
            let shouted = code.reveal().to_uppercase().replace('-', " ");
            assert_eq!(Typed::read(&shouted), hash);
        }
        for odd in ["", "28708", "2870820", "２８７０８２", "+28708"] {
            assert!(matches!(Typed::read(odd), Typed::Recovery(_)), "{odd}");
        }
    }

    #[test]
    fn an_app_is_told_whom_it_is_for() {
        let told = enrolment(&seed(), "Acme: Lamps & more", "ada@acme.test").unwrap();
        assert_eq!(told.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(
            told.url.starts_with(
                "otpauth://totp/Acme%20%20Lamps%20%26%20more:ada%40acme.test?secret=GEZ"
            ),
            "{}",
            told.url
        );
        assert!(!format!("{told:?}").contains("GEZ"));
    }
}
