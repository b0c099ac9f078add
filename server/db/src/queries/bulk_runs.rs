//! Changes made to many conversations: the runs, and what became of each conversation.

use crate::conn::{Args, Conn};
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::bulk::{Item, Run, Tally};
use frontdesk_domain::{
    AccountId, BulkOutcome, BulkRunId, BulkState, ConversationId, Timestamp, UserId,
};

macro_rules! columns {
    () => {
        "id, account_id, user_id, scope, asked, undoes, state, total, done, skipped, failed, created_at, finished_at"
    };
}

statements! {
    INSERT = "INSERT INTO bulk_runs (id, account_id, user_id, scope, asked, undoes, state, total, done, skipped, failed,
        created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0, ?8)";
    BY_ID = (concat!("SELECT ", columns!(), " FROM bulk_runs WHERE account_id = ?1 AND id = ?2"));
    OF_USER = (concat!("SELECT ", columns!(), " FROM bulk_runs WHERE account_id = ?1 AND user_id = ?2
        ORDER BY created_at DESC, id LIMIT ?3"));
    UNDOING = (concat!("SELECT ", columns!(), " FROM bulk_runs WHERE account_id = ?1 AND undoes = ?2"));
    SET_TALLY = "UPDATE bulk_runs SET total = ?3, done = ?4, skipped = ?5, failed = ?6 WHERE account_id = ?1 AND id = ?2";
    SET_STATE = "UPDATE bulk_runs SET state = ?3, finished_at = ?4 WHERE account_id = ?1 AND id = ?2 AND state = ?5";
    PRUNE = "DELETE FROM bulk_runs WHERE finished_at < ?1 AND NOT EXISTS
        (SELECT 1 FROM bulk_runs u WHERE u.undoes = bulk_runs.id AND (u.finished_at IS NULL OR u.finished_at >= ?1))";
    CLEAR = "DELETE FROM bulk_items WHERE account_id = ?1 AND run_id = ?2";
    /// Conversations that are none, or of another account, become no items.
    ADD = "INSERT INTO bulk_items (run_id, account_id, place, conversation_id, outcome)
        SELECT ?2, ?1, ?3, c.id, 'waiting' FROM conversations c WHERE c.account_id = ?1 AND c.id = ?4";
    ADD_DONE_OF = "INSERT INTO bulk_items (run_id, account_id, place, conversation_id, outcome, kept)
        SELECT ?2, i.account_id, i.place, i.conversation_id, 'waiting', i.kept FROM bulk_items i
        WHERE i.account_id = ?1 AND i.run_id = ?3 AND i.outcome = 'done' AND i.place > ?4 AND i.place <= ?5";
    LAST_PLACE = "SELECT MAX(place) FROM bulk_items WHERE account_id = ?1 AND run_id = ?2";
    WAITING = "SELECT place, conversation_id, outcome, reason, kept FROM bulk_items
        WHERE account_id = ?1 AND run_id = ?2 AND outcome = 'waiting' ORDER BY place LIMIT ?3";
    AFTER = "SELECT place, conversation_id, outcome, reason, kept FROM bulk_items
        WHERE account_id = ?1 AND run_id = ?2 AND place > ?3 ORDER BY place LIMIT ?4";
    AFTER_OF = "SELECT place, conversation_id, outcome, reason, kept FROM bulk_items
        WHERE account_id = ?1 AND run_id = ?2 AND place > ?3 AND outcome = ?5 ORDER BY place LIMIT ?4";
    SETTLE = "UPDATE bulk_items SET outcome = ?4, reason = ?5, kept = COALESCE(?6, kept)
        WHERE account_id = ?1 AND run_id = ?2 AND place = ?3 AND outcome = 'waiting'";
    COUNTS = "SELECT outcome, COUNT(*) FROM bulk_items WHERE account_id = ?1 AND run_id = ?2 GROUP BY outcome";
}

fn read(row: &mut Columns<'_>) -> Result<Run, DbError> {
    Ok(Run {
        id: row.get()?,
        account_id: row.get()?,
        user_id: row.get()?,
        scope: row.get()?,
        asked: row.get()?,
        undoes: row.get()?,
        state: row.get()?,
        tally: Tally {
            total: row.get()?,
            done: row.get()?,
            skipped: row.get()?,
            failed: row.get()?,
        },
        created_at: row.get()?,
        finished_at: row.get()?,
    })
}

fn read_item(row: &mut Columns<'_>) -> Result<Item, DbError> {
    Ok(Item {
        place: row.get()?,
        conversation_id: row.get()?,
        outcome: row.get()?,
        reason: row.get()?,
        kept: row.get()?,
    })
}

/// Stores a new run, which has no items yet.
///
/// # Errors
/// [`DbError::Taken`] when the run it takes back is taken back already.
pub fn insert(unit: &mut Unit<'_>, it: &Run) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.user_id,
            &it.scope,
            &it.asked,
            &it.undoes,
            &it.state,
            &it.created_at,
        ],
    )?;
    Ok(())
}

