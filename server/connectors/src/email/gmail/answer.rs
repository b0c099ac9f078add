//! What it means when Google does not do what it was asked.

use super::super::smtp::Meaning;
use crate::channel::Answer;
use frontdesk_domain::text::clean_line;
use serde::Deserialize;
use std::time::Duration;

/// Why there is no answer to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The token is no longer taken; a new one may be.
    Token,
    /// What was asked for is not there, or no longer.
    Gone,
    /// Anything else, for what was asked.
    Said(Meaning),
}

/// How long Google is left alone that says it was asked too often and not how long to wait.
const OFTEN: Duration = Duration::from_secs(30);

/// How long it is left alone that wants to hear no more today.
const TODAY: Duration = Duration::from_secs(3600);

#[derive(Deserialize)]
struct Refusal {
    error: Told,
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    message: String,
    #[serde(default)]
    errors: Vec<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

/// The answer, where it is one.
///
/// # Errors
/// What it means.
pub fn read(answer: &Answer) -> Result<(), Trouble> {
    if answer.is_good() {
        return Ok(());
    }
    let told = serde_json::from_slice::<Refusal>(&answer.body).map(|it| it.error);
    let told = told.unwrap_or(Told {
        message: String::new(),
        errors: Vec::new(),
    });
    let reason = told.errors.first().map_or("", |it| it.reason.as_str());
    let said = said(answer.status, &told.message);
    let after = |otherwise: Duration| answer.retry_after.map_or(otherwise, Duration::from_secs);
    let meaning = match (answer.status, reason) {
        (401, _) => return Err(Trouble::Token),
        (404, _) => return Err(Trouble::Gone),
        (429, _) | (403, "rateLimitExceeded" | "userRateLimitExceeded") => Meaning::Later {
            why: format!("Google was asked too often: {said}"),
            after: Some(after(OFTEN)),
        },
        (403, "dailyLimitExceeded" | "quotaExceeded") => Meaning::Later {
            why: format!("Google takes no more today: {said}"),
            after: Some(after(TODAY)),
        },
        (403, _) | (400, "failedPrecondition") => {
            Meaning::broken(format!("Google does not let this server do that: {said}"))
        }
        (400..=499, _) => Meaning::refused(format!("Google refuses it: {said}")),
        _ => Meaning::Later {
            why: format!("Google cannot do it just now: {said}"),
            after: answer.retry_after.map(Duration::from_secs),
        },
    };
    Err(Trouble::Said(meaning))
}

fn said(status: u16, message: &str) -> String {
    let line = clean_line(message).text;
    let short: String = line.chars().take(200).collect();
    format!("{status} {short}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answered(status: u16, reason: &str) -> Result<(), Trouble> {
        let body = json!({ "error": { "code": status, "message": "no\u{1b}[2J",
            "errors": [{ "reason": reason }], "status": "X" } });
        read(&Answer {
            status,
            retry_after: None,
            body: body.to_string().into_bytes(),
        })
    }

    #[test]
    fn a_refusal_says_whether_to_try_again() {
        assert_eq!(answered(200, ""), Ok(()));
        assert_eq!(answered(401, "authError"), Err(Trouble::Token));
        assert_eq!(answered(404, "notFound"), Err(Trouble::Gone));
        let meaning = |status, reason| match answered(status, reason) {
            Err(Trouble::Said(meaning)) => meaning,
            other => panic!("{other:?}"),
        };
        for (status, reason) in [
            (429, ""),
            (403, "userRateLimitExceeded"),
            (403, "dailyLimitExceeded"),
        ] {
            let later = meaning(status, reason);
            assert!(
                matches!(later, Meaning::Later { after: Some(_), .. }),
                "{reason}"
            );
        }
        assert!(matches!(
            meaning(403, "insufficientPermissions"),
            Meaning::Broken { .. }
        ));
        assert!(matches!(
            meaning(400, "failedPrecondition"),
            Meaning::Broken { .. }
        ));
        assert!(matches!(
            meaning(400, "invalidArgument"),
            Meaning::Refused { .. }
        ));
        let busy = meaning(503, "backendError");
        assert!(matches!(busy, Meaning::Later { after: None, .. }));
        assert!(!busy.why().contains('\u{1b}'));
    }
}
