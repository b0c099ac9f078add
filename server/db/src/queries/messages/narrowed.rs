//! Messages by what they are, across conversations, the newest first.

use super::{COLUMNS, read};
use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::filter::{Clause, Reach};
use crate::queries::search::Wanted;
use crate::sql::Sql;
use crate::value::first;
use frontdesk_domain::actor::View;
use frontdesk_domain::{Actor, ConversationId, CustomerId, Message, MessageKind, Source, UserId};

/// The most messages of one list.
pub const LONGEST_LIST: i64 = 500;

/// What a list of messages is narrowed to. What is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MessageFilter {
    pub conversation_id: Option<ConversationId>,
    /// Who wrote it, when it was a customer.
    pub customer_id: Option<CustomerId>,
    /// Who wrote it, when it was a user.
    pub user_id: Option<UserId>,
    pub source: Option<Source>,
    pub kind: Option<MessageKind>,
    pub private: Option<bool>,
    /// Words it holds, the last of them perhaps unfinished. Only the newest messages that hold
    /// them are looked at, [`crate::queries::filter::HITS`] of them.
    pub body: Option<String>,
}

impl MessageFilter {
    fn is_wordless(&self) -> bool {
        let body = self.body.as_deref();
        body.is_some_and(|text| Wanted::typed(text).is_empty())
    }
}

/// The newest messages somebody may see, without the people and files they name.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    actor: &Actor,
    filter: &MessageFilter,
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    if filter.is_wordless() {
        return Ok(Vec::new());
    }
    let mut clause = Clause::new(conn.dialect());
    let from = narrow(&mut clause, actor, filter);
    let limit = clause.bind(&limit.clamp(1, LONGEST_LIST));
    let text = format!(
        "SELECT {COLUMNS} FROM {from} WHERE {} ORDER BY m.seq DESC LIMIT {limit}",
        clause.text()
    );
    let sql = Sql::composed("MESSAGES_NARROWED", text);
    conn.all_values(&sql, &clause.values(), |row| {
        read(row).map(|(message, _)| message)
    })
}

/// How many messages somebody may see.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut dyn Conn, actor: &Actor, filter: &MessageFilter) -> Result<i64, DbError> {
    if filter.is_wordless() {
        return Ok(0);
    }
    let mut clause = Clause::new(conn.dialect());
    let from = narrow(&mut clause, actor, filter);
    let text = format!("SELECT COUNT(*) FROM {from} WHERE {}", clause.text());
    let sql = Sql::composed("MESSAGES_COUNTED", text);
    let found = conn.all_values(&sql, &clause.values(), first::<i64>)?;
    Ok(found.first().copied().unwrap_or(0))
}

/// Adds the conditions and says where the messages come from.
fn narrow(clause: &mut Clause, actor: &Actor, filter: &MessageFilter) -> String {
    let reach = Reach::of(actor);
    let mut from = match &filter.body {
        Some(text) => clause.hits(&reach, text),
        None => table(clause.dialect(), filter),
    };
    clause.compare("m.account_id =", &reach.account_id);
    clause.equal("m.conversation_id", filter.conversation_id.as_ref());
    clause.equal("m.customer_id", filter.customer_id.as_ref());
    clause.equal("m.user_id", filter.user_id.as_ref());
    clause.equal("m.source", filter.source.as_ref());
    clause.equal("m.kind", filter.kind.as_ref());
    clause.equal("m.is_private", filter.private.as_ref());
    if reach.view != View::All || reach.customer.is_some() {
        let join = clause.join();
        from = format!("{from} {join} conversations c ON c.id = m.conversation_id");
        clause.reach(&reach);
    }
    if reach.customer.is_some() {
        clause.and("m.is_private = 0");
    }
    from
}

/// The table with the index to walk on, which has the order of the list.
fn table(dialect: Dialect, filter: &MessageFilter) -> String {
    let index = match filter {
        MessageFilter {
            conversation_id: Some(_),
            ..
        } => "messages_thread",
        MessageFilter {
            customer_id: Some(_),
            ..
        } => "messages_customer",
        _ => "messages_account",
    };
    match dialect {
        Dialect::Sqlite => format!("messages m INDEXED BY {index}"),
        Dialect::Postgres => "messages m".to_owned(),
    }
}