/// A run of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BulkRunId,
) -> Result<Option<Run>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// A user's runs, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
    limit: i64,
) -> Result<Vec<Run>, DbError> {
    conn.all(&OF_USER, &[&account_id, &user_id, &limit], read)
}

/// The run that takes this one back.
///
/// # Errors
/// When the database does not answer.
pub fn undoing(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BulkRunId,
) -> Result<Option<Run>, DbError> {
    conn.one(&UNDOING, &[&account_id, &id], read)
}

/// Moves a run from one state to another, and says whether it was in the first.
///
/// # Errors
/// When the database refuses it.
pub fn set_state(unit: &mut Unit<'_>, run: &Run, to: BulkState) -> Result<bool, DbError> {
    let ends = matches!(to, BulkState::Done | BulkState::Cancelled);
    let finished_at = ends.then(|| unit.now());
    let args: Args<'_> = &[&run.account_id, &run.id, &to, &finished_at, &run.state];
    Ok(unit.exec(&SET_STATE, args)? > 0)
}

/// Keeps how far a run is.
///
/// # Errors
/// When the database refuses it.
pub fn set_tally(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: BulkRunId,
    tally: &Tally,
) -> Result<(), DbError> {
    let args: Args<'_> = &[
        &account_id,
        &id,
        &tally.total,
        &tally.done,
        &tally.skipped,
        &tally.failed,
    ];
    unit.exec(&SET_TALLY, args).map(|_| ())
}

/// Forgets runs that ended before a time, unless what takes one back is still going on.
///
/// # Errors
/// When the database refuses it.
pub fn prune(unit: &mut Unit<'_>, before: Timestamp) -> Result<u64, DbError> {
    unit.exec(&PRUNE, &[&before])
}

/// Forgets which conversations a run is about.
///
/// # Errors
/// When the database refuses it.
pub fn clear(unit: &mut Unit<'_>, account_id: AccountId, id: BulkRunId) -> Result<(), DbError> {
    unit.exec(&CLEAR, &[&account_id, &id]).map(|_| ())
}

/// Adds conversations to a run, from this place on.
///
/// # Errors
/// When the database refuses it.
pub fn add(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: BulkRunId,
    first: i64,
    conversations: &[ConversationId],
) -> Result<(), DbError> {
    for (place, conversation) in (first..).zip(conversations) {
        unit.send(&ADD, &[&account_id, &id, &place, conversation])?;
    }
    Ok(())
}

/// Adds what another run did in these places to a run that takes it back.
///
/// # Errors
/// When the database refuses it.
pub fn add_done_of(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: BulkRunId,
    undoes: BulkRunId,
    places: std::ops::RangeInclusive<i64>,
) -> Result<(), DbError> {
    let (before, last) = (places.start() - 1, *places.end());
    let args: Args<'_> = &[&account_id, &id, &undoes, &before, &last];
    unit.exec(&ADD_DONE_OF, args).map(|_| ())
}

/// The last place of a run; 0 when it has none.
///
/// # Errors
/// When the database does not answer.
pub fn last_place(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BulkRunId,
) -> Result<i64, DbError> {
    let found = conn.one(&LAST_PLACE, &[&account_id, &id], first::<Option<i64>>)?;
    Ok(found.flatten().unwrap_or(0))
}

/// The next conversations whose turn has not come.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BulkRunId,
    limit: i64,
) -> Result<Vec<Item>, DbError> {
    conn.all(&WAITING, &[&account_id, &id, &limit], read_item)
}

/// What became of the conversations after a place, of one outcome or of all.
///
/// # Errors
/// When the database does not answer.
pub fn items(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: BulkRunId,
    outcome: Option<BulkOutcome>,
    after: i64,
    limit: i64,
) -> Result<Vec<Item>, DbError> {
    match outcome {
        None => conn.all(&AFTER, &[&account_id, &id, &after, &limit], read_item),
        Some(outcome) => conn.all(
            &AFTER_OF,
            &[&account_id, &id, &after, &limit, &outcome],
            read_item,
        ),
    }
}

/// Keeps what became of a conversation, once: a second answer changes nothing.
///
/// # Errors
/// When the database refuses it.
pub fn settle(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: BulkRunId,
    item: &Item,
) -> Result<(), DbError> {
    let args: Args<'_> = &[
        &account_id,
        &id,
        &item.place,
        &item.outcome,
        &item.reason,
        &item.kept,
    ];
    unit.exec(&SETTLE, args).map(|_| ())
}

/// Counts a run's conversations by what became of them.
///
/// # Errors
/// When the database does not answer.
pub fn tally(conn: &mut dyn Conn, account_id: AccountId, id: BulkRunId) -> Result<Tally, DbError> {
    let counts = conn.all(&COUNTS, &[&account_id, &id], |row| {
        Ok((row.get::<BulkOutcome>()?, row.get::<i64>()?))
    })?;
    let total = Tally {
        total: counts.iter().map(|(_, count)| count).sum(),
        ..Tally::default()
    };
    Ok(counts.iter().fold(total, |tally, (outcome, count)| {
        tally.with(*outcome, *count)
    }))
}
