//! The append-only audit log.

use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, AuditId};

statements! {
    INSERT = "INSERT INTO audit (id, account_id, user_id, action, subject, detail, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
}

/// Adds an entry.
///
/// # Errors
/// When the database refuses it.
pub fn append(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    entry: &AuditEntry,
) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(
        &INSERT,
        &[
            &AuditId::random(),
            &account_id,
            &entry.user_id,
            &entry.action,
            &entry.subject,
            &entry.detail,
            &now,
        ],
    )?;
    Ok(())
}
