//! An address proves that it wants to be called: it answers with the text it was sent.

use super::body::{Signed, text};
use crate::failure::Outcome as Done;
use crate::outgoing::Outgoing;
use crate::work::call::{self, Answer, CallError};
use frontdesk_domain::Timestamp;
use serde_json::Value;

/// What came of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    Given,
    /// Why there is none, in words for admins.
    Missing(String),
    /// The address must not be called at all, and why.
    Forbidden(String),
}

/// Asks an address. `challenge` is a text that nobody can guess.
pub(crate) async fn verify(
    client: &Outgoing,
    url: &str,
    secret: &[u8],
    challenge: &str,
    now: Timestamp,
) -> Done<Proof> {
    let signed = Signed {
        id: challenge,
        now,
        secret: Some(secret),
    };
    let body = text("webhook:verify", &challenge)?;
    let answer = call::post(client, signed.call(url, body)).await;
    Ok(proof(answer, challenge))
}

fn proof(answer: Result<Answer, CallError>, challenge: &str) -> Proof {
    match answer {
        Err(CallError::Forbidden(why)) => Proof::Forbidden(why),
        Err(CallError::Failed(why)) => Proof::Missing(why),
        Ok(answer) if !answer.is_good() => Proof::Missing(format!("it answered {}", answer.status)),
        Ok(answer) if answers(&answer.head, challenge) => Proof::Given,
        Ok(_) => Proof::Missing("it did not answer with the text it was sent".to_owned()),
    }
}

/// The text itself, plain or as JSON, or an object with it as its `challenge`.
fn answers(head: &str, challenge: &str) -> bool {
    if head.trim() == challenge {
        return true;
    }
    match serde_json::from_str(head) {
        Ok(Value::String(text)) => text == challenge,
        Ok(Value::Object(fields)) => fields.get("challenge").is_some_and(|it| it == challenge),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, head: &str) -> Proof {
        let answer = Answer {
            status,
            retry_after: None,
            head: head.to_owned(),
        };
        proof(Ok(answer), "abc")
    }

    #[test]
    fn the_text_or_an_object_with_it_is_a_proof() {
        for head in [
            "abc",
            " abc\n",
            "\"abc\"",
            r#"{"challenge":"abc","ok":true}"#,
        ] {
            assert_eq!(answered(200, head), Proof::Given, "{head}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for head in [
            "",
            "abcd",
            r#"{"challenge":"abd"}"#,
            r#"["abc"]"#,
            r#"{"text":"abc"}"#,
        ] {
            assert!(matches!(answered(200, head), Proof::Missing(_)), "{head}");
        }
        assert_eq!(
            answered(404, "abc"),
            Proof::Missing("it answered 404".to_owned())
        );
        assert_eq!(
            answered(302, "abc"),
            Proof::Missing("it answered 302".to_owned())
        );
        let forbidden = Err(CallError::Forbidden("no".to_owned()));
        assert_eq!(proof(forbidden, "abc"), Proof::Forbidden("no".to_owned()));
    }
}
