//! Rules of retention and legal holds, and which conversations a rule reaches.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::privacy::{Held, LegalHold, RetentionRule};
use frontdesk_domain::{
    AccountId, ConversationId, CustomerId, LegalHoldId, RetentionRuleId, Timestamp,
};

macro_rules! reached {
    ($what:literal, $end:literal) => {
        concat!("SELECT ", $what, " FROM conversations c WHERE c.account_id = ?1 AND c.sorted_at < ?2
        AND (c.inbox_id = ?3 OR ?3 IS NULL) AND (c.status = ?4 OR ?4 IS NULL)
        AND NOT EXISTS (SELECT 1 FROM legal_holds h WHERE h.account_id = c.account_id
            AND (h.conversation_id = c.id OR h.customer_id = c.customer_id))
        AND NOT EXISTS (SELECT 1 FROM erased_conversations e WHERE e.conversation_id = c.id AND ?5 = 'anonymise')", $end)
    };
}

statements! {
    INSERT_RULE = "INSERT INTO retention_rules (id, account_id, inbox_id, status, days, how, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    RULES = "SELECT id, account_id, inbox_id, status, days, how, created_at FROM retention_rules
        WHERE account_id = ?1 ORDER BY created_at, id";
    DELETE_RULE = "DELETE FROM retention_rules WHERE account_id = ?1 AND id = ?2";
    REACHED = (reached!("c.id", " ORDER BY c.sorted_at, c.n LIMIT ?6"));
    COUNT_REACHED = (reached!("COUNT(*)", ""));
    INSERT_HOLD = "INSERT INTO legal_holds (id, account_id, customer_id, conversation_id, reason, user_id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    HOLDS = "SELECT id, account_id, customer_id, conversation_id, reason, user_id, created_at FROM legal_holds
        WHERE account_id = ?1 ORDER BY created_at, id";
    DELETE_HOLD = "DELETE FROM legal_holds WHERE account_id = ?1 AND id = ?2";
    /// The customer, a conversation of theirs, or one who was merged into them.
    IS_CUSTOMER_HELD = "SELECT COUNT(*) FROM legal_holds h WHERE h.account_id = ?1 AND (h.customer_id = ?2
        OR h.customer_id IN (SELECT id FROM customers WHERE account_id = ?1 AND merged_into = ?2)
        OR h.conversation_id IN (SELECT id FROM conversations WHERE account_id = ?1 AND customer_id = ?2))";
    IS_CONVERSATION_HELD = "SELECT COUNT(*) FROM legal_holds h WHERE h.account_id = ?1 AND (h.conversation_id = ?2
        OR h.customer_id = (SELECT customer_id FROM conversations WHERE account_id = ?1 AND id = ?2))";
}

/// Stores a rule.
///
/// # Errors
/// When the database refuses it.
pub fn insert_rule(unit: &mut Unit<'_>, it: &RetentionRule) -> Result<(), DbError> {
    let row: crate::Args<'_> = &[
        &it.id,
        &it.account_id,
        &it.inbox_id,
        &it.status,
        &it.days,
        &it.how,
        &it.created_at,
    ];
    unit.exec(&INSERT_RULE, row).map(|_| ())
}

/// An account's rules, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn rules(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<RetentionRule>, DbError> {
    conn.all(&RULES, &[&account_id], |row| {
        Ok(RetentionRule {
            id: row.get()?,
            account_id: row.get()?,
            inbox_id: row.get()?,
            status: row.get()?,
            days: row.get()?,
            how: row.get()?,
            created_at: row.get()?,
        })
    })
}

/// Removes a rule.
///
/// # Errors
/// When there is no such rule.
pub fn delete_rule(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: RetentionRuleId,
) -> Result<(), DbError> {
    found(unit.exec(&DELETE_RULE, &[&account_id, &id])?)
}

/// Conversations that a rule reaches now, the oldest first. Held ones are none of them, nor those
/// whose texts have gone already where texts are all that goes.
///
/// # Errors
/// When the database does not answer.
pub fn reached(
    conn: &mut dyn Conn,
    rule: &RetentionRule,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<ConversationId>, DbError> {
    let before = rule.before(now);
    let args: crate::Args<'_> = &[
        &rule.account_id,
        &before,
        &rule.inbox_id,
        &rule.status,
        &rule.how,
        &limit,
    ];
    conn.all(&REACHED, args, first)
}

/// How many a rule reaches now.
///
/// # Errors
/// When the database does not answer.
pub fn count_reached(
    conn: &mut dyn Conn,
    rule: &RetentionRule,
    now: Timestamp,
) -> Result<i64, DbError> {
    let before = rule.before(now);
    let args: crate::Args<'_> = &[
        &rule.account_id,
        &before,
        &rule.inbox_id,
        &rule.status,
        &rule.how,
    ];
    conn.count(&COUNT_REACHED, args)
}

/// Stores a hold.
///
/// # Errors
/// When what it keeps is not there.
pub fn insert_hold(unit: &mut Unit<'_>, it: &LegalHold) -> Result<(), DbError> {
    let (customer, conversation) = match it.held {
        Held::Customer(id) => (Some(id), None),
        Held::Conversation(id) => (None, Some(id)),
    };
    let row: crate::Args<'_> = &[
        &it.id,
        &it.account_id,
        &customer,
        &conversation,
        &it.reason,
        &it.user_id,
        &it.created_at,
    ];
    unit.exec(&INSERT_HOLD, row).map(|_| ())
}

/// An account's holds, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn holds(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<LegalHold>, DbError> {
    conn.all(&HOLDS, &[&account_id], read_hold)
}

fn read_hold(row: &mut Columns<'_>) -> Result<LegalHold, DbError> {
    let (id, account_id) = (row.get()?, row.get()?);
    let customer: Option<CustomerId> = row.get()?;
    let conversation: Option<ConversationId> = row.get()?;
    let held = match (customer, conversation) {
        (Some(id), _) => Held::Customer(id),
        (None, Some(id)) => Held::Conversation(id),
        (None, None) => {
            return Err(DbError::Column {
                index: 2,
                wanted: "customer or conversation",
            });
        }
    };
    Ok(LegalHold {
        id,
        account_id,
        held,
        reason: row.get()?,
        user_id: row.get()?,
        created_at: row.get()?,
    })
}

/// Removes a hold.
///
/// # Errors
/// When there is no such hold.
pub fn delete_hold(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: LegalHoldId,
) -> Result<(), DbError> {
    found(unit.exec(&DELETE_HOLD, &[&account_id, &id])?)
}

/// Whether a hold keeps a customer, or anything of theirs.
///
/// # Errors
/// When the database does not answer.
pub fn is_customer_held(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: CustomerId,
) -> Result<bool, DbError> {
    Ok(conn.count(&IS_CUSTOMER_HELD, &[&account_id, &id])? > 0)
}

/// Whether a hold keeps a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn is_conversation_held(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
) -> Result<bool, DbError> {
    Ok(conn.count(&IS_CONVERSATION_HELD, &[&account_id, &id])? > 0)
}
