//! Posts JSON to addresses that users chose, through the guarded client, and keeps of the answer what
//! a log may show.

use crate::outgoing::{Answer as Answered, Call as Outgoing, Outgoing as Client};
use bytes::Bytes;
use frontdesk_domain::text;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use std::time::Duration;

/// The most of an answer that is kept, in letters.
const HEAD: usize = 500;

/// A request that goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// How long to leave the receiver alone, where it said so.
    pub(crate) retry_after: Option<Duration>,
    /// The beginning of the body, cleaned.
    pub(crate) head: String,
}

impl Answer {
    /// Whether the receiver has taken it.
    pub(crate) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why nothing came back, in words for admins without an address or a secret in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallError {
    /// It is not called, and will not be while address and configuration are what they are.
    Forbidden(String),
    Failed(String),
}

/// Posts and waits for the answer.
pub(crate) async fn post(client: &Client, call: Call) -> Result<Answer, CallError> {
    let sent = client
        .send(Outgoing {
            method: Method::POST,
            headers: headers(&call),
            url: call.url,
            body: Bytes::from(call.body),
        })
        .await;
    match sent {
        Ok(answer) => Ok(kept(answer).await),
        Err(error) if error.may_pass() => Err(CallError::Failed(error.to_string())),
        Err(error) => Err(CallError::Forbidden(error.to_string())),
    }
}

fn headers(call: &Call) -> HeaderMap {
    let json = HeaderValue::from_static("application/json");
    let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
    for (name, value) in &call.headers {
        // Tokens were looked at when they were set; a value that is no header's is left out.
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(*name == "authorization" || *name == "x-gotify-key");
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    headers
}

async fn kept(answer: Answered) -> Answer {
    let status = answer.status().as_u16();
    let said = |name| answer.headers().get(name).and_then(|it| it.to_str().ok());
    let retry_after = said(RETRY_AFTER).and_then(|asked| patience(asked, said(DATE)));
    // The status says what is to be known; a body that is too long or breaks off says nothing.
    let body = answer.body().await.unwrap_or_default();
    Answer {
        status,
        retry_after,
        head: head(&String::from_utf8_lossy(&body)),
    }
}

/// What a header asks for: seconds, or a date. That is compared with the date of the answer, by
/// whatever clock the receiver goes; where there is none, or it has passed, the backoff does.
fn patience(asked: &str, answered: Option<&str>) -> Option<Duration> {
    let asked = asked.trim();
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let answered = httpdate::parse_http_date(answered?.trim()).ok()?;
    until.duration_since(answered).ok()
}

fn head(body: &str) -> String {
    let start: String = body.chars().take(HEAD).collect();
    text::clean_body(&start).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_is_a_number_of_seconds_or_a_date() {
        let answered = Some("Wed, 21 Oct 2026 07:28:00 GMT");
        assert_eq!(patience(" 120 ", None), Some(Duration::from_secs(120)));
        let later = "Wed, 21 Oct 2026 07:30:05 GMT";
        assert_eq!(patience(later, answered), Some(Duration::from_secs(125)));
        assert_eq!(patience(later, None), None);
        for odd in [
            "",
            "-1",
            "soon",
            "Wed, 21 Oct 2026 07:27:00 GMT",
            "Wed, 41 Oct",
        ] {
            assert_eq!(patience(odd, answered), None, "{odd}");
        }
    }

    #[test]
    fn of_an_answer_the_beginning_is_kept_without_what_could_act() {
        assert_eq!(head("ok\u{1b}[31m"), text::clean_body("ok\u{1b}[31m").text);
        assert!(!head("\u{1b}]0;x\u{7}").contains('\u{1b}'));
        assert_eq!(head(&"é".repeat(9000)).chars().count(), HEAD);
    }

    #[test]
    fn secrets_in_headers_are_marked_as_such() {
        let call = Call {
            url: String::new(),
            headers: vec![
                ("authorization", "Bearer x".to_owned()),
                ("webhook-id", "7".to_owned()),
            ],
            body: String::new(),
        };
        let made = headers(&call);
        assert!(made["authorization"].is_sensitive() && !made["webhook-id"].is_sensitive());
    }
}
