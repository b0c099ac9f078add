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
