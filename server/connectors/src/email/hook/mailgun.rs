//! Routes of Mailgun. The signature covers a time and a token and not the mail, so a token is good
//! once: who heard it before does nothing again.

use super::{is_recent, seconds};
use crate::channel::Rejected;
use crate::verify::identity_is_signed;
use frontdesk_domain::Timestamp;

/// Mailgun tries again for eight hours, and nobody says whether it signs anew then.
const BELIEVED: i64 = 9 * 3600;

/// What of a form proves that it is Mailgun's.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    pub timestamp: &'a str,
    pub token: &'a str,
    pub signature: &'a str,
}

/// Whether Mailgun signed it with this key, and not long ago.
///
/// # Errors
/// When it did not.
pub fn check(key: &str, proof: &Proof<'_>, now: Timestamp) -> Result<(), Rejected> {
    let claim = format!("{}{}", proof.timestamp, proof.token);
    let signed = identity_is_signed(key.as_bytes(), &claim, proof.signature);
    let recent = seconds(proof.timestamp).is_some_and(|at| is_recent(at, BELIEVED, now));
    if signed && recent && !proof.token.is_empty() && !key.is_empty() {
        Ok(())
    } else {
        Err(Rejected::Forged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::sign_identity;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn checked(at: i64, token: &str, key: &str) -> Result<(), Rejected> {
        let timestamp = at.to_string();
        let signature = sign_identity(b"key", &format!("{timestamp}{token}"));
        let proof = Proof {
            timestamp: &timestamp,
            token,
            signature: &signature,
        };
        check(key, &proof, NOW)
    }

    #[test]
    fn only_what_is_signed_and_recent_is_believed() {
        assert_eq!(checked(1_795_000_000, "t", "key"), Ok(()));
        assert_eq!(checked(1_795_000_000 - BELIEVED, "t", "key"), Ok(()));
        for (at, token, key) in [
            (1_795_000_000, "t", "another"),
            (1_795_000_000, "", "key"),
            (1_795_000_000 - BELIEVED - 1, "t", "key"),
            (1_795_000_301, "t", "key"),
            (i64::MAX, "t", "key"),
            (-1, "t", "key"),
        ] {
            assert_eq!(checked(at, token, key), Err(Rejected::Forged), "{at}");
        }
        let proof = Proof {
            timestamp: "1795000000",
            token: "t",
            signature: "",
        };
        assert_eq!(check("key", &proof, NOW), Err(Rejected::Forged));
    }
}
