//! Migrations of SQLite files with a short history of our own.

use super::*;
use std::thread;

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

fn step(version: i64, sqlite: &'static str) -> Migration {
    Migration {
        version,
        name: "step",
        sqlite,
        postgres: "",
        then: None,
    }
}

fn first() -> Migration {
    step(1, "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (7);")
}

fn second() -> Migration {
    step(2, "ALTER TABLE a ADD COLUMN y INTEGER;")
}

/// What is in the table, and the version of the schema.
fn state(path: &Path) -> (Vec<i64>, i64) {
    let mut engine = Sqlite::open(path, Access::Read).unwrap();
    let rows = crate::Sql::common("T", "SELECT x FROM a");
    let rows = engine.conn().all(&rows, &[], crate::value::first).unwrap();
    let applied = engine.conn().all(&APPLIED, &[], crate::value::first::<i64>);
    (rows, applied.unwrap().into_iter().max().unwrap())
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let copy = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.contains("before") && name.ends_with(".sqlite3")
    };
    paths.filter(copy).collect()
}

#[test]
fn an_older_file_is_copied_before_it_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    sqlite_by(&[first()], &path, NOW).unwrap();
    assert_eq!(copies(folder.path()), Vec::<PathBuf>::new());
    sqlite_by(&[first(), second()], &path, NOW).unwrap();
    assert_eq!(state(&path), (vec![7], 2));
    let copies = copies(folder.path());
    assert_eq!(copies.len(), 1);
    assert_eq!(state(&copies[0]), (vec![7], 1));
    sqlite_by(&[first(), second()], &path, NOW).unwrap();
}

#[test]
fn a_newer_or_changed_history_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    sqlite_by(&[first(), second()], &path, NOW).unwrap();
    let refused = sqlite_by(&[first()], &path, NOW).unwrap_err();
    assert!(matches!(
        refused,
        DbError::NewerSchema { found: 2, known: 1 }
    ));
    let changed = [first(), step(2, "ALTER TABLE a ADD COLUMN z INTEGER;")];
    let refused = sqlite_by(&changed, &path, NOW).unwrap_err();
    assert!(matches!(refused, DbError::ChangedMigration { version: 2 }));
    assert_eq!(state(&path), (vec![7], 2));
}

#[test]
fn a_step_that_came_after_a_later_one_is_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    let third = || step(3, "CREATE TABLE b (z INTEGER);");
    sqlite_by(&[first(), third()], &path, NOW).unwrap();
    sqlite_by(&[first(), second(), third()], &path, NOW).unwrap();
    let mut engine = Sqlite::open(&path, Access::Read).unwrap();
    let all = check(&mut engine, &[first(), second(), third()]).unwrap();
    assert_eq!(all, [1, 2, 3]);
    let both = crate::Sql::common("BOTH", "SELECT COUNT(y) FROM a, b");
    assert_eq!(engine.conn().count(&both, &[]).unwrap(), 0);
}

#[test]
fn a_step_that_fails_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    sqlite_by(&[first()], &path, NOW).unwrap();
    let broken = step(2, "DELETE FROM a; CREATE TABLE a (x INTEGER);");
    let failed = sqlite_by(&[first(), broken], &path, NOW).unwrap_err();
    assert!(matches!(failed, DbError::Migration { version: 2, .. }));
    assert_eq!(state(&path), (vec![7], 1));
    sqlite_by(&[first(), second()], &path, NOW).unwrap();
}

/// A desk as the first release left it.
const DESK: &str = include_str!("../../../tests/faults/upgrade/desk_of_0001.sql");

/// Everything in a file: what each table is, and its rows.
fn everything(path: &Path) -> Vec<String> {
    let file = rusqlite::Connection::open(path).unwrap();
    let texts = |sql: &str| -> Vec<String> {
        let mut rows = file.prepare(sql).unwrap();
        let columns = rows.column_count();
        let text = |row: &rusqlite::Row<'_>| {
            let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            Ok(format!("{:?}", values.collect::<Vec<_>>()))
        };
        let found = rows.query_map([], text).unwrap();
        found.map(Result::unwrap).collect()
    };
    let mut names = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names = names.query_map([], |row| row.get(0)).unwrap();
    let names: Vec<String> = names.map(Result::unwrap).collect();
    let mut all = texts("SELECT name, sql FROM sqlite_schema ORDER BY name");
    for name in names {
        let mut rows = texts(&format!("SELECT * FROM \"{name}\""));
        rows.sort();
        all.push(name);
        all.append(&mut rows);
    }
    all
}

#[test]
fn every_older_program_gets_its_desk_back_as_it_was() {
    for before in 1..MIGRATIONS.len() {
        let older = &MIGRATIONS[..before];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.sqlite3");
        sqlite_by(&MIGRATIONS[..1], &path, NOW).unwrap();
        let file = rusqlite::Connection::open(&path).unwrap();
        file.execute_batch(DESK).unwrap();
        drop(file);
        sqlite_by(older, &path, NOW).unwrap();
        let was = everything(&path);
        let known = copies(folder.path());
        sqlite(&path, NOW).unwrap();
        let refused = sqlite_by(older, &path, NOW).unwrap_err();
        assert!(matches!(refused, DbError::NewerSchema { .. }));
        let mut copies = copies(folder.path());
        copies.retain(|it| !known.contains(it));
        assert_eq!(copies.len(), 1);
        // The way back that the manual tells.
        for beside in ["sqlite3-wal", "sqlite3-shm"] {
            drop(std::fs::remove_file(path.with_extension(beside)));
        }
        std::fs::rename(&copies[0], &path).unwrap();
        sqlite_by(older, &path, NOW).unwrap();
        assert_eq!(everything(&path), was, "schema {before}");
    }
}

#[test]
fn a_start_that_changed_nothing_leaves_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    sqlite_by(&[first()], &path, NOW).unwrap();
    let broken = || step(2, "CREATE TABLE a (x INTEGER);");
    sqlite_by(&[first(), broken()], &path, NOW).unwrap_err();
    assert_eq!(copies(folder.path()), Vec::<PathBuf>::new());
    // A copy of before a step that was kept is the way back.
    let third = step(3, "CREATE TABLE a (x INTEGER);");
    sqlite_by(&[first(), second(), third], &path, NOW).unwrap_err();
    let kept = copies(folder.path());
    assert_eq!(kept.len(), 1);
    assert_eq!(state(&kept[0]), (vec![7], 1));
}

#[test]
fn whoever_starts_meanwhile_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.sqlite3");
    thread::scope(|scope| {
        let starters: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| sqlite_by(&[first(), second()], &path, NOW)))
            .collect();
        for starter in starters {
            starter.join().unwrap().unwrap();
        }
    });
    assert_eq!(state(&path), (vec![7], 2));
}

#[test]
fn the_bundled_sqlite_loses_nothing() {
    crate::engine::sqlite::check_version().unwrap();
}
