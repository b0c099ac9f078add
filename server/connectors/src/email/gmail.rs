//! A mailbox at Google, by the Gmail API: where everything is, what is asked, and what the answers mean.

mod answer;
pub mod consent;
pub mod letter;
pub mod mailbox;
pub mod push;

pub use answer::{Trouble, read};

use serde::{Deserialize, Serialize};

/// How a mailbox at Google is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gmail {
    /// As the Google Cloud console shows it; its secret is the secret `client_secret`.
    pub client_id: String,
    /// By which Google tells of new mail at once. Without it, it is asked every minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push: Option<Push>,
    /// A server that stands for all of Google's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
}

/// A topic of Cloud Pub/Sub, and who posts what comes by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// Such as `projects/acme/topics/mail`.
    pub topic: String,
    /// The service account that the subscription signs as.
    pub account: String,
    /// The audience of the subscription; the hook's address unless it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
}

impl Gmail {
    /// Where the owner of the mailbox is asked.
    fn consent_url(&self) -> String {
        self.place("https://accounts.google.com", "/o/oauth2/v2/auth")
    }

    /// Where tokens are had.
    fn token_url(&self) -> String {
        self.place("https://oauth2.googleapis.com", "/token")
    }

    /// Where the keys are that Google signs with.
    #[must_use]
    pub fn keys_url(&self) -> String {
        self.place("https://www.googleapis.com", "/oauth2/v3/certs")
    }

    /// Where a part of the mailbox is.
    fn mailbox_url(&self, path: &str) -> String {
        self.place(
            "https://gmail.googleapis.com",
            &format!("/gmail/v1/users/me/{path}"),
        )
    }

    /// Where large mails are handed over.
    fn upload_url(&self, path: &str) -> String {
        self.place(
            "https://gmail.googleapis.com",
            &format!("/upload/gmail/v1/users/me/{path}"),
        )
    }

    fn place(&self, host: &str, path: &str) -> String {
        let base = self.base_url.as_deref().unwrap_or(host);
        format!("{}{path}", base.trim_end_matches('/'))
    }
}

/// A query after an address.
fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("{url}?{}", query.finish())
}
