//! A mailbox at Google: let in by its owner, read and sent from by the Gmail API. What is asked and what
//! the answers mean stands in the connectors.

mod ask;
mod consent;
mod fetch;
mod send;
mod tokens;
mod uncertain;
mod watch;

pub(super) use ask::Mailbox;
pub(crate) use consent::{Consented, ask_owner, consented};
pub(super) use send::send;
pub(super) use watch::Watched;

use crate::outgoing::Outgoing;
use frontdesk_connectors::email::gmail::{self, Gmail, mailbox};
use frontdesk_connectors::email::{Account, Meaning};
use frontdesk_domain::{ConnectionId, Timestamp};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use tokens::{Token, Tokens};
use tokio::sync::Notify;

/// What is known of the mailboxes at Google while the server runs.
#[derive(Debug, Default)]
pub(crate) struct Google {
    tokens: Tokens,
    changed: Mutex<HashMap<ConnectionId, Arc<Notify>>>,
}

impl Google {
    /// Google told that a mailbox has changed.
    pub(crate) fn has_changed(&self, id: ConnectionId) {
        self.bell(id).notify_one();
    }

    fn bell(&self, id: ConnectionId) -> Arc<Notify> {
        Arc::clone(self.changed.lock().entry(id).or_default())
    }
}

/// Tries a mailbox out: gets a token, and asks whose mailbox it is.
///
/// # Errors
/// What is wrong.
pub(super) async fn probe(
    client: &Outgoing,
    account: &Account,
    google: &Gmail,
) -> Result<String, String> {
    let token = tokens::fresh(client, account, google, Timestamp(0)).await;
    let token = token.map_err(|meaning: Meaning| meaning.why().to_owned())?;
    let owner = owner(client, google, &token).await?;
    is_the_one(account, &owner)?;
    Ok(format!("Google shows the mailbox of {owner}"))
}

/// Whose mailbox a token opens.
async fn owner(client: &Outgoing, google: &Gmail, token: &Token) -> Result<String, String> {
    let call = token.on(mailbox::profile(google));
    let answer = crate::lines::make(client, call).await;
    let answer = answer.map_err(|error| error.to_string())?;
    match gmail::read(&answer) {
        Ok(()) => {}
        Err(gmail::Trouble::Said(meaning)) => return Err(meaning.why().to_owned()),
        Err(gmail::Trouble::Token | gmail::Trouble::Gone) => {
            return Err("Google does not take its own token".to_owned());
        }
    }
    let profile: Option<mailbox::Profile> = serde_json::from_slice(&answer.body).ok();
    let profile = profile.ok_or(UNREADABLE)?;
    Ok(profile.email_address.to_lowercase())
}

/// Whether it is the mailbox that was meant.
fn is_the_one(account: &Account, owner: &str) -> Result<(), String> {
    let ours = account.settings.addresses();
    if ours.iter().any(|it| it == owner) {
        return Ok(());
    }
    let address = &account.settings.address;
    Err(format!(
        "this is the mailbox of {owner}, and not of {address}"
    ))
}

const UNREADABLE: &str = "Google's answer cannot be read";
