//! How a message gets into its table and into the search index: on SQLite by two statements, on
//! PostgreSQL by one that nobody waits for.

use crate::conn::Dialect;
use crate::error::DbError;
use crate::queries::search;
use crate::unit::Unit;
use crate::value::{ToValue, first};
use frontdesk_domain::Message;

/// Stores the row and makes its text findable.
pub(super) fn store(unit: &mut Unit<'_>, it: &Message) -> Result<(), DbError> {
    let (user, customer, has_files) = (it.user_id(), it.customer_id(), !it.attachments.is_empty());
    let terms;
    let mut args: Vec<&dyn ToValue> = vec![
        &it.id,
        &it.account_id,
        &it.conversation_id,
        &it.seq,
        &it.kind,
        &it.private,
        &it.source,
        &it.body,
        &it.original,
        &user,
        &customer,
        &it.delivery.state,
        &it.delivery.reason,
        &it.metadata,
        &it.sent_at,
        &it.seen_at,
        &it.created_at,
        &it.updated_at,
        &has_files,
    ];
    match unit.conn().dialect() {
        Dialect::Sqlite => {
            unit.send(&super::INSERT, &args)?;
            let n = unit.one(&super::LAST_ROW, &[], first::<i64>)?;
            search::index(unit, n.ok_or(DbError::Gone)?, it)
        }
        Dialect::Postgres => {
            terms = it.body.as_deref().map(search::terms);
            args.push(&terms);
            unit.send(&super::INSERT, &args)
        }
    }
}
