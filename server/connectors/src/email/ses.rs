//! Handing a mail over to Amazon SES, by its API of version 2. What becomes of it there is told by SNS.

mod signature;

use super::compose::Composed;
use super::smtp::Meaning;
use crate::channel::{Answer, Body, Call};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_domain::Timestamp;
use frontdesk_domain::text::clean_line;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use signature::{Signed, sign};
use std::time::Duration;

/// Who we are at Amazon, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ses {
    /// Such as `eu-west-1`.
    pub region: String,
    pub access_key_id: String,
    /// The set whose topic tells what becomes of mails, where the address has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration_set: Option<String>,
    /// A server that stands for Amazon's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

impl Ses {
    /// Whether the region can stand in a name of Amazon's.
    #[must_use]
    pub fn has_region(&self) -> bool {
        let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        !self.region.is_empty() && self.region.bytes().all(fits)
    }

    fn url(&self, path: &str) -> String {
        let base = match &self.base_url {
            Some(base) => base.trim_end_matches('/').to_owned(),
            None => format!("https://email.{}.amazonaws.com", self.region),
        };
        format!("{base}{path}")
    }

    /// A call that Amazon believes.
    fn signed(
        &self,
        secret: &str,
        call: &Signed<'_>,
        now: Timestamp,
    ) -> Vec<(&'static str, String)> {
        sign(&self.access_key_id, secret, &self.region, call, now)
    }
}

const SEND: &str = "/v2/email/outbound-emails";
const ACCOUNT: &str = "/v2/email/account";

/// The call that hands a mail over.
#[must_use]
pub fn send(ses: &Ses, secret: &str, mail: &Composed, now: Timestamp) -> Call {
    let mut body = json!({
        "FromEmailAddress": mail.from,
        "Destination": { "ToAddresses": mail.recipients },
        "Content": { "Raw": { "Data": STANDARD.encode(&mail.bytes) } },
    });
    if let Some(set) = &ses.configuration_set {
        body["ConfigurationSetName"] = json!(set);
    }
    let body = body.to_string();
    let url = ses.url(SEND);
    let signed = Signed {
        method: "POST",
        host: host(&url),
        path: SEND,
        body: body.as_bytes(),
        service: "ses",
    };
    let headers = ses.signed(secret, &signed, now);
    let mut call = Call::post(url, Body::Text(body));
    call.headers = headers;
    call.header("content-type", "application/json".to_owned())
}

/// The call that asks whether we may send.
#[must_use]
pub fn ask(ses: &Ses, secret: &str, now: Timestamp) -> Call {
    let url = ses.url(ACCOUNT);
    let signed = Signed {
        method: "GET",
        host: host(&url),
        path: ACCOUNT,
        body: b"",
        service: "ses",
    };
    let headers = ses.signed(secret, &signed, now);
    let mut call = Call::get(url);
    call.headers = headers;
    call
}

/// The part of an address that is signed as its host: what stands before the path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// The names that SES gave a mail it took: the second replaces our Message-ID.
///
/// # Errors
/// Why it did not take it.
pub fn read_sent(ses: &Ses, answer: &Answer) -> Result<Vec<String>, Meaning> {
    let body = read(answer)?;
    let Some(id) = body["MessageId"].as_str() else {
        return Ok(Vec::new());
    };
    // In its oldest region SES writes another domain.
    let domain = match ses.region.as_str() {
        "us-east-1" => "email.amazonses.com".to_owned(),
        region => format!("{region}.amazonses.com"),
    };
    Ok(vec![id.to_owned(), format!("{id}@{domain}")])
}

/// Whether we may send, in words for admins.
///
/// # Errors
/// What is wrong.
pub fn read_account(answer: &Answer) -> Result<String, String> {
    let body = read(answer).map_err(|meaning| meaning.why().to_owned())?;
    if body["SendingEnabled"] == json!(false) {
        return Err("Amazon SES has paused sending for this account".to_owned());
    }
    let quota = body["SendQuota"]["Max24HourSend"]
        .as_f64()
        .unwrap_or_default();
    Ok(match body["ProductionAccessEnabled"].as_bool() {
        Some(false) => {
            "Amazon SES lets us send to addresses that are verified there alone: the account is in its sandbox"
                .to_owned()
        }
        _ => format!("Amazon SES takes {quota:.0} mails a day from us"),
    })
}

/// How long SES is left alone that says it was asked too often.
const OFTEN: Duration = Duration::from_secs(5);

fn read(answer: &Answer) -> Result<Value, Meaning> {
    let body = answer.json();
    if answer.is_good() {
        return Ok(body);
    }
    let told = body["message"].as_str().or(body["Message"].as_str());
    let line = clean_line(told.unwrap_or_default()).text;
    let short: String = line.chars().take(300).collect();
    let said = format!("{} {short}", answer.status).trim_end().to_owned();
    Err(match answer.status {
        429 => Meaning::Later {
            why: format!("Amazon SES was asked too often: {said}"),
            after: Some(answer.retry_after.map_or(OFTEN, Duration::from_secs)),
        },
        401 | 403 => Meaning::broken(format!("Amazon SES does not take the key: {said}")),
        400..=499 => Meaning::refused(format!("Amazon SES refuses it: {said}")),
        _ => Meaning::later(format!("Amazon SES cannot take it just now: {said}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ses(region: &str) -> Ses {
        serde_json::from_value(json!({ "region": region, "access_key_id": "AKID" })).unwrap()
    }

    fn answer(status: u16, body: &Value) -> Answer {
        Answer {
            status,
            retry_after: None,
            body: body.to_string().into_bytes(),
        }
    }

    #[test]
    fn a_mail_is_known_by_the_name_that_ses_gives_it() {
        let taken = answer(200, &json!({ "MessageId": "0100-1" }));
        let named = |region| read_sent(&ses(region), &taken).unwrap().remove(1);
        assert_eq!(named("us-east-1"), "0100-1@email.amazonses.com");
        assert_eq!(named("eu-west-1"), "0100-1@eu-west-1.amazonses.com");
    }

    #[test]
    fn a_refusal_says_whether_to_try_again() {
        let read = |status, text: &str| {
            let answered = answer(status, &json!({ "message": text }));
            read_sent(&ses("eu-west-1"), &answered).unwrap_err()
        };
        let refused = read(400, "Email address is not verified.");
        assert!(matches!(&refused, Meaning::Refused { why } if why.contains("not verified")));
        assert!(matches!(read(403, ""), Meaning::Broken { .. }));
        assert!(matches!(
            read(429, ""),
            Meaning::Later { after: Some(_), .. }
        ));
        assert!(matches!(read(503, ""), Meaning::Later { after: None, .. }));
    }

    #[test]
    fn a_region_cannot_name_another_server() {
        assert!(ses("eu-west-1").has_region());
        for bad in ["", "evil.test/", "a.b", "x@y"] {
            assert!(!ses(bad).has_region(), "{bad}");
        }
    }
}
