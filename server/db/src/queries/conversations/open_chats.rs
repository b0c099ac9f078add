//! The conversations a chat visitor's page goes on with.

use super::read;
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::narrow::Narrowed;
use crate::value::ToValue as _;
use frontdesk_domain::{AccountId, Conversation, CustomerId, InboxId, Source, Status};

/// A customer's open chats, of one inbox or of all, that began last first.
///
/// # Errors
/// When the database does not answer.
pub fn open_chats(
    conn: &mut dyn Conn,
    account_id: AccountId,
    customer_id: CustomerId,
    inbox_id: Option<InboxId>,
    limit: i64,
) -> Result<Vec<Conversation>, DbError> {
    let mut narrowed = Narrowed::by("customer_id = ?1", &[customer_id.to_value()]);
    narrowed.and("account_id = ?1", &[account_id.to_value()]);
    narrowed.and("source = ?1", &[Source::Chat.to_value()]);
    narrowed.and("status = ?1", &[Status::Open.to_value()]);
    narrowed.and("archived_at IS NULL AND merged_into IS NULL", &[]);
    if let Some(id) = &inbox_id {
        narrowed.and("inbox_id = ?1", &[id.to_value()]);
    }
    narrowed.push(" ORDER BY n DESC LIMIT ?1", &[limit.to_value()]);
    let sql = narrowed.statement(
        "CONVERSATIONS_OPEN_CHATS",
        concat!("SELECT ", columns!(""), " FROM conversations"),
    );
    conn.all_values(&sql, narrowed.args(), read)
}
