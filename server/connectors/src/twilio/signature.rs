//! Twilio's signature: of the address it was told and what it sends there, under the auth token.

use crate::channel::Request;
use crate::verify::hex;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use subtle::ConstantTimeEq;
use url::Url;
use url::form_urlencoded;

const FORM: &str = "application/x-www-form-urlencoded";

/// Whether the request is Twilio's. The newer scheme with keys of its own, which says so in a header,
/// is not ours: nothing signed by it is believed.
pub(super) fn is_genuine(request: &Request<'_>, auth_token: &str) -> bool {
    if request
        .header("x-twilio-webhooks-signature-settings")
        .is_some()
    {
        return false;
    }
    let Some(given) = request.header("x-twilio-signature") else {
        return false;
    };
    let Ok(given) = STANDARD.decode(given.trim()) else {
        return false;
    };
    let Ok(url) = Url::parse(request.url) else {
        return false;
    };
    let kind = request.header("content-type").unwrap_or(FORM);
    let rest = if kind.trim_start().starts_with(FORM) {
        pairs(request.body)
    } else if has_hash(&url, request.body) {
        String::new()
    } else {
        return false;
    };
    spellings(request.url, &url)
        .iter()
        .any(|spelling| sign(auth_token, spelling, &rest).ct_eq(&given[..]).into())
}

/// What stands after the address: each name with its values, in the order of their bytes.
fn pairs(body: &[u8]) -> String {
    let mut fields: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(body) {
        let values = fields.entry(name.into_owned()).or_default();
        values.insert(value.into_owned());
    }
    let mut text = String::new();
    for (name, values) in fields {
        for value in values {
            text.push_str(&name);
            text.push_str(&value);
        }
    }
    text
}

/// Where the body is no form, the address carries its hash.
fn has_hash(url: &Url, body: &[u8]) -> bool {
    let expected = hex(&Sha256::digest(body));
    let mut given = url.query_pairs().filter(|(name, _)| name == "bodySHA256");
    given.any(|(_, value)| value.as_bytes().ct_eq(expected.as_bytes()).into())
}

/// The address as it is written, and with the port that goes without saying, left out or written.
fn spellings(written: &str, url: &Url) -> Vec<String> {
    let written = written.split('#').next().unwrap_or_default();
    let mut spellings = vec![written.to_owned()];
    if let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) {
        let rest = written.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
        let scheme = url.scheme();
        spellings.push(format!("{scheme}://{host}:{port}{path}"));
        if url.port().is_none() {
            spellings.push(format!("{scheme}://{host}{path}"));
        }
    }
    spellings
}

fn sign(auth_token: &str, url: &str, rest: &str) -> [u8; 20] {
    let mut mac =
        Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(url.as_bytes());
    mac.update(rest.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::Timestamp;

    fn is_taken(url: &str, kind: &str, body: &str, token: &str, signature: &str) -> bool {
        let headers = [
            ("content-type".to_owned(), kind.to_owned()),
            ("x-twilio-signature".to_owned(), signature.to_owned()),
        ];
        let request = Request {
            url,
            headers: &headers,
            body: body.as_bytes(),
            now: Timestamp::from_seconds(1_795_000_000),
        };
        is_genuine(&request, token)
    }

    const CALL: &str = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    const CALLED: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const SIGNED: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    #[test]
    fn signatures_of_the_official_library_are_known() {
        assert!(is_taken(CALLED, FORM, CALL, "12345", SIGNED));
        let url = "https://inbox.example.com/webhooks/twilio/sms?tenant=acme";
        let body = "To=%2B15557654321&NumMedia=0&MessageSid=SM00000000000000000000000000000001&FromCity=&From=%2B15551234567&Body=Gr%C3%BC%C3%9Fe+%26+%3Cb%3E";
        assert!(is_taken(
            url,
            FORM,
            body,
            "12345",
            "sOKjdk9fUchip5YjUJB8XsfxiEc="
        ));
        let url = "https://inbox.example.com/hook?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
        let json = "application/json";
        let signature = "12UkwNZ2oYbvf3wP0k+Vj9zc3T4=";
        assert!(is_taken(url, json, r#"{"a":1}"#, "12345", signature));
        assert!(!is_taken(url, json, r#"{"a":2}"#, "12345", signature));
    }

    #[test]
    fn the_port_that_goes_without_saying_may_be_written() {
        let written = CALLED.replace(".com/", ".com:443/");
        assert!(is_taken(&written, FORM, CALL, "12345", SIGNED));
        let other = CALLED.replace(".com/", ".com:8443/");
        assert!(!is_taken(&other, FORM, CALL, "12345", SIGNED));
    }

    #[test]
    fn whatever_differs_is_not_believed() {
        assert!(!is_taken(CALLED, FORM, CALL, "12346", SIGNED));
        assert!(!is_taken(
            CALLED,
            FORM,
            &CALL.replace("1234&", "1235&"),
            "12345",
            SIGNED
        ));
        let url = CALLED.replace("foo=1", "foo=2");
        assert!(!is_taken(&url, FORM, CALL, "12345", SIGNED));
        for odd in [
            "",
            "=",
            "RSOYDt4T1cUTdK1PDd93",
            "not base64",
            "RSOYDt4T1cUTdK1PDd93/VVr8B8",
        ] {
            assert!(!is_taken(CALLED, FORM, CALL, "12345", odd), "{odd}");
        }
        let unsigned = Request {
            url: CALLED,
            headers: &[],
            body: CALL.as_bytes(),
            now: Timestamp::from_seconds(1_795_000_000),
        };
        assert!(!is_genuine(&unsigned, "12345"));
    }
}
