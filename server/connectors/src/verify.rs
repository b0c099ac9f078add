//! Signatures: of what comes in from outside, compared in constant time, and of what goes out.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write;
use subtle::ConstantTimeEq;

/// What a site sends beside its visitor's identity: HMAC-SHA256 over the external id (else the
/// address), in lower-case hex.
#[must_use]
pub fn sign_identity(secret: &[u8], claim: &str) -> String {
    hex(&hmac_sha256(secret, claim.as_bytes()))
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        write!(hex, "{byte:02x}").ok();
        hex
    })
}

/// HMAC-SHA256.
///
/// # Panics
/// Never: HMAC takes keys of any length.
#[must_use]
pub fn hmac_sha256(secret: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Whether the signature proves the claim. Hex may come in either case.
#[must_use]
pub fn identity_is_signed(secret: &[u8], claim: &str, signature: &str) -> bool {
    let expected = sign_identity(secret, claim);
    let given = signature.to_ascii_lowercase();
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether two signatures are the same, in a time that does not tell where they differ.
#[must_use]
pub fn is_same(wanted: &[u8], given: &[u8]) -> bool {
    wanted.ct_eq(given).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From RFC 4231, test case 2.
    const KNOWN: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn the_signature_is_that_of_the_standard() {
        assert_eq!(
            sign_identity(b"Jefe", "what do ya want for nothing?"),
            KNOWN
        );
    }

    #[test]
    fn only_the_right_signature_proves_a_claim() {
        let claim = "what do ya want for nothing?";
        assert!(identity_is_signed(b"Jefe", claim, KNOWN));
        assert!(identity_is_signed(b"Jefe", claim, &KNOWN.to_uppercase()));
        assert!(!identity_is_signed(b"jefe", claim, KNOWN));
        assert!(!identity_is_signed(b"Jefe", "something else", KNOWN));
        for wrong in ["", "5bdc", &KNOWN[1..], &format!("{KNOWN}0")] {
            assert!(!identity_is_signed(b"Jefe", claim, wrong), "{wrong}");
        }
    }
}
