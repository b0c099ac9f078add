//! The audit log as it is handed out, and its pruning.

use crate::failure::Outcome;
use frontdesk_db::Unit;
use frontdesk_db::queries::audit::{self, Written};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{Actor, Timestamp};
use serde_json::json;

/// An entry as a line of JSON, with everything its hash is made over.
#[must_use]
pub fn line(written: &Written) -> String {
    let entry = &written.entry;
    let hash: String = written.hash.iter().map(|it| format!("{it:02x}")).collect();
    json!({
        "n": written.n,
        "id": written.id,
        "at": written.at.to_string(),
        "user_id": entry.user_id,
        "address": written.address,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "before": entry.before,
        "after": entry.after,
        "hash": hash,
    })
    .to_string()
}

/// Removes the entries from before a time.
///
/// # Errors
/// When the actor may not.
pub fn prune(unit: &mut Unit<'_>, actor: &Actor, before: Timestamp) -> Outcome<u64> {
    allows(actor, Permission::ReadAudit)?;
    Ok(audit::prune(unit, actor, before)?)
}
