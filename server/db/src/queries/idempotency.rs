//! Answers to commands that carry a key, so that a repeated command gets the same answer and
//! has no second effect.

use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use frontdesk_domain::{AccountId, Actor, Timestamp};

statements! {
    FIND = "SELECT fingerprint, answer FROM idempotency
        WHERE account_id = ?1 AND actor = ?2 AND idempotency_key = ?3";
    INSERT = "INSERT INTO idempotency (account_id, actor, idempotency_key, fingerprint, answer, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    PRUNE = "DELETE FROM idempotency WHERE created_at < ?1";
}

/// Who sent which command under which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    pub account_id: AccountId,
    /// The sender: keys of different users are different keys.
    pub actor: String,
    pub key: String,
    /// A hash over the command: the same key with another command is a mistake.
    pub fingerprint: [u8; 32],
}

impl Intent {
    /// The intent of an actor who sent a command under a key.
    #[must_use]
    pub fn of(actor: &Actor, key: String, fingerprint: [u8; 32]) -> Self {
        let sender = match (actor.user_id(), actor.customer_id()) {
            (Some(user), _) => format!("user:{user}"),
            (None, Some(customer)) => format!("customer:{customer}"),
            (None, None) => "system".to_owned(),
        };
        Self {
            account_id: actor.account_id,
            actor: sender,
            key,
            fingerprint,
        }
    }
}

/// What is known of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    New,
    /// It was carried out; this was the answer.
    Done(String),
    /// The key was used for another command.
    Other,
}

/// Looks the intent up.
///
/// # Errors
/// When the database does not answer.
pub fn find(unit: &mut Unit<'_>, intent: &Intent) -> Result<Known, DbError> {
    let found = unit.one(
        &FIND,
        &[&intent.account_id, &intent.actor, &intent.key],
        |row| Ok((row.get::<Vec<u8>>()?, row.get::<String>()?)),
    )?;
    Ok(match found {
        None => Known::New,
        Some((fingerprint, answer)) if fingerprint == intent.fingerprint => Known::Done(answer),
        Some(_) => Known::Other,
    })
}

/// Remembers the answer, in the unit that carries the command out.
///
/// # Errors
/// When the database refuses it.
pub fn remember(unit: &mut Unit<'_>, intent: &Intent, answer: &str) -> Result<(), DbError> {
    let now = unit.now();
    unit.exec(
        &INSERT,
        &[
            &intent.account_id,
            &intent.actor,
            &intent.key,
            &intent.fingerprint,
            &answer,
            &now,
        ],
    )?;
    Ok(())
}

/// Forgets answers from before `before`.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, before: Timestamp) -> Result<u64, DbError> {
    unit.exec(&PRUNE, &[&before])
}
