//! `audit`: checks, hands out and prunes the audit log.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::config::parse_duration;
use crate::use_cases::audit;
use clap::Subcommand;
use frontdesk_db::queries::audit::chain::{self, Broken, Verdict};
use frontdesk_db::queries::audit::{Link, onward};
use std::time::Duration;

/// Check, hand out and prune the audit log
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Check that no entry was changed, removed or put in between
    ///
    /// Prints the newest entry's hash. Keep it elsewhere: with it you can tell later whether the
    /// whole log was written anew.
    Verify {
        #[command(flatten)]
        account: InAccount,
    },
    /// Print every entry as a line of JSON, the oldest first
    Export {
        #[command(flatten)]
        account: InAccount,
    },
    /// Remove old entries, and record where the log goes on
    Prune {
        /// Everything older than this, such as "400 days"
        #[arg(long, value_name = "TIME", value_parser = age)]
        older_than: Duration,
        #[command(flatten)]
        account: InAccount,
    },
}

/// Entries read at once.
const AT_ONCE: i64 = 1000;

impl Audit {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::Verify { account } => verify(options, &account).await,
            Self::Export { account } => export(options, &account).await,
            Self::Prune {
                older_than,
                account,
            } => {
                let desk = Desk::open(options, Access::Write)?;
                let account = account.find(&desk).await?;
                let seconds = i64::try_from(older_than.as_secs()).unwrap_or(i64::MAX);
                let before = desk.db().now().plus_seconds(seconds.saturating_neg());
                let gone = desk
                    .act(account.id, move |unit, actor| {
                        audit::prune(unit, actor, before)
                    })
                    .await?;
                desk.close();
                say::line(format_args!("removed {gone} entries"))
            }
        }
    }
}

fn age(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "must be a time such as \"400 days\"".to_owned())
}

async fn verify(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let verdict = desk
        .db()
        .read(move |conn| chain::verify(conn, account.id))
        .await?;
    desk.close();
    match verdict {
        Verdict::Whole { entries, head } => {
            say::line(format_args!("{entries} entries, none changed or missing"))?;
            match head {
                Some(Link { n, hash }) => say::line(format_args!("head {n} {}", hex(&hash))),
                None => Ok(()),
            }
        }
        Verdict::Broken(Broken::Entry { n, id }) => Err(CliError::AuditBroken(format!(
            "entry {n} ({id}) is the first that is not what was written, or follows one that is missing"
        ))),
        Verdict::Broken(Broken::CutAfter { last, wanted }) => Err(CliError::AuditBroken(format!(
            "the log ends with entry {} but should end with entry {wanted}",
            last.max(0)
        ))),
    }
}

async fn export(options: &Options, account: &InAccount) -> Result<(), CliError> {
    let desk = Desk::open(options, Access::Read)?;
    let account = account.find(&desk).await?;
    let mut after = i64::MIN;
    loop {
        let page = desk
            .db()
            .read(move |conn| onward(conn, account.id, after, AT_ONCE))
            .await?;
        let Some(last) = page.last() else { break };
        after = last.n;
        for written in &page {
            say::line(audit::line(written))?;
        }
    }
    desk.close();
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
