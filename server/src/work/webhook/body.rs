//! What a webhook gets: the body as it is now, and the headers by which the receiver knows that it
//! is from us. The headers are those of the Standard Webhooks specification, for which there are
//! libraries in most languages.

use crate::failure::Outcome as Done;
use crate::http::wire::{self, Links};
use crate::work::call::Call;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_connectors::verify::hmac_sha256;
use frontdesk_db::queries::webhook_calls::Waiting;
use frontdesk_db::queries::{conversations, messages};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, Timestamp};
use serde::Serialize;

/// The body of a call, or nothing when what it tells of has gone.
pub(super) fn of(
    conn: &mut dyn Conn,
    account_id: AccountId,
    call: &Waiting,
    links: &Links,
) -> Done<Option<String>> {
    Ok(match call.message_id {
        Some(id) => {
            let found = messages::by_id(conn, account_id, id)?;
            found.map(|view| text(call.event.as_str(), &wire::message(&view, links)))
        }
        None => {
            let found = conversations::by_id(conn, account_id, call.conversation_id)?;
            found.map(|held| text(call.event.as_str(), &wire::conversation(&held)))
        }
    }
    .transpose()?)
}

/// What stands in a body.
#[derive(Serialize)]
struct Told<'a, T> {
    event: &'a str,
    payload: &'a T,
}

/// A body in the form existing receivers know.
pub(crate) fn text<T: Serialize>(event: &str, payload: &T) -> Result<String, DbError> {
    serde_json::to_string(&Told { event, payload }).map_err(|_| DbError::Column {
        index: 0,
        wanted: "body of a webhook",
    })
}

/// What a call is signed with.
#[derive(Debug)]
pub(crate) struct Signed<'a> {
    /// The same over all tries of a call.
    pub(crate) id: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) secret: Option<&'a [u8]>,
}

impl Signed<'_> {
    /// The call with its headers.
    pub(crate) fn call(&self, url: &str, body: String) -> Call {
        let timestamp = self.now.0.div_euclid(1_000_000).to_string();
        let mut headers = vec![
            ("webhook-id", self.id.to_owned()),
            ("webhook-timestamp", timestamp.clone()),
        ];
        if let Some(secret) = self.secret {
            let signed = format!("{}.{timestamp}.{body}", self.id);
            let mac = hmac_sha256(secret, signed.as_bytes());
            headers.push(("webhook-signature", format!("v1,{}", STANDARD.encode(mac))));
        }
        Call {
            url: url.to_owned(),
            headers,
            body,
        }
    }
}

/// A secret as its owner gets it.
pub(crate) fn shown(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of docs/WEBHOOKS.md, which receivers test their code with.
    #[test]
    fn a_call_is_signed_over_its_id_its_time_and_its_body() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = Signed {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            now: Timestamp::from_seconds(1_614_265_330),
            secret: Some(&secret),
        };
        let call = signed.call("https://a.test", r#"{"test": 2432232314}"#.to_owned());
        let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(call.headers[2], ("webhook-signature", signature.to_owned()));
        assert_eq!(call.headers[1].1, "1614265330");
    }

    #[test]
    fn without_a_secret_nothing_is_signed() {
        let signed = Signed {
            id: "x",
            now: Timestamp(0),
            secret: None,
        };
        assert_eq!(
            signed.call("https://a.test", String::new()).headers.len(),
            2
        );
    }

    #[test]
    fn a_secret_is_shown_in_the_form_that_libraries_take() {
        assert_eq!(shown(b"abc"), "whsec_YWJj");
    }
}
