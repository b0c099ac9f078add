//! Brings a database to the schema this program knows: step by step, each step whole or not at
//! all, never from a changed or a newer schema, and never without a copy of a SQLite file first.

use crate::conn::{Conn, Dialect};
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::engine::{Access, Engine};
use crate::error::DbError;
use crate::queries::audit::chain;
use crate::value::first;
use frontdesk_domain::Timestamp;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};

/// One step of the schema's history. Never edited after a release.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    /// What SQL alone cannot do, in the same transaction.
    then: Option<Finish>,
}

type Finish = fn(&mut dyn Conn) -> Result<(), DbError>;

macro_rules! migrations {
    (@then) => { None };
    (@then $then:path) => { Some($then as Finish) };
    ($($version:literal $name:literal $(then $then:path)?)+) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
            then: migrations!(@then $($then)?),
        },)+]
    };
}

static MIGRATIONS: &[Migration] = migrations! {
    1 "0001_init"
    2 "0002_jobs_and_webhooks"
    3 "0003_protection" then chain::existing
    4 "0004_privacy"
    5 "0005_files"
    6 "0006_connections"
    7 "0007_lines"
    8 "0008_mails"
    9 "0009_arrivals"
    10 "0010_bulk_runs"
    11 "0011_second_factors"
    12 "0012_ai"
    13 "0013_views"
    14 "0014_seats"
    15 "0015_signatures"
    16 "0016_traffic"
    17 "0017_draft_hints"
    18 "0018_seat_cards"
    19 "0019_ai_tasks"
    20 "0020_knowledge"
    21 "0021_ai_autonomy"
    22 "0022_draft_outcomes"
    23 "0023_scheduled_replies"
    24 "0024_blocked_customers"
    25 "0025_linked_conversations"
    26 "0026_consents"
    27 "0027_drafts_of_old_inboxes"
    28 "0028_ai_sorting"
    29 "0029_sent_messages"
    30 "0030_knowledge_vectors"
    31 "0031_answered_channels"
};

const JOURNAL: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL
)";

crate::sql::statements! {
    APPLIED = "SELECT version, checksum FROM schema_migrations ORDER BY version";
    STEPS = "SELECT COUNT(*) FROM schema_migrations";
    RECORD = "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)";
    HAS_JOURNAL = (
        "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migrations'",
        "SELECT COUNT(*) FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_name = 'schema_migrations'"
    );
    /// A second server that starts meanwhile waits here.
    LOCK = ("SELECT 1", "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7166371031)) AS locked");
}

impl Migration {
    fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }

    fn checksum(&self, dialect: Dialect) -> String {
        let digest = Sha256::digest(self.text(dialect));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The newest schema version this program knows.
#[must_use]
pub fn known_version() -> i64 {
    newest(MIGRATIONS)
}

fn newest(steps: &[Migration]) -> i64 {
    steps.last().map_or(0, |last| last.version)
}

/// The schema version of a SQLite file, which is left as it is.
pub(crate) fn known_version_of(path: &Path) -> Result<i64, DbError> {
    known_version_in(&mut Sqlite::open(path, Access::Read)?)
}

/// The schema version of an open database.
pub(crate) fn known_version_in(engine: &mut dyn Engine) -> Result<i64, DbError> {
    Ok(check(engine, MIGRATIONS)?.last().copied().unwrap_or(0))
}

/// Makes sure that nothing has to be migrated, for whoever only looks: a server of the version
/// before may be running.
pub(crate) fn require_current(engine: &mut dyn Engine) -> Result<(), DbError> {
    let journals: Option<i64> = engine.conn().one(&HAS_JOURNAL, &[], first)?;
    let found = match journals {
        Some(1..) => known_version_in(engine)?,
        _ => 0,
    };
    // What is empty is no older version.
    if found == 0 || found == known_version() {
        return Ok(());
    }
    Err(DbError::OlderSchema {
        found,
        known: known_version(),
    })
}

/// Makes a new SQLite file with an older schema, or the newest.
pub(crate) fn sqlite_up_to(path: &Path, version: i64, now: Timestamp) -> Result<(), DbError> {
    let Some(last) = MIGRATIONS.iter().position(|step| step.version == version) else {
        return Err(DbError::NewerSchema {
            found: version,
            known: known_version(),
        });
    };
    sqlite_by(&MIGRATIONS[..=last], path, now)
}

/// Migrates a SQLite file, after a look at its health and a copy beside it.
pub(crate) fn sqlite(path: &Path, now: Timestamp) -> Result<(), DbError> {
    sqlite_by(MIGRATIONS, path, now)
}

fn sqlite_by(steps: &[Migration], path: &Path, now: Timestamp) -> Result<(), DbError> {
    let _turn = turn(path);
    let mut engine = Sqlite::open(path, Access::Write)?;
    let applied = prepare(&mut engine, steps)?;
    if applied.len() == steps.len() {
        return Ok(());
    }
    let Some(before) = applied.last().copied() else {
        return run(&mut engine, steps, now);
    };
    engine.quick_check()?;
    let copy = snapshot_path(path, before, now);
    engine.copy_to(&copy)?;
    run(&mut engine, steps, now).inspect_err(|_| {
        let all = engine.conn().count(&STEPS, &[]);
        if all.is_ok_and(|count| usize::try_from(count) == Ok(applied.len())) {
            remove_idle(&copy);
        }
    })
}

/// Waits for whoever migrates a file in this folder, so that of those that start together one makes the
/// file, which SQLite refuses the others at once, one makes a copy, and nobody copies what is half done.
/// The turn ends when it is dropped.
fn turn(path: &Path) -> Option<File> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let held = File::open(folder.unwrap_or(Path::new("."))).and_then(|it| it.lock().map(|()| it));
    held.inspect_err(|error| {
        // Some file systems know no such locks. SQLite's own still keep two from changing it at once.
        tracing::warn!(error = %error.kind(), "other starts are not waited for");
    })
    .ok()
}

