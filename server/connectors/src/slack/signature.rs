//! Slack's signature, version 0: of the moment and the raw body, under the app's signing secret.

use crate::channel::Request;
use crate::verify::{hex, hmac_sha256, is_same};

/// How far the moment of a request may lie from ours, in seconds: what is older may be somebody's
/// recording.
const WINDOW: i64 = 300;

/// Whether the request is Slack's, and of now.
pub(super) fn is_genuine(request: &Request<'_>, secret: &str) -> bool {
    let (Some(moment), Some(given)) = (
        request.header("x-slack-request-timestamp"),
        request.header("x-slack-signature"),
    ) else {
        return false;
    };
    let Ok(seconds) = moment.parse::<i64>() else {
        return false;
    };
    let now = request.now.0.div_euclid(1_000_000);
    if now.saturating_sub(seconds).saturating_abs() > WINDOW {
        return false;
    }
    let expected = sign(secret, moment, request.body);
    is_same(expected.as_bytes(), given.as_bytes())
}

fn sign(secret: &str, moment: &str, body: &[u8]) -> String {
    let mut signed = format!("v0:{moment}:").into_bytes();
    signed.extend_from_slice(body);
    let mac = hmac_sha256(secret.as_bytes(), &signed);
    format!("v0={}", hex(&mac))
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::Timestamp;

    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const MOMENT: i64 = 1_531_420_618;
    const BODY: &str = r#"{"type":"event_callback","event_id":"Ev08MFMKH6"}"#;
    const SIGNED: &str = "v0=649cd74419d0db312c74495a9d279048690dfc1dc085146872cdbe24409ff2ff";

    fn accepts(moment: &str, signature: &str, body: &str, now: i64) -> bool {
        let headers = [
            ("x-slack-request-timestamp".to_owned(), moment.to_owned()),
            ("x-slack-signature".to_owned(), signature.to_owned()),
        ];
        let request = Request {
            url: "https://desk.test/api/hooks/1",
            headers: &headers,
            body: body.as_bytes(),
            now: Timestamp::from_seconds(now),
        };
        is_genuine(&request, SECRET)
    }

    #[test]
    fn what_slacks_own_library_signs_is_believed() {
        assert!(accepts(&MOMENT.to_string(), SIGNED, BODY, MOMENT));
        assert!(accepts(&MOMENT.to_string(), SIGNED, BODY, MOMENT + 300));
    }

    #[test]
    fn what_is_recorded_changed_or_badly_written_is_not() {
        let moment = MOMENT.to_string();
        for (moment, signature, body, now) in [
            (moment.as_str(), SIGNED, BODY, MOMENT + 301),
            (moment.as_str(), SIGNED, BODY, MOMENT - 301),
            ("1531420619", SIGNED, BODY, MOMENT),
            (" 1531420618", SIGNED, BODY, MOMENT),
            ("", SIGNED, BODY, MOMENT),
            ("9223372036854775807", SIGNED, BODY, MOMENT),
            (moment.as_str(), SIGNED, "{}", MOMENT),
            (moment.as_str(), &SIGNED[3..], BODY, MOMENT),
            (moment.as_str(), &SIGNED.to_uppercase(), BODY, MOMENT),
            (moment.as_str(), "v0=", BODY, MOMENT),
            (moment.as_str(), "", BODY, MOMENT),
        ] {
            assert!(
                !accepts(moment, signature, body, now),
                "{moment} {signature}"
            );
        }
    }
}
