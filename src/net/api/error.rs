//! Why a call did not bring what was asked for, read from the status and the body.

use crate::secret::Secret;
use crate::secrets::KeepError;
use frontdesk_protocol::id::{EventSeq, MessageId};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// However long a server asks us to wait, it is tried again after this.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Why a call did not bring what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("the server cannot be reached")]
    Offline(#[source] reqwest::Error),
    #[error("the server sends nothing any more")]
    TooSlow,
    #[error("encrypted connections are not possible here")]
    Trust(#[source] rustls::Error),
    /// The access token, or the password, is not taken.
    #[error("not signed in")]
    NotAuthenticated,
    /// The password is right, and a code is wanted beside it.
    #[error("{}", .0.message)]
    SecondFactor(Box<Wanted>),
    /// The session is over, and renewing it was refused.
    #[error("the session is over")]
    SignedOut,
    /// A token that was lent is not taken, and there is no way to another.
    #[error("the server does not take the token")]
    NotTaken,
    #[error("the tokens cannot be read or stored")]
    Tokens(#[source] KeepError),
    /// Something was written since the writer looked.
    #[error("something new was written since")]
    Stale {
        newest: EventSeq,
        newer: Vec<MessageId>,
    },
    /// The server has no events that old.
    #[error("the events were given up")]
    Resync { newest: Option<EventSeq> },
    #[error("not found")]
    NotFound,
    /// The server understood and said no, for this reason.
    #[error("{0}")]
    Refused(String),
    /// The server has too much to do; it may say when it will have less.
    #[error("the server is busy")]
    Busy { again_in: Option<Duration> },
    /// Something in the server went wrong; it may work later.
    #[error("the server failed with status {0}")]
    Failed(u16),
    #[error("the answer is larger than anything this program asks for")]
    TooLarge,
    #[error("the answer makes no sense")]
    Unreadable(#[source] serde_json::Error),
}

/// What is wanted beside a password.
#[derive(Debug)]
pub struct Wanted {
    /// In the server's words.
    pub message: String,
    /// The app to set up first, where there is none yet.
    pub enrolment: Option<Enrolment>,
}

/// What an authenticator app is told.
#[derive(Debug, Deserialize)]
pub struct Enrolment {
    pub secret: Secret,
    pub url: Secret,
}

impl ApiError {
    /// Whether the same call may work a little later.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Offline(_) | Self::TooSlow | Self::Busy { .. } | Self::Failed(_)
        )
    }

    /// Whether this says nothing about what was asked for, so that it may be asked for later.
    #[must_use]
    pub fn may_come_later(&self) -> bool {
        self.may_pass()
            || matches!(
                self,
                Self::SignedOut
                    | Self::NotAuthenticated
                    | Self::NotTaken
                    | Self::Tokens(_)
                    | Self::Trust(_)
            )
    }

    /// Whether the server may have done what it was asked for, although it did not say so: the
    /// request had gone out.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        match self {
            Self::Offline(error) => !error.is_connect() && !error.is_builder(),
            Self::TooSlow | Self::Failed(_) => true,
            _ => false,
        }
    }

    /// How long the server asked us to wait.
    #[must_use]
    pub fn again_in(&self) -> Option<Duration> {
        match self {
            Self::Busy { again_in } => *again_in,
            _ => None,
        }
    }
}

/// The shapes of the server's refusals.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    error: Said,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    code: Option<i64>,
    message: Option<String>,
    errors: BTreeMap<String, Vec<String>>,
    newest_seq: Option<EventSeq>,
    newer_message_ids: Option<Vec<MessageId>>,
    second_factor: Option<String>,
    secret: Option<Secret>,
    url: Option<Secret>,
}

/// What a status that is not a success means.
pub(super) fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ApiError {
    // A body of another shape says nothing more than the status does.
    let Said {
        code,
        message,
        errors,
        newest_seq,
        newer_message_ids,
        second_factor,
        secret,
        url,
    } = serde_json::from_slice::<Body>(body)
        .unwrap_or_default()
        .error;
    match (status, newest_seq) {
        (StatusCode::UNAUTHORIZED, _) if second_factor.is_some() => {
            let enrolment = secret.zip(url);
            ApiError::SecondFactor(Box::new(Wanted {
                message: message.unwrap_or_else(|| "signing in needs a code".to_owned()),
                enrolment: enrolment.map(|(secret, url)| Enrolment { secret, url }),
            }))
        }
        (StatusCode::UNAUTHORIZED, _) if code.is_some() || message.is_none() => {
            ApiError::NotAuthenticated
        }
        (StatusCode::CONFLICT, Some(newest)) => ApiError::Stale {
            newest,
            newer: newer_message_ids.unwrap_or_default(),
        },
        (StatusCode::GONE, newest) => ApiError::Resync { newest },
        (StatusCode::NOT_FOUND, _) => ApiError::NotFound,
        (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, _) => ApiError::Busy {
            again_in: again_in(headers),
        },
        _ if status.is_client_error() => ApiError::Refused(words(status, message, &errors)),
        _ => ApiError::Failed(status.as_u16()),
    }
}

/// What the server says of when to come again. A date is not read: a proxy's clock may be wrong,
/// and our own waiting does as well.
fn again_in(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

fn words(
    status: StatusCode,
    message: Option<String>,
    errors: &BTreeMap<String, Vec<String>>,
) -> String {
    if errors.is_empty() {
        return message.unwrap_or_else(|| format!("the server refused with status {status}"));
    }
    let fields: Vec<String> = errors
        .iter()
        .map(|(field, problems)| format!("{field} {}", problems.join(", ")))
        .collect();
    fields.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn refusals_are_told_apart() {
        let id = "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002";
        let stale = format!(
            r#"{{"error":{{"status":409,"message":"x","newest_seq":9,"newer_message_ids":["{id}"]}}}}"#
        );
        let table = [
            (
                401,
                r#"{"error":{"code":401,"message":"Not authenticated"}}"#,
                "NotAuthenticated",
            ),
            (401, "", "NotAuthenticated"),
            (
                401,
                r#"{"error":{"status":401,"message":"Unauthorized access"}}"#,
                r#"Refused("Unauthorized access")"#,
            ),
            (
                401,
                r#"{"error":{"status":401,"message":"x","second_factor":"code"}}"#,
                r#"SecondFactor(Wanted { message: "x", enrolment: None })"#,
            ),
            (
                403,
                r#"{"error":{"status":403,"message":"No"}}"#,
                r#"Refused("No")"#,
            ),
            (404, r#"{"errors":{"detail":"Not Found"}}"#, "NotFound"),
            (
                409,
                &stale,
                &format!("Stale {{ newest: EventSeq(9), newer: [MessageId({id})] }}"),
            ),
            (
                409,
                r#"{"error":{"status":409,"message":"done"}}"#,
                r#"Refused("done")"#,
            ),
            (
                410,
                r#"{"error":{"status":410,"message":"resync"}}"#,
                "Resync { newest: None }",
            ),
            (
                422,
                r#"{"error":{"status":422,"message":"x","errors":{"body":["is invalid"]}}}"#,
                r#"Refused("body is invalid")"#,
            ),
            (302, "", "Failed(302)"),
            (429, "", "Busy { again_in: Some(7s) }"),
            (503, "<html>", "Busy { again_in: Some(7s) }"),
            (500, "<html>", "Failed(500)"),
        ];
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("7"))]);
        for (status, body, expected) in table {
            let status = StatusCode::from_u16(status).unwrap();
            let error = refusal(status, &headers, body.as_bytes());
            assert_eq!(format!("{error:?}"), expected);
        }
    }
}
