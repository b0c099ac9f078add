//! `frontdesk doctor`: what the program found on this machine, what works and what does not.

mod checks;
pub(super) mod inboxes;

use crate::cli::Doctor;
use crate::environment::Environment;
use crate::error::Error;
use crate::sign_in::Desk;
use serde::Serialize;

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Check {
    pub(super) what: &'static str,
    pub(super) verdict: Verdict,
    pub(super) words: String,
}

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Good,
    /// It works, and something about it is worth knowing.
    Note,
    Bad,
}

pub(super) async fn run(
    desk: &Desk,
    environment: &Environment,
    args: &Doctor,
) -> Result<(), Error> {
    let checks = checks::all(desk, environment).await;
    if args.json {
        let json = serde_json::to_string_pretty(&checks).unwrap_or_default();
        desk.output.json(&json)?;
    } else {
        let widest = checks.iter().map(|it| it.what.len()).max().unwrap_or(0);
        for check in &checks {
            let sign = match check.verdict {
                Verdict::Good => "ok  ",
                Verdict::Note => "note",
                Verdict::Bad => "BAD ",
            };
            desk.output
                .words(&format!("{sign}  {:<widest$}  {}", check.what, check.words))?;
        }
    }
    if checks.iter().any(|check| check.verdict == Verdict::Bad) {
        return Err(Error::Unwell);
    }
    Ok(())
}
