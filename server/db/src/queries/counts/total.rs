//! How many conversations a filter finds.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{Clause, ConversationFilter, Reach};
use crate::queries::list::{Composed, Seed, seeded};
use crate::queries::search::Wanted;
use crate::sql::Sql;
use crate::value::first;
use frontdesk_domain::Actor;

/// How many conversations somebody may see of those a filter finds. A short sum where the kept
/// counts know it; otherwise they are counted.
///
/// # Errors
/// When the database does not answer.
pub fn total(
    conn: &mut dyn Conn,
    actor: &Actor,
    filter: &ConversationFilter,
) -> Result<i64, DbError> {
    let wordless = |text: &str| Wanted::typed(text).is_empty();
    if filter.text.as_deref().is_some_and(wordless) {
        return Ok(0);
    }
    let reach = Reach::of(actor);
    let counting = composed(conn.dialect(), &reach, filter);
    let found = conn.all_values(&counting.sql, &counting.values(), first::<i64>)?;
    Ok(found.first().copied().unwrap_or(0))
}

/// The statement that counts.
pub(crate) fn composed(
    dialect: crate::conn::Dialect,
    reach: &Reach,
    filter: &ConversationFilter,
) -> Composed {
    let mut clause = Clause::new(dialect);
    if filter.is_counted() && reach.customer.is_none() {
        clause.cells(reach, filter);
        let text = format!(
            "SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM conversation_counts WHERE {}",
            clause.text()
        );
        return Composed::new(Sql::composed("COUNT_CELLS", text), clause);
    }
    let from = match Seed::first(filter) {
        Some(seed) => {
            let rows = seed.query(&mut clause, reach, filter);
            seeded(&clause, &rows)
        }
        None => "conversations c".to_owned(),
    };
    clause.listed(reach);
    clause.filter(filter);
    let text = format!("SELECT COUNT(*) FROM {from} WHERE {}", clause.text());
    Composed::new(Sql::composed("COUNT_ROWS", text), clause)
}
