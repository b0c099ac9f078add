//! A customer with everything that is known of them, and of those who were merged into them.

use super::conversation;
use crate::error::DbError;
use crate::queries::{conversations, events, files};
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{AccountId, CustomerId, Erasing, EventDraft, EventKind, FileId};

/// How much was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    pub customers: u64,
    pub conversations: u64,
    pub messages: u64,
    pub files: u64,
    pub drafts: u64,
    pub notes: u64,
    pub identities: u64,
    pub visits: u64,
    /// Kept states of merges, which held names and addresses.
    pub merges: u64,
    /// What messages were as mails, and mails in quarantine.
    pub mails: u64,
    /// Answers kept for repeated commands.
    pub answers: u64,
    /// Calls of webhooks, with what was answered.
    pub calls: u64,
    /// Lines of the audit log that name the customer by id; they stay.
    pub audit_lines: u64,
}

statements! {
    MERGED = "SELECT id FROM customers WHERE account_id = ?1 AND merged_into = ?2";
    WAITING_MAILS = "DELETE FROM quarantined_mails WHERE account_id = ?1 AND sender IN (
        SELECT value FROM identities WHERE account_id = ?1 AND customer_id = ?2 AND kind = 'email'
        UNION SELECT lower(email) FROM customers WHERE account_id = ?1 AND id = ?2)";
    NOTES = "DELETE FROM notes WHERE account_id = ?1 AND customer_id = ?2";
    IDENTITIES = "DELETE FROM identities WHERE account_id = ?1 AND customer_id = ?2";
    VISITS = "DELETE FROM browser_sessions WHERE account_id = ?1 AND customer_id = ?2";
    UPLOADS = "SELECT id FROM files WHERE account_id = ?1 AND customer_id = ?2";
    MERGES = "DELETE FROM merges WHERE account_id = ?1 AND detail LIKE ?2";
    ANSWERS = "DELETE FROM idempotency WHERE account_id = ?1 AND answer LIKE ?2";
    AUDIT = "SELECT COUNT(*) FROM audit WHERE account_id = ?1 AND subject = ?2";
    LABELS = "DELETE FROM customer_tags WHERE customer_id IN (SELECT id FROM customers WHERE account_id = ?1 AND id = ?2)";
    ISSUES = "DELETE FROM customer_issues WHERE customer_id IN (SELECT id FROM customers WHERE account_id = ?1 AND id = ?2)";
    DELETE = "DELETE FROM customers WHERE account_id = ?1 AND id = ?2";
    BLANK = "UPDATE customers SET name = 'Erased customer', email = NULL, phone = NULL, external_id = NULL,
        profile_photo_url = NULL, company_id = NULL, host = NULL, pathname = NULL, current_url = NULL, browser = NULL,
        os = NULL, ip = NULL, time_zone = NULL, metadata = NULL, verified = 0, version = version + 1, updated_at = ?3
        WHERE account_id = ?1 AND id = ?2";
    UNINDEX_CUSTOMER = (
        "DELETE FROM customer_search WHERE rowid IN (SELECT n FROM customers WHERE account_id = ?1 AND id = ?2)",
        "DELETE FROM customer_search WHERE n IN (SELECT n FROM customers WHERE account_id = ?1 AND id = ?2)"
    );
}

/// Erases a customer and those who were merged into them. Clients hear of every part.
///
/// # Errors
/// When the database refuses it.
pub fn customer(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: CustomerId,
    how: Erasing,
) -> Result<Erased, DbError> {
    let mut erased = Erased::default();
    // Who was merged away has nothing left but a row that points here.
    let merged = unit
        .conn()
        .all(&MERGED, &[&account_id, &id], first::<CustomerId>)?;
    for id in merged.into_iter().chain([id]) {
        one(unit, account_id, id, how, &mut erased)?;
    }
    Ok(erased)
}

fn one(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: CustomerId,
    how: Erasing,
    erased: &mut Erased,
) -> Result<(), DbError> {
    if how == Erasing::Delete {
        // Before its conversations, so that clients know whose they were.
        let draft = EventDraft::about(EventKind::CustomerDeleted, id.0);
        events::emit(unit, account_id, None, draft)?;
    }
    for held in conversations::of_customer(unit.conn(), account_id, id, i64::MAX)? {
        let kept = format!("%{}%", held.id);
        erased.answers += unit.exec(&ANSWERS, &[&account_id, &kept])?;
        conversation(unit, &held, how, erased)?;
    }
    let uploads = unit
        .conn()
        .all(&UPLOADS, &[&account_id, &id], first::<FileId>)?;
    for file in uploads {
        erased.files += u64::from(files::forget(unit, account_id, file)?);
    }
    let kept = format!("%{id}%");
    erased.merges += unit.exec(&MERGES, &[&account_id, &kept])?;
    erased.answers += unit.exec(&ANSWERS, &[&account_id, &kept])?;
    erased.visits += unit.exec(&VISITS, &[&account_id, &id])?;
    erased.notes += unit.exec(&NOTES, &[&account_id, &id])?;
    erased.mails += unit.exec(&WAITING_MAILS, &[&account_id, &id])?;
    erased.identities += unit.exec(&IDENTITIES, &[&account_id, &id])?;
    let subject = format!("customer:{id}");
    let lines = unit.conn().count(&AUDIT, &[&account_id, &subject])?;
    erased.audit_lines += u64::try_from(lines).unwrap_or(0);
    erased.customers += 1;
    match how {
        Erasing::Delete => unit.exec(&DELETE, &[&account_id, &id]).map(|_| ()),
        Erasing::Anonymise => {
            let now = unit.now();
            unit.exec(&LABELS, &[&account_id, &id])?;
            unit.exec(&ISSUES, &[&account_id, &id])?;
            unit.exec(&UNINDEX_CUSTOMER, &[&account_id, &id])?;
            unit.exec(&BLANK, &[&account_id, &id, &now])?;
            let draft = EventDraft::about(EventKind::CustomerUpdated, id.0);
            events::emit(unit, account_id, None, draft).map(|_| ())
        }
    }
}
