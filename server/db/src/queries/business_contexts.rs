//! What each account tells the AI about itself.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::AccountId;
use frontdesk_domain::context::BusinessContext;

macro_rules! columns {
    () => {
        "account_id, business_name, business_description, services, scheduling_link, faqs, additional_context, created_at, updated_at"
    };
}

statements! {
    BY_ACCOUNT = (concat!("SELECT ", columns!(), " FROM business_contexts WHERE account_id = ?1"));
    /// The birth stays what it was first.
    UPSERT = "INSERT INTO business_contexts (account_id, business_name, business_description, services, scheduling_link, faqs, additional_context,
        created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT (account_id) DO UPDATE SET business_name = excluded.business_name, business_description = excluded.business_description,
        services = excluded.services, scheduling_link = excluded.scheduling_link, faqs = excluded.faqs,
        additional_context = excluded.additional_context, updated_at = excluded.updated_at";
}

fn read(row: &mut Columns<'_>) -> Result<BusinessContext, DbError> {
    Ok(BusinessContext {
        account_id: row.get()?,
        business_name: row.get()?,
        business_description: row.get()?,
        services: row.get()?,
        scheduling_link: row.get()?,
        faqs: row.get()?,
        additional_context: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// What the account told the AI about itself, if anything.
///
/// # Errors
/// When the database does not answer.
pub fn by_account(
    conn: &mut dyn Conn,
    account_id: AccountId,
) -> Result<Option<BusinessContext>, DbError> {
    conn.one(&BY_ACCOUNT, &[&account_id], read)
}

/// Keeps what the account tells the AI, in place of what it told before.
///
/// # Errors
/// When the account does not exist.
pub fn upsert(unit: &mut Unit<'_>, it: &BusinessContext) -> Result<(), DbError> {
    unit.exec(
        &UPSERT,
        &[
            &it.account_id,
            &it.business_name,
            &it.business_description,
            &it.services,
            &it.scheduling_link,
            &it.faqs,
            &it.additional_context,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}
