//! A database of either engine, copied into a SQLite file.

use super::remote::{OFTEN, Remote};
use super::table::{Table, tables};
use super::tally::{Holding, Tally};
use super::{CarryError, Progress, Watch, online, step};
use crate::migrate;
use crate::open::Place;
use crate::value::Value;
use frontdesk_domain::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Statement};
use std::path::Path;

/// Whether the search indexes came along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    Included,
    /// They are made anew with [`super::index_again`].
    LeftOut,
}

/// A copy that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub search: Search,
}

/// Copies one moment of a database into a new file, while others go on writing. Nothing is
/// migrated: the copy has the version that the database has.
///
/// # Errors
/// When either cannot be read or written. What there is of the file is the caller's to remove.
pub fn to_file(
    place: &Place,
    into: &Path,
    now: Timestamp,
    watch: Watch<'_>,
) -> Result<Copied, CarryError> {
    match place {
        Place::Sqlite(path) => {
            online::copy(path, into, watch)?;
            migrate::known_version_of(into)?;
            Ok(Copied {
                search: Search::Included,
            })
        }
        Place::Postgres { url, .. } => {
            export(&Remote::open(url)?, into, now, watch)?;
            Ok(Copied {
                search: Search::LeftOut,
            })
        }
    }
}

const SCHEMA: &str = "SELECT MAX(version) FROM schema_migrations";

/// Reads all tables in one transaction into a file with the same version of the schema.
fn export(
    remote: &Remote,
    into: &Path,
    now: Timestamp,
    watch: Watch<'_>,
) -> Result<(), CarryError> {
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    remote.run("reading the database", begin)?;
    let version = remote.number("reading the version of the schema", SCHEMA)?;
    migrate::sqlite_up_to(into, version.unwrap_or(0), now)?;
    let making = || "making the copy";
    let mut file = Connection::open(into).map_err(step(making()))?;
    // Rows come table by table, parents first; and the file is synced when it is whole.
    file.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;",
    )
    .map_err(step(making()))?;
    let tx = file.transaction().map_err(step(making()))?;
    for table in tables(&tx).map_err(step(making()))? {
        let taken = take(remote, &tx, &table, watch)?;
        compare(&tx, &table, &taken)?;
    }
    carry_sequences(remote, &tx)?;
    tx.commit().map_err(step(making()))
}

fn take(
    remote: &Remote,
    file: &Connection,
    table: &Table,
    watch: Watch<'_>,
) -> Result<Holding, CarryError> {
    let doing = || format!("copying {}", table.name);
    file.execute(&format!("DELETE FROM \"{}\"", table.name), [])
        .map_err(step(doing()))?;
    let mut insert = file.prepare(&table.insert()).map_err(step(doing()))?;
    let mut done = 0;
    remote.drain(table, |values| {
        bind(&mut insert, values).map_err(step(doing()))?;
        insert.raw_execute().map_err(step(doing()))?;
        done += 1;
        if done % OFTEN == 0 {
            let what = table.name.as_str();
            watch(Progress { what, done });
        }
        Ok(())
    })
}

fn bind(insert: &mut Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for (at, value) in values.iter().enumerate() {
        let value = match *value {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(number),
            Value::Real(number) => ValueRef::Real(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        };
        insert.raw_bind_parameter(at + 1, ToSqlOutput::Borrowed(value))?;
    }
    Ok(())
}

/// Reads a table back, and refuses a file in which it is not what came.
fn compare(file: &Connection, table: &Table, taken: &Holding) -> Result<(), CarryError> {
    let there = held(file, table).map_err(step(format!("comparing {}", table.name)))?;
    if there == *taken {
        return Ok(());
    }
    Err(CarryError::Differs {
        table: table.name.clone(),
        from: taken.rows,
        to: there.rows,
    })
}

fn held(file: &Connection, table: &Table) -> rusqlite::Result<Holding> {
    let mut tally = Tally::default();
    let mut rows = file.prepare(&table.select())?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        tally.add(&table.values(row)?);
    }
    Ok(tally.holding(&table.name))
}

/// Numbers that were given are never given again, also where their rows have gone.
fn carry_sequences(remote: &Remote, file: &Connection) -> Result<(), CarryError> {
    let doing = || "carrying sequences";
    let counted = "SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'";
    let mut names = file.prepare(counted).map_err(step(doing()))?;
    let names = names
        .query_map([], |row| row.get::<_, String>(0))
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(step(doing()))?;
    for name in names {
        let last = format!(
            "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()
             AND sequencename = (SELECT split_part(pg_get_serial_sequence('{name}', column_name), '.', 2)
                FROM information_schema.columns WHERE table_name = '{name}' AND is_identity = 'YES'
                AND table_schema = current_schema() LIMIT 1)"
        );
        let Some(last) = remote.number(doing(), &last)? else {
            continue;
        };
        file.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [&name])
            .map_err(step(doing()))?;
        let row = (&name, last);
        file.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
            row,
        )
        .map_err(step(doing()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_not_what_came_is_refused_though_it_has_as_many_rows() {
        let file = Connection::open_in_memory().unwrap();
        file.execute_batch(
            "CREATE TABLE t (id INTEGER, word TEXT); INSERT INTO t VALUES (1, 'a');",
        )
        .unwrap();
        let all = tables(&file).unwrap();
        let taken = held(&file, &all[0]).unwrap();
        compare(&file, &all[0], &taken).unwrap();
        file.execute("UPDATE t SET word = 'b'", []).unwrap();
        let refused = compare(&file, &all[0], &taken);
        let differs = CarryError::Differs {
            table: "t".to_owned(),
            from: 1,
            to: 1,
        };
        assert_eq!(refused.unwrap_err().to_string(), differs.to_string());
    }
}
