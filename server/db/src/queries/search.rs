//! Full text: how messages get into the index. Looking for them is in `queries/find.rs`.

mod terms;
mod wanted;

use crate::conn::Dialect;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::Message;

pub use terms::{account_term, terms};
pub(crate) use wanted::Wanted;

statements! {
    FORGET = ("DELETE FROM message_search WHERE rowid = ?1", "DELETE FROM message_search WHERE n = ?1");
    INDEX = (
        "INSERT INTO message_search (rowid, account, body) VALUES (?1, ?2, ?3)",
        "INSERT INTO message_search (n, account_id, terms) VALUES (?1, ?2, to_tsvector('simple', ?3))"
    );
}

/// Makes the text of a message findable, in place of what was indexed for it before.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn index(unit: &mut Unit<'_>, n: i64, it: &Message) -> Result<(), DbError> {
    if it.updated_at != it.created_at {
        unit.exec(&FORGET, &[&n])?;
    }
    let Some(body) = it.body.as_deref().filter(|body| !body.is_empty()) else {
        return Ok(());
    };
    let text = terms(body);
    match unit.conn().dialect() {
        Dialect::Sqlite => {
            unit.exec(&INDEX, &[&n, &account_term(it.account_id), &text])?;
        }
        Dialect::Postgres => {
            unit.exec(&INDEX, &[&n, &it.account_id, &text])?;
        }
    }
    Ok(())
}
