//! Work by the clock: each slot of time is taken once, however many servers there are.

use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;

statements! {
    TAKE = "INSERT INTO job_slots (name, slot) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET slot = excluded.slot
        WHERE job_slots.slot < excluded.slot OR job_slots.slot > excluded.slot + ?3";
}

/// Takes a slot for this unit; `false` when it was taken, or a later one. A slot more than `ahead`
/// after this one was taken by a clock that was wrong, and counts for nothing.
///
/// # Errors
/// When the database refuses it.
pub fn take(unit: &mut Unit<'_>, name: &str, slot: i64, ahead: i64) -> Result<bool, DbError> {
    Ok(unit.exec(&TAKE, &[&name, &slot, &ahead])? > 0)
}
