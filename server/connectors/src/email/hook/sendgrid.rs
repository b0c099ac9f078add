//! Inbound Parse of SendGrid. Its signature covers time and body, so a request that comes again brings
//! the same mail again, which is one.

use super::{is_recent, seconds};
use crate::channel::Rejected;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_domain::Timestamp;
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};

/// The headers of a signature, in lower case.
pub const SIGNATURE: &str = "x-twilio-email-event-webhook-signature";
pub const TIMESTAMP: &str = "x-twilio-email-event-webhook-timestamp";

/// SendGrid tries again for three days.
const BELIEVED: i64 = 4 * 24 * 3600;

/// What stands before the point in the public key of a P-256 curve (RFC 5480).
const HEAD: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The point of a public key as SendGrid shows it.
fn point(public_key: &str) -> Option<Vec<u8>> {
    let der = STANDARD.decode(public_key.trim()).ok()?;
    der.strip_prefix(&HEAD[..]).map(<[u8]>::to_vec)
}

/// Whether a text is a public key of SendGrid.
#[must_use]
pub fn is_key(public_key: &str) -> bool {
    point(public_key).is_some()
}

/// Whether SendGrid signed the body, and not long ago.
///
/// # Errors
/// When it did not.
pub fn check(
    public_key: &str,
    (timestamp, signature): (&str, &str),
    body: &[u8],
    now: Timestamp,
) -> Result<(), Rejected> {
    let point = point(public_key).ok_or(Rejected::Forged)?;
    let signature = STANDARD.decode(signature).map_err(|_| Rejected::Forged)?;
    let signed = [timestamp.as_bytes(), body].concat();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
        .verify(&signed, &signature)
        .map_err(|_| Rejected::Forged)?;
    let recent = seconds(timestamp).is_some_and(|at| is_recent(at, BELIEVED, now));
    if recent {
        Ok(())
    } else {
        Err(Rejected::Forged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with SendGrid's own library.
    const KEY: &str = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbcwXBPgtORfLBuEbNu4shFHDIlzFIx08MgjxhdzvEtjuyzmL4gIes6pe01GD6uoK93NHuFxBarqVbclUAMzQLQ==";
    const SIGNED: &str = "MEYCIQCuCfSz8yzw2l4qsnqoffI4L5PSY0EuoAoMI3xxfSPhMgIhAIm/ixFFi3XUi+oMkULyRqcEHAbM8pnSM5ZXZrtW6oCR";
    const AT: &str = "1700000000";
    const BODY: &[u8] = b"[{\"event\":\"delivered\"}]\r\n";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_700_000_000 + seconds)
    }

    #[test]
    fn only_what_is_signed_and_recent_is_believed() {
        assert!(is_key(KEY) && !is_key("") && !is_key("AAAA"));
        let checked = |body, stamp, now| check(KEY, (stamp, SIGNED), body, now);
        assert_eq!(checked(BODY, AT, at(0)), Ok(()));
        assert_eq!(checked(BODY, AT, at(BELIEVED)), Ok(()));
        let forged = Err(Rejected::Forged);
        assert_eq!(checked(BODY, AT, at(BELIEVED + 1)), forged);
        assert_eq!(checked(BODY, "1700000001", at(0)), forged);
        assert_eq!(checked(&BODY[1..], AT, at(0)), forged);
        assert_eq!(check(KEY, (AT, "AAAA"), BODY, at(0)), forged);
        assert_eq!(check("AAAA", (AT, SIGNED), BODY, at(0)), forged);
    }
}
