//! Customers by what their pages say of them, unproven.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::narrow::Narrowed;
use crate::value::{ToValue as _, first};
use frontdesk_domain::{AccountId, CustomerId};

/// What a page says of its visitor; what is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    pub external_id: String,
    pub email: Option<String>,
    pub host: Option<String>,
}

/// The newest customer of the account of whom the same was said, and nothing proven.
///
/// # Errors
/// When the database does not answer.
pub fn unproven(
    conn: &mut dyn Conn,
    account_id: AccountId,
    said: &Unproven,
) -> Result<Option<CustomerId>, DbError> {
    let mut narrowed = Narrowed::by("account_id = ?1", &[account_id.to_value()]);
    narrowed.and("external_id = ?1", &[said.external_id.to_value()]);
    narrowed.and("verified = 0 AND merged_into IS NULL", &[]);
    if let Some(email) = &said.email {
        narrowed.and("email = ?1", &[email.to_value()]);
    }
    if let Some(host) = &said.host {
        narrowed.and("host = ?1", &[host.to_value()]);
    }
    narrowed.push(" ORDER BY n DESC LIMIT 1", &[]);
    let sql = narrowed.statement("CUSTOMERS_UNPROVEN", "SELECT id FROM customers");
    let found = conn.all_values(&sql, narrowed.args(), first)?;
    Ok(found.into_iter().next())
}
