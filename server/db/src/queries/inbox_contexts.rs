//! What is told to models about single inboxes, in place of what the account says.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::context::{BusinessContext, InboxContext};
use frontdesk_domain::{AccountId, InboxId};

macro_rules! columns {
    () => {
        "inbox_id, account_id, business_name, business_description, services, scheduling_link, faqs, additional_context, created_at, updated_at, instructions"
    };
}

statements! {
    OF_INBOX = (concat!("SELECT ", columns!(), " FROM inbox_contexts WHERE account_id = ?1 AND inbox_id = ?2"));
    /// The birth stays what it was first.
    UPSERT = (concat!("INSERT INTO inbox_contexts (", columns!(), ")
        SELECT id, account_id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM inboxes WHERE account_id = ?2 AND id = ?1
        ON CONFLICT (inbox_id) DO UPDATE SET business_name = excluded.business_name,
        business_description = excluded.business_description, services = excluded.services,
        scheduling_link = excluded.scheduling_link, faqs = excluded.faqs,
        additional_context = excluded.additional_context, instructions = excluded.instructions, updated_at = excluded.updated_at"));
}

fn read(row: &mut Columns<'_>) -> Result<InboxContext, DbError> {
    Ok(InboxContext {
        inbox_id: row.get()?,
        context: BusinessContext {
            account_id: row.get()?,
            business_name: row.get()?,
            business_description: row.get()?,
            services: row.get()?,
            scheduling_link: row.get()?,
            faqs: row.get()?,
            additional_context: row.get()?,
            created_at: row.get()?,
            updated_at: row.get()?,
        },
        instructions: row.get()?,
    })
}

/// What was said about an inbox, if anything.
///
/// # Errors
/// When the database does not answer.
pub fn of_inbox(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
) -> Result<Option<InboxContext>, DbError> {
    conn.one(&OF_INBOX, &[&account_id, &inbox_id], read)
}

/// Keeps what is said about an inbox, in place of what was said before.
///
/// # Errors
/// When the account has no such inbox.
pub fn upsert(unit: &mut Unit<'_>, it: &InboxContext) -> Result<(), DbError> {
    let context = &it.context;
    found(unit.exec(
        &UPSERT,
        &[
            &it.inbox_id,
            &context.account_id,
            &context.business_name,
            &context.business_description,
            &context.services,
            &context.scheduling_link,
            &context.faqs,
            &context.additional_context,
            &context.created_at,
            &context.updated_at,
            &it.instructions,
        ],
    )?)
}
