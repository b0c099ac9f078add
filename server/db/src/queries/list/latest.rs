//! The latest conversation of each of several customers, as far as somebody may see them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::conversations;
use crate::queries::filter::{Clause, Reach};
use crate::sql::Sql;
use frontdesk_domain::{Actor, Conversation, CustomerId};

/// The latest of each, in no order across customers. Customers without one are left out.
///
/// # Errors
/// When the database does not answer.
pub fn latest_of(
    conn: &mut dyn Conn,
    actor: &Actor,
    customers: &[CustomerId],
) -> Result<Vec<Conversation>, DbError> {
    let mut clause = Clause::new(conn.dialect());
    clause.listed(&Reach::of(actor));
    let places = clause.list(customers);
    clause.and(format!("c.customer_id IN ({places})"));
    let text = format!(
        "SELECT {} FROM (SELECT c.*, ROW_NUMBER() OVER
            (PARTITION BY c.customer_id ORDER BY c.sorted_at DESC, c.n DESC) AS place
         FROM conversations c WHERE {}) c WHERE c.place = 1",
        conversations::COLUMNS,
        clause.text()
    );
    let sql = Sql::composed("CONVERSATIONS_LATEST_OF", text);
    conn.all_values(&sql, &clause.values(), conversations::read)
}
