//! Customers who may be the same person on another channel. Nothing is done about them: an agent
//! is told, with the reason.

use super::read;
use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::value::ToValue;
use frontdesk_domain::{AccountId, Customer};

/// How many are told of.
const MOST: i64 = 5;

statements! {
    ALIKE = (concat!("SELECT ", columns!("c."), " FROM (
        SELECT id FROM customers WHERE account_id = ?1 AND email = ?3
        UNION SELECT id FROM customers WHERE account_id = ?1 AND phone = ?4
        UNION SELECT customer_id FROM identities WHERE account_id = ?1 AND kind = 'email' AND value = LOWER(?3)
        UNION SELECT customer_id FROM identities WHERE account_id = ?1 AND kind = 'phone' AND value = ?4
        UNION SELECT id FROM customers WHERE company_id = ?6 AND LOWER(name) = LOWER(?5)) f
        CROSS JOIN customers c WHERE c.id = f.id AND c.account_id = ?1 AND c.id <> ?2 AND c.merged_into IS NULL
        ORDER BY c.last_seen_at DESC, c.n DESC LIMIT ?7"));
}

/// Others with the same address, the same number, or the same name at the same company; who was
/// seen last first.
///
/// # Errors
/// When the database does not answer.
pub fn alike(
    conn: &mut dyn Conn,
    account_id: AccountId,
    it: &Customer,
) -> Result<Vec<Customer>, DbError> {
    let (email, phone, name) = (&it.email, &it.phone, &it.name);
    let args: [&dyn ToValue; 7] = [
        &account_id,
        &it.id,
        email,
        phone,
        name,
        &it.company_id,
        &MOST,
    ];
    conn.all(&ALIKE, &args, read)
}
