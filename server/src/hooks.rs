//! Mail that providers post. Who posts proves it; then the mail in the request goes the way of every mail.

mod certificates;
mod form;
mod google;
mod mailgun;
mod sendgrid;
mod ses;

pub(crate) use certificates::SnsCertificates;
pub(crate) use google::{GoogleKeys, told};

use crate::app::App;
use crate::failure::Failure;
use bytes::Bytes;
use frontdesk_connectors::channel::Rejected;
use frontdesk_connectors::email::Account;
use frontdesk_connectors::email::hook::Hook;
use frontdesk_domain::connection::Connection;

/// A request, before anything of it is believed.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) content_type: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Posted {
    /// The value of a header, by its name in lower case.
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// Why a request was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
    #[error(transparent)]
    Rejected(#[from] Rejected),
    #[error(transparent)]
    Failure(#[from] Failure),
    /// What proves it could not be fetched, or what it asks for could not be done; it may come again.
    #[error("{0}")]
    Later(String),
    /// Nobody posts to this mailbox.
    #[error("this mailbox has no hook")]
    NoHook,
}

/// Takes what was posted to a mailbox. When this answers, the mail is kept.
///
/// # Errors
/// When it is not the provider's, or cannot be kept now.
pub(crate) async fn take(
    app: &App,
    connection: Connection,
    account: &Account,
    posted: Posted,
) -> Result<(), HookError> {
    match &account.settings.hook {
        Some(Hook::Ses {
            topic_arn,
            base_url,
        }) => ses::take(app, connection, topic_arn, base_url.as_deref(), &posted).await,
        Some(Hook::Mailgun) => {
            let key = account.secrets.hook_key.as_deref().unwrap_or_default();
            mailgun::take(app, connection, key, posted).await
        }
        Some(Hook::Sendgrid { public_key }) => {
            sendgrid::take(app, connection, public_key, posted).await
        }
        None => Err(HookError::NoHook),
    }
}
