//! Teams and who is in them.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::found;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::account::Team;
use frontdesk_domain::{AccountId, TeamId, UserId};

macro_rules! columns {
    () => {
        "id, account_id, name, created_at, updated_at"
    };
}

statements! {
    INSERT = "INSERT INTO teams (id, account_id, name, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    UPDATE = "UPDATE teams SET name = ?3, updated_at = ?4
        WHERE account_id = ?1 AND id = ?2";
    DELETE = "DELETE FROM teams WHERE account_id = ?1 AND id = ?2";
    BY_ID = (concat!("SELECT ", columns!(), " FROM teams WHERE account_id = ?1 AND id = ?2"));
    OF_ACCOUNT = (concat!("SELECT ", columns!(), " FROM teams WHERE account_id = ?1 ORDER BY created_at, id"));
    OF_USER = (concat!("SELECT ", columns!(), " FROM teams WHERE account_id = ?1
        AND id IN (SELECT team_id FROM team_members WHERE user_id = ?2) ORDER BY created_at, id"));
    MEMBERS = "SELECT user_id FROM team_members
        WHERE team_id IN (SELECT id FROM teams WHERE account_id = ?1 AND id = ?2) ORDER BY user_id";
    /// The update that changes nothing makes a repeated row count as found.
    ADD_MEMBER = "INSERT INTO team_members (team_id, user_id) SELECT t.id, u.id FROM teams t, users u
        WHERE t.account_id = ?1 AND t.id = ?2 AND u.account_id = ?1 AND u.id = ?3
        ON CONFLICT (team_id, user_id) DO UPDATE SET user_id = excluded.user_id";
    REMOVE_MEMBER = "DELETE FROM team_members WHERE team_id = ?2 AND user_id = ?3
        AND team_id IN (SELECT id FROM teams WHERE account_id = ?1)";
}

fn read(row: &mut Columns<'_>) -> Result<Team, DbError> {
    Ok(Team {
        id: row.get()?,
        account_id: row.get()?,
        name: row.get()?,
        created_at: row.get()?,
        updated_at: row.get()?,
    })
}

/// Stores a new team.
///
/// # Errors
/// When the name is taken.
pub fn insert(unit: &mut Unit<'_>, it: &Team) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.id,
            &it.account_id,
            &it.name,
            &it.created_at,
            &it.updated_at,
        ],
    )?;
    Ok(())
}

/// Replaces a team's fields and says how many rows that were: none when the account has
/// no such team.
///
/// # Errors
/// When the name is taken.
pub fn update(unit: &mut Unit<'_>, it: &Team) -> Result<u64, DbError> {
    unit.exec(&UPDATE, &[&it.account_id, &it.id, &it.name, &it.updated_at])
}

/// Deletes a team and says how many rows that were; its conversations stay, without one.
///
/// # Errors
/// When the database refuses it.
pub fn delete(unit: &mut Unit<'_>, account_id: AccountId, id: TeamId) -> Result<u64, DbError> {
    unit.exec(&DELETE, &[&account_id, &id])
}

/// A team of the account.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: TeamId,
) -> Result<Option<Team>, DbError> {
    conn.one(&BY_ID, &[&account_id, &id], read)
}

/// All teams of the account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_account(conn: &mut dyn Conn, account_id: AccountId) -> Result<Vec<Team>, DbError> {
    conn.all(&OF_ACCOUNT, &[&account_id], read)
}

/// The teams a user is in.
///
/// # Errors
/// When the database does not answer.
pub fn of_user(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: UserId,
) -> Result<Vec<Team>, DbError> {
    conn.all(&OF_USER, &[&account_id, &id], read)
}

/// Who is in a team.
///
/// # Errors
/// When the database does not answer.
pub fn members(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: TeamId,
) -> Result<Vec<UserId>, DbError> {
    conn.all(&MEMBERS, &[&account_id, &id], first)
}

/// Makes a user a member of a team; again is the same.
///
/// # Errors
/// When the account does not have both.
pub fn add_member(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: TeamId,
    user_id: UserId,
) -> Result<(), DbError> {
    found(unit.exec(&ADD_MEMBER, &[&account_id, &id, &user_id])?)
}

/// Ends a membership and says how many rows that were.
///
/// # Errors
/// When the database refuses it.
pub fn remove_member(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: TeamId,
    user_id: UserId,
) -> Result<u64, DbError> {
    unit.exec(&REMOVE_MEMBER, &[&account_id, &id, &user_id])
}