/// Takes a copy away that equals the database, in which nothing was changed: each start that finds no
/// room would leave one more.
fn remove_idle(copy: &Path) {
    if let Err(error) = std::fs::remove_file(copy) {
        tracing::warn!(path = %copy.display(), error = %error.kind(), "a copy cannot be removed");
    }
}

/// Where the copy made before a migration goes: never over another one.
fn snapshot_path(path: &Path, version: i64, now: Timestamp) -> PathBuf {
    let stamp = now.utc().strftime("%Y%m%dT%H%M%S").to_string();
    let name = format!("before-{}-{stamp}", version + 1);
    let mut free = path.with_extension(format!("{name}.sqlite3"));
    let mut copies = 1;
    while free.exists() {
        copies += 1;
        free = path.with_extension(format!("{name}-{copies}.sqlite3"));
    }
    free
}

/// Migrates a PostgreSQL database. Its backups are its owner's.
pub(crate) fn postgres(url: &str, now: Timestamp) -> Result<(), DbError> {
    let mut engine = Postgres::open(url)?;
    prepare(&mut engine, MIGRATIONS)?;
    run(&mut engine, MIGRATIONS, now)
}

/// Makes sure that there is a journal and that it is one this program can go on from; says which
/// steps the database has had, in order.
fn prepare(engine: &mut dyn Engine, steps: &[Migration]) -> Result<Vec<i64>, DbError> {
    within(engine, |engine| {
        engine.script(JOURNAL)?;
        check(engine, steps)
    })
}

fn check(engine: &mut dyn Engine, steps: &[Migration]) -> Result<Vec<i64>, DbError> {
    let dialect = engine.dialect();
    let applied = engine.conn().all(&APPLIED, &[], |row| {
        Ok((row.get::<i64>()?, row.get::<String>()?))
    })?;
    for (version, checksum) in &applied {
        let Some(known) = steps.iter().find(|known| known.version == *version) else {
            return Err(DbError::NewerSchema {
                found: *version,
                known: newest(steps),
            });
        };
        if known.checksum(dialect) != *checksum {
            return Err(DbError::ChangedMigration { version: *version });
        }
    }
    Ok(applied.into_iter().map(|(version, _)| version).collect())
}

fn run(engine: &mut dyn Engine, steps: &[Migration], now: Timestamp) -> Result<(), DbError> {
    for step in steps {
        let result = within(engine, |engine| {
            // Not only what is newer: of two steps made at once the later one may have come first.
            if !check(engine, steps)?.contains(&step.version) {
                apply(engine, step, now)?;
            }
            Ok(())
        });
        result.map_err(|error| match error {
            DbError::Statement { source, .. } => DbError::Migration {
                version: step.version,
                name: step.name,
                source,
            },
            other => other,
        })?;
    }
    Ok(())
}

fn apply(engine: &mut dyn Engine, step: &Migration, now: Timestamp) -> Result<(), DbError> {
    let dialect = engine.dialect();
    tracing::info!(
        version = step.version,
        name = step.name,
        "migrating the database"
    );
    engine.script(step.text(dialect))?;
    if let Some(then) = step.then {
        then(engine.conn())?;
    }
    let checksum = step.checksum(dialect);
    engine
        .conn()
        .exec(&RECORD, &[&step.version, &step.name, &checksum, &now])?;
    Ok(())
}

/// Runs `work` in a transaction of its own, one starter at a time.
fn within<T>(
    engine: &mut dyn Engine,
    work: impl FnOnce(&mut dyn Engine) -> Result<T, DbError>,
) -> Result<T, DbError> {
    engine.begin(Access::Write)?;
    let result = engine
        .conn()
        .one(&LOCK, &[], |_| Ok(()))
        .and_then(|_| work(engine));
    match result {
        Ok(value) => engine.commit().map(|()| value),
        Err(error) => {
            engine.rollback()?;
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests;
