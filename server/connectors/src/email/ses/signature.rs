//! Amazon's signature of version 4: over the call, with a key that is made for one day, place and service.

use crate::verify::{hex, hmac_sha256};
use frontdesk_domain::Timestamp;
use sha2::{Digest, Sha256};

/// A call that is to be signed. It has no query.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    pub(super) path: &'a str,
    pub(super) body: &'a [u8],
    pub(super) service: &'a str,
}

/// The headers that prove it.
pub(super) fn sign(
    key_id: &str,
    secret: &str,
    region: &str,
    call: &Signed<'_>,
    now: Timestamp,
) -> Vec<(&'static str, String)> {
    let stamp = stamp(now);
    let day = &stamp[..8];
    let canonical = format!(
        "{}\n{}\n\nhost:{}\nx-amz-date:{stamp}\n\nhost;x-amz-date\n{}",
        call.method,
        call.path,
        call.host,
        hex(&Sha256::digest(call.body)),
    );
    let scope = format!("{day}/{region}/{}/aws4_request", call.service);
    let told = format!(
        "AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}",
        hex(&Sha256::digest(canonical))
    );
    let first = hmac_sha256(format!("AWS4{secret}").as_bytes(), day.as_bytes());
    let parts = [region, call.service, "aws4_request"];
    let key = parts
        .iter()
        .fold(first, |key, part| hmac_sha256(&key, part.as_bytes()));
    let signature = hex(&hmac_sha256(&key, told.as_bytes()));
    let proof = format!(
        "AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}"
    );
    vec![("x-amz-date", stamp), ("authorization", proof)]
}

/// A moment as Amazon writes it, such as `20150830T123600Z`.
fn stamp(now: Timestamp) -> String {
    let text = Timestamp::from_seconds(now.0.div_euclid(1_000_000)).to_string();
    let kept = text.chars().filter(|it| !matches!(it, '-' | ':'));
    let mut stamp: String = kept.take("20150830T123600".len()).collect();
    stamp.push('Z');
    stamp
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases `get-vanilla` and `post-vanilla` of Amazon's own test suite.
    #[test]
    fn the_signature_is_amazons() {
        let now = Timestamp::from_seconds(1_440_938_160);
        assert_eq!(stamp(now), "20150830T123600Z");
        for (method, signature) in [
            (
                "GET",
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
            (
                "POST",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
            ),
        ] {
            let call = Signed {
                method,
                host: "example.amazonaws.com",
                path: "/",
                body: b"",
                service: "service",
            };
            let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
            let headers = sign("AKIDEXAMPLE", secret, "us-east-1", &call, now);
            let proof = format!(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders=host;x-amz-date, Signature={signature}"
            );
            assert_eq!(headers[1], ("authorization", proof));
        }
    }
}
