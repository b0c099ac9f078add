//! Mail that a provider posts: who may, how it is proven, and where in the request the mail is. A
//! request is believed for so long after it was signed, and nothing of it is read before.

pub mod mailgun;
pub mod sendgrid;
pub mod ses;

use frontdesk_domain::Timestamp;
use serde::{Deserialize, Serialize};

/// Who posts to a mailbox, and by what they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "provider", rename_all = "lowercase", deny_unknown_fields)]
pub enum Hook {
    /// Amazon SES by a topic of SNS.
    Ses {
        topic_arn: String,
        /// Where certificates are fetched and topics confirmed instead of Amazon's own addresses.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base_url: Option<String>,
    },
    /// A route of Mailgun; its key is the secret `hook_key`.
    Mailgun,
    /// Inbound Parse of SendGrid with a signature, as the raw mail.
    Sendgrid {
        /// Base64, as SendGrid shows it.
        public_key: String,
    },
}

/// Whether something was signed so recently that it is believed. A clock may be five minutes off.
fn is_recent(signed: Timestamp, seconds: i64, now: Timestamp) -> bool {
    const OFF: i64 = 300;
    signed.plus_seconds(seconds) >= now && signed <= now.plus_seconds(OFF)
}

/// Seconds since 1970, as providers write them.
fn seconds(text: &str) -> Option<Timestamp> {
    const LAST: i64 = 253_402_300_799;
    let seconds: i64 = text.parse().ok()?;
    (0..=LAST)
        .contains(&seconds)
        .then(|| Timestamp::from_seconds(seconds))
}
