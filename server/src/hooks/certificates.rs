//! SnsCertificates of SNS, fetched once each. Their addresses were checked before.

use super::HookError;
use crate::lines;
use crate::outgoing::Outgoing;
use bytes::Bytes;
use frontdesk_connectors::channel::Call;
use parking_lot::Mutex;
use std::collections::HashMap;

/// How many are kept; Amazon has one for each region.
const MOST: usize = 64;

/// Those that were fetched.
#[derive(Debug, Default)]
pub(crate) struct SnsCertificates(Mutex<HashMap<String, Bytes>>);

impl SnsCertificates {
    /// The certificate at an address.
    ///
    /// # Errors
    /// When it cannot be fetched now.
    pub(super) async fn fetch(&self, client: &Outgoing, url: &str) -> Result<Bytes, HookError> {
        let known = self.0.lock().get(url).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let later = |why: String| HookError::Later(format!("no certificate of Amazon's: {why}"));
        let answer = lines::make(client, Call::get(url.to_owned()))
            .await
            .map_err(|error| later(error.to_string()))?;
        if !answer.is_good() {
            return Err(later(format!("the answer was {}", answer.status)));
        }
        let fetched = Bytes::from(answer.body);
        let mut kept = self.0.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(url.to_owned(), fetched.clone());
        Ok(fetched)
    }
}
