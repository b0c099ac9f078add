//! The companies that customers belong to.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::company::Company;
use frontdesk_domain::{AccountId, CompanyId};

macro_rules! columns {
    () => {
        "id, account_id, name, external_id, website_url, description, logo_image_url, industry, slack_channel_id, slack_channel_name, slack_team_id, slack_team_name, metadata, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO companies (id, account_id, name, external_id, website_url, description, logo_image_url, industry, slack_channel_id,
        slack_channel_name, slack_team_id, slack_team_name, metadata, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    UPDATE = "UPDATE companies SET name = ?3, external_id = ?4, website_url = ?5, description = ?6, logo_image_url = ?7, industry = ?8,
        slack_channel_id = ?9, slack_channel_name = ?10, slack_team_id = ?11, slack_team_name = ?12, metadata = ?13,
        updated_at = ?14
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM companies WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM companies WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM companies WHERE account_id = ?1 ORDER BY created_at, id"));
}

fn read(row: &mut Columns<'_>) -> Result<Company, DbError> {
    Ok(Company {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        external_id: row.get()?,
        website_url: row.get()?,
        description: row.get()?,
        logo_image_url: row.get()?,
        industry: row.get()?,
        slack_channel_id: row.get()?,
        slack_channel_name: row.get()?,
        slack_team_id: row.get()?,
        slack_team_name: row.get()?,
        metadata: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new company.
///
/// # Errors
/// When the account does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &Company) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.external_id,
            &it.website_url,
            &it.description,
            &it.logo_image_url,
            &it.industry,
            &it.slack_channel_id,
            &it.slack_channel_name,
            &it.slack_team_id,
            &it.slack_team_name,
            &it.metadata,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a company's fields and says how many rows that were: none when the account has
/// no such company.
///
/// # Errors
/// When the database refuses it.
pub fn update(unit: &mut Unit<'_>, it: &Company) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.name,
            &it.external_id,
            &it.website_url,
            &it.description,
            &it.logo_image_url,
            &it.industry,
            &it.slack_channel_id,
            &it.slack_channel_name,
            &it.slack_team_id,
            &it.slack_team_name,
            &it.metadata,
            &it.updated_at,
        ],
    )
}

/// Deletes a company and says how many rows that were; its customers stay, without one.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: CompanyId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A company of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CompanyId,
) -> Result<Option<Company>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All companies of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Company>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}
