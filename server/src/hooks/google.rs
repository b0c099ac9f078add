//! Google tells that a mailbox has changed. Who tells it proves it; then it is looked what came.

use super::{HookError, Posted};
use crate::app::App;
use crate::lines;
use frontdesk_connectors::channel::{Call, Rejected};
use frontdesk_connectors::email::Account;
use frontdesk_connectors::email::gmail::Gmail;
use frontdesk_connectors::email::gmail::push::{Expected, Keys, Proof};
use frontdesk_domain::Timestamp;
use frontdesk_domain::connection::Connection;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Keys are fetched again no oftener, whoever names keys that nobody knows.
const PAUSE: i64 = 60;

/// How many places of keys are kept: Google has one.
const MOST: usize = 16;

/// The keys that were fetched, by their place, and when.
#[derive(Debug, Default)]
pub(crate) struct GoogleKeys(Mutex<HashMap<String, (Timestamp, Arc<Keys>)>>);

impl GoogleKeys {
    /// Keys among which the proof's is, where there are such.
    async fn for_proof(
        &self,
        app: &App,
        google: &Gmail,
        proof: &Proof<'_>,
    ) -> Result<Arc<Keys>, HookError> {
        let (place, now) = (google.keys_url(), app.db.now());
        let known = self.0.lock().get(&place).cloned();
        if let Some((at, keys)) = known
            && (proof.is_known_to(&keys) || now < at.plus_seconds(PAUSE))
        {
            return Ok(keys);
        }
        let later = |why: String| HookError::Later(format!("no keys of Google's: {why}"));
        let answer = lines::make(&app.outgoing, Call::get(place.clone())).await;
        let answer = answer.map_err(|error| later(error.to_string()))?;
        let keys = Keys::read(&answer)
            .filter(|_| answer.is_good())
            .ok_or_else(|| later(format!("the answer was {}", answer.status)))?;
        let keys = Arc::new(keys);
        let mut kept = self.0.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(place, (now, Arc::clone(&keys)));
        Ok(keys)
    }
}

/// Takes what Google tells of a mailbox.
///
/// # Errors
/// When it is not Google that tells it.
pub(crate) async fn told(
    app: &App,
    connection: &Connection,
    account: &Account,
    posted: &Posted,
) -> Result<(), HookError> {
    let google = account.settings.gmail.as_ref().ok_or(HookError::NoHook)?;
    let push = google.push.as_ref().ok_or(HookError::NoHook)?;
    let proof = Proof::read(posted.header("authorization"))?;
    let keys = app.google_keys.for_proof(app, google, &proof).await?;
    let own = format!("{}/api/hooks/{}/push", app.links.public_url, connection.id);
    let expected = Expected {
        audience: push.audience.as_deref().unwrap_or(&own),
        account: &push.account,
        now: app.db.now(),
    };
    proof.check(&keys, &expected)?;
    let whose = frontdesk_connectors::email::gmail::push::whose(&posted.body)?;
    if account.settings.addresses().contains(&whose) {
        app.google.has_changed(connection.id);
        Ok(())
    } else {
        Err(Rejected::Unreadable.into())
    }
}
