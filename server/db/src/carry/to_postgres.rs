//! A desk on SQLite, moved to PostgreSQL: all of it, or nothing.

use super::remote::Remote;
use super::search::{INDEXES, Index, entries};
use super::table::{Table, tables};
use super::tally::Holding;
use super::unwell::named;
use super::{CarryError, Progress, Watch, online, step};
use crate::migrate;
use crate::value::{ToValue, Value};
use frontdesk_domain::Timestamp;
use rusqlite::Connection;
use std::path::Path;
use tokio_postgres::types::Type;

/// Copies a SQLite file of the newest schema into an empty PostgreSQL database, reads everything
/// back, compares, and only then keeps it. Says what each table holds on both sides.
///
/// # Errors
/// When there is something in the database already, or when the two are not equal: then nothing
/// was changed.
pub fn to_postgres(
    path: &Path,
    url: &str,
    now: Timestamp,
    watch: Watch<'_>,
) -> Result<Vec<Holding>, CarryError> {
    moved(path, url, now, watch).map_err(|error| named(error, url))
}

fn moved(
    path: &Path,
    url: &str,
    now: Timestamp,
    watch: Watch<'_>,
) -> Result<Vec<Holding>, CarryError> {
    let file = online::open(path)?;
    file.execute_batch("BEGIN; SELECT COUNT(*) FROM sqlite_schema;")
        .map_err(step("reading the database"))?;
    migrate::postgres(url, now)?;
    let remote = Remote::open(url)?;
    let all = tables(&file).map_err(step("reading the tables"))?;
    remote.run("beginning", "BEGIN")?;
    make_room(&remote, &all)?;
    let mut here = Vec::new();
    for table in &all {
        here.push(remote.fill(&file, table, watch)?);
    }
    for index in &INDEXES {
        index_rows(&remote, &file, index, watch)?;
    }
    set_sequences(&remote, &file)?;
    for (table, here) in all.iter().zip(&here) {
        watch(Progress {
            what: "comparing",
            done: here.rows,
        });
        let there = remote.drain(table, |_| Ok(()))?;
        if there != *here {
            return Err(CarryError::Differs {
                table: table.name.clone(),
                from: here.rows,
                to: there.rows,
            });
        }
    }
    remote.run("keeping what was copied", "COMMIT")?;
    remote.run("counting rows for the planner", "ANALYZE")?;
    Ok(here)
}

/// Sees that nobody is there. What migrations put into tables comes with the file.
fn make_room(remote: &Remote, all: &[Table]) -> Result<(), CarryError> {
    let looking = "looking for accounts";
    // Nobody may register between this look and the end.
    remote.run(looking, "LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE")?;
    if remote.number(looking, "SELECT COUNT(*) FROM accounts")? != Some(0) {
        return Err(CarryError::NotEmpty {
            place: remote.place.clone(),
        });
    }
    let names = all.iter().map(|table| format!("\"{}\"", table.name));
    let names = names.collect::<Vec<_>>().join(", ");
    remote.run("making room", &format!("TRUNCATE {names} CASCADE"))
}

/// Writes the terms of all texts aside and lets PostgreSQL make its vectors of them at once.
fn index_rows(
    remote: &Remote,
    file: &Connection,
    index: &Index,
    watch: Watch<'_>,
) -> Result<(), CarryError> {
    let name = index.table;
    let aside =
        "CREATE TEMPORARY TABLE carried (n BIGINT, account_id BYTEA, terms TEXT) ON COMMIT DROP";
    remote.run(name, aside)?;
    let types = [Type::INT8, Type::BYTEA, Type::TEXT];
    let copy = "COPY carried (n, account_id, terms) FROM STDIN BINARY";
    let mut done = 0;
    remote.fill_by(copy, &types, name, |writer| {
        entries(file, index, |entry| {
            done += 1;
            let account = entry.account_id.to_value();
            writer.write(&[Value::Int(entry.n), account, Value::Text(&entry.terms)])
        })
    })?;
    watch(Progress { what: name, done });
    let vectors = format!(
        "INSERT INTO {name} (n, account_id, terms)
         SELECT n, account_id, to_tsvector('simple', terms) FROM carried; DROP TABLE carried"
    );
    remote.run(name, &vectors)
}

const IDENTITIES: &str =
    "SELECT table_name::TEXT, column_name::TEXT FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES'";

/// New rows get numbers after all that were given, also where their rows have gone.
fn set_sequences(remote: &Remote, file: &Connection) -> Result<(), CarryError> {
    let doing = "setting sequences";
    for (table, column) in remote.pairs(doing, IDENTITIES)? {
        let given = format!(
            "SELECT MAX(COALESCE((SELECT MAX(\"{column}\") FROM \"{table}\"), 0),
                COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))"
        );
        let given: i64 = file
            .query_row(&given, [], |row| row.get(0))
            .map_err(step(doing))?;
        let next = given.saturating_add(1);
        let set = format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {next}, false)"
        );
        remote.number(doing, &set)?;
    }
    Ok(())
}
