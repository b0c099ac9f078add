//! Searches that are kept under a name.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::view::{SavedView, Whose};
use frontdesk_domain::{AccountId, TeamId, UserId, ViewId};

macro_rules! columns {
    () => {
        "id, account_id, name, query, sort, owner_id, team_id, position, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO views (id, account_id, name, query, sort, owner_id, team_id, position, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    UPDATE = "UPDATE views SET name = ?3, query = ?4, sort = ?5, owner_id = ?6, team_id = ?7, position = ?8, updated_at = ?9
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM views WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM views WHERE account_id = ?1 AND id = ?2"));
    SEEN_BY = (concat!("SELECT ", columns!(), " FROM views WHERE account_id = ?1 AND (owner_id = ?2
        OR (owner_id IS NULL AND team_id IS NULL)
        OR team_id IN (SELECT m.team_id FROM team_members m WHERE m.user_id = ?2))
        ORDER BY position, created_at, id"));
    IN_TEAM = "SELECT 1 FROM team_members m JOIN teams t ON t.id = m.team_id
        WHERE t.account_id = ?1 AND m.team_id = ?2 AND m.user_id = ?3";
    COUNT = "SELECT COUNT(*) FROM views WHERE account_id = ?1";
}

fn read(row: &mut Columns<'_>) -> Result<SavedView, DbError> {
    let (id, account_id, name) = (row.get()?, row.get()?, row.get()?);
    let (query, sort) = (row.get()?, row.get()?);
    let owner = row.get::<Option<UserId>>()?;
    let team = row.get::<Option<TeamId>>()?;
    Ok(SavedView {
        id,
        account_id,
        name,
        query,
        sort,
        whose: match (owner, team) {
            (Some(user), _) => Whose::User(user),
            (None, Some(team)) => Whose::Team(team),
            (None, None) => Whose::Everybody,
        },
        position: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new view.
///
/// # Errors
/// When the account, the user or the team does not exist.
pub fn insert(unit: &mut Unit<'_>, it: &SavedView) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.query,
            &it.sort,
            &it.whose.owner(),
            &it.whose.team(),
            &it.position,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a view's fields and says how many rows that were.
///
/// # Errors
/// When the team does not exist.
pub fn update(unit: &mut Unit<'_>, it: &SavedView) -> Result<u64, DbError> {
    unit.exec(
        &UPDATE,
        &[
            &it.account_id,
            &it.id,
            &it.name,
            &it.query,
            &it.sort,
            &it.whose.owner(),
            &it.whose.team(),
            &it.position,
            &it.updated_at,
        ],
    )
}

/// Deletes a view and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: ViewId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A view of the account, whoever sees it.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ViewId,
) -> Result<Option<SavedView>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// The views a user sees: their own, those of their teams, and everybody's.
///
/// # Errors
/// When the database does not answer.
pub fn seen_by(
    conn: &mut dyn Conn,
    account_id: AccountId,
    user_id: UserId,
) -> Result<Vec<SavedView>, DbError> {
    conn.all(&SEEN_BY, &[&account_id, &user_id], read)
}

/// Whether a user is in a team of the account.
///
/// # Errors
/// When the database does not answer.
pub fn is_in_team(
    conn: &mut dyn Conn,
    account_id: AccountId,
    team_id: TeamId,
    user_id: UserId,
) -> Result<bool, DbError> {
    let found = conn.one(&IN_TEAM, &[&account_id, &team_id, &user_id], first::<i64>)?;
    Ok(found.is_some())
}

/// How many views an account keeps.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut dyn Conn, account_id: AccountId) -> Result<i64, DbError> {
    Ok(conn.one(&COUNT, &[&account_id], first::<i64>)?.unwrap_or(0))
}
