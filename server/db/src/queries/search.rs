//! Full text: how messages get into the index. Looking for them is in `queries/find.rs`.

mod terms;
mod wanted;

use crate::conn::Dialect;
use crate::error::DbError;
use crate::sql::{Sql, statements};
use crate::unit::Unit;
use frontdesk_domain::{AccountId, Customer, Message};

pub use terms::{account_term, terms};
pub(crate) use wanted::Wanted;

statements! {
    FORGET = ("DELETE FROM message_search WHERE rowid = ?1", "DELETE FROM message_search WHERE n = ?1");
    INDEX = (
        "INSERT INTO message_search (rowid, account, body) VALUES (?1, ?2, ?3)",
        "INSERT INTO message_search (n, account_id, terms) VALUES (?1, ?2, to_tsvector('simple', ?3))"
    );
    FORGET_CUSTOMER = ("DELETE FROM customer_search WHERE rowid = ?1", "DELETE FROM customer_search WHERE n = ?1");
    INDEX_CUSTOMER = (
        "INSERT INTO customer_search (rowid, account, body) VALUES (?1, ?2, ?3)",
        "INSERT INTO customer_search (n, account_id, terms) VALUES (?1, ?2, to_tsvector('simple', ?3))"
    );
}

/// Makes the text of a new message findable.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn index(unit: &mut Unit<'_>, n: i64, it: &Message) -> Result<(), DbError> {
    let Some(body) = it.body.as_deref().filter(|body| !body.is_empty()) else {
        return Ok(());
    };
    write(unit, &INDEX, n, it.account_id, body)
}

/// Makes the text of a changed message findable, in place of what was indexed before. Its stamps
/// would not tell: clocks stand still and go back.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn index_again(unit: &mut Unit<'_>, n: i64, it: &Message) -> Result<(), DbError> {
    unit.send(&FORGET, &[&n])?;
    index(unit, n, it)
}

/// Makes a new customer findable by name, address, number and outside id.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn index_customer(unit: &mut Unit<'_>, n: i64, it: &Customer) -> Result<(), DbError> {
    let known = [&it.name, &it.email, &it.phone, &it.external_id];
    let known: Vec<&str> = known.into_iter().filter_map(Option::as_deref).collect();
    if known.is_empty() {
        return Ok(());
    }
    write(unit, &INDEX_CUSTOMER, n, it.account_id, &known.join(" "))
}

/// Makes a changed customer findable, in place of what was indexed before.
///
/// # Errors
/// When the database refuses it.
pub(crate) fn index_customer_again(
    unit: &mut Unit<'_>,
    n: i64,
    it: &Customer,
) -> Result<(), DbError> {
    unit.send(&FORGET_CUSTOMER, &[&n])?;
    index_customer(unit, n, it)
}

fn write(
    unit: &mut Unit<'_>,
    sql: &Sql,
    n: i64,
    account_id: AccountId,
    text: &str,
) -> Result<(), DbError> {
    let text = terms(text);
    match unit.conn().dialect() {
        Dialect::Sqlite => unit.send(sql, &[&n, &account_term(account_id), &text]),
        Dialect::Postgres => unit.send(sql, &[&n, &account_id, &text]),
    }
}
