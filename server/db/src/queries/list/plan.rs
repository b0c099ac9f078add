//! How the database means to find a list: for tests, and for whoever wonders why one is slow.

use super::cursor::Cursor;
use super::walk::{self, Composed};
use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::counts;
use crate::queries::filter::{ConversationFilter, Reach};
use crate::sql::Sql;
use crate::value::{Columns, first};
use frontdesk_domain::Actor;

/// What a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A page, walking along the list.
    Walk,
    /// A page, from few rows of another table.
    Seed,
    /// The length of the list.
    Count,
}

/// A statement's plan in the words of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub purpose: Purpose,
    pub statement: String,
    pub steps: Vec<String>,
}

/// The plans of all statements that a filter may need.
///
/// # Errors
/// When the database does not understand one of them.
pub fn plans(
    conn: &mut dyn Conn,
    actor: &Actor,
    filter: &ConversationFilter,
    at: Option<Cursor>,
) -> Result<Vec<Plan>, DbError> {
    let (dialect, reach) = (conn.dialect(), Reach::of(actor));
    let pages = walk::along_lanes(dialect, &reach, filter, at, super::LONGEST_PAGE);
    let seeds = walk::from_seeds(dialect, &reach, filter, at, super::LONGEST_PAGE);
    let count = counts::composed(dialect, &reach, filter);
    let all = (pages.iter().map(|it| (Purpose::Walk, it)))
        .chain(seeds.iter().map(|it| (Purpose::Seed, it)))
        .chain(std::iter::once((Purpose::Count, &count)));
    all.map(|(purpose, it)| explain(conn, purpose, it))
        .collect()
}

fn explain(conn: &mut dyn Conn, purpose: Purpose, it: &Composed) -> Result<Plan, DbError> {
    let dialect = conn.dialect();
    let statement = it.sql.text(dialect).to_owned();
    let steps = match dialect {
        Dialect::Sqlite => {
            let explain = Sql::composed("EXPLAIN", format!("EXPLAIN QUERY PLAN {statement}"));
            conn.all_values(&explain, &it.values(), sqlite_step)?
        }
        Dialect::Postgres => {
            let explain = Sql::composed("EXPLAIN", format!("EXPLAIN {statement}"));
            conn.all_values(&explain, &it.values(), first::<String>)?
        }
    };
    Ok(Plan {
        purpose,
        statement,
        steps,
    })
}

/// The words come after three numbers.
fn sqlite_step(row: &mut Columns<'_>) -> Result<String, DbError> {
    for _ in 0..3 {
        row.get::<i64>()?;
    }
    row.get()
}
