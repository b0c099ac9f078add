//! SQLite: one file, write-ahead log, full sync.

mod undo;

use super::{Access, Engine};
use crate::conn::{Conn, Dialect};
use crate::error::{DbError, EngineError};
use crate::sql::Sql;
use crate::value::{Row, Value};
use rusqlite::ffi::ErrorCode;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use undo::Written;

/// SQLite before this version can lose acknowledged writes in WAL mode.
const OLDEST_SAFE: i32 = 3_051_003;

/// Statements kept prepared per connection.
const PREPARED: usize = 256;

#[derive(Debug)]
pub(crate) struct Sqlite {
    path: PathBuf,
    access: Access,
    conn: Connection,
    /// What the units of this batch wrote.
    written: Written,
    disk: Disk,
}

/// What became of the log when it should be emptied.
#[derive(Debug, PartialEq, Eq)]
enum Log {
    Empty,
    /// Somebody reads in it, for longer than we wait.
    InUse,
}

/// Whether what this connection believes about its files can still be built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disk {
    Sound,
    /// There was no room. What the log holds may be moved into the database, which gives its own
    /// room back.
    Crowded,
    /// Reading, writing or syncing failed. The kernel forgets what it could not write, so that
    /// a sync that succeeds afterwards proves nothing.
    Doubtful,
}

/// Refuses to run on a SQLite that can lose acknowledged writes.
pub(crate) fn check_version() -> Result<(), DbError> {
    check(rusqlite::version_number(), rusqlite::version())
}

fn check(number: i32, found: &str) -> Result<(), DbError> {
    if number < OLDEST_SAFE {
        let found = found.to_owned();
        return Err(DbError::OldSqlite { found });
    }
    Ok(())
}

impl Sqlite {
    /// Opens the file for one worker thread.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Self, DbError> {
        let conn = connect(path, access).map_err(|source| DbError::Open {
            place: path.display().to_string(),
            source: source.into(),
        })?;
        Ok(Self {
            path: path.to_owned(),
            access,
            conn,
            written: Written::default(),
            disk: Disk::Sound,
        })
    }
    /// Begins anew from what the files hold. Whatever the log holds is moved into the database
    /// and synced there before anything is added: no write of ours lies behind a hole.
    fn reopen(&mut self) -> Result<(), DbError> {
        let failed = |source: rusqlite::Error| DbError::Open {
            place: self.path.display().to_string(),
            source: source.into(),
        };
        self.conn = connect(&self.path, self.access).map_err(failed)?;
        if self.access == Access::Write && self.empty_log().map_err(failed)? == Log::InUse {
            return Err(DbError::Gone);
        }
        tracing::warn!("the database was opened again after its disk had failed");
        self.disk = Disk::Sound;
        Ok(())
    }

    /// Moves what the log holds into the database, syncs it there, and lets the log's room go.
    fn empty_log(&self) -> rusqlite::Result<Log> {
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                Ok(match row.get::<_, bool>(0)? {
                    true => Log::InUse,
                    false => Log::Empty,
                })
            })
    }

    /// Remembers what a failure means for the files.
    fn noticed<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        match &result {
            Err(DbError::Disk { .. }) => self.disk = Disk::Doubtful,
            Err(DbError::Full) if self.disk == Disk::Sound => self.disk = Disk::Crowded,
            _ => {}
        }
        result
    }

    /// Looks for damage, as far as a quick look goes.
    pub(crate) fn quick_check(&self) -> Result<(), DbError> {
        let found = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
            .map_err(|source| statement("quick_check", source))?;
        if found == "ok" {
            Ok(())
        } else {
            Err(DbError::Damaged { detail: found })
        }
    }

    /// Writes a consistent copy of the whole database to a new file.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), DbError> {
        let failed = |source: EngineError| DbError::Snapshot {
            path: path.to_owned(),
            source,
        };
        let part = path.with_added_extension("part");
        // One that is there is of a start that ended in the middle of it.
        let begun = match std::fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        begun.map_err(|error| failed(error.into()))?;
        let written = self
            .conn
            .execute("VACUUM INTO ?1", [part.display().to_string()]);
        let kept = written.map_err(EngineError::from).and_then(|_| {
            // SQLite does not see to it that what it writes this way is on the disk.
            File::open(&part)?.sync_all()?;
            std::fs::rename(&part, path)?;
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            Ok(File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?)
        });
        kept.map_err(|source| {
            // What cannot be removed now is removed by the next try.
            drop(std::fs::remove_file(&part));
            failed(source)
        })
    }

    fn simple(&mut self, text: &'static str) -> Result<(), DbError> {
        let ran = self
            .conn
            .prepare_cached(text)
            .and_then(|mut ready| ready.raw_execute())
            .map(|_| ())
            .map_err(|source| statement(text, source));
        self.noticed(ran)
    }

    fn run_rows(
        &mut self,
        sql: &Sql,
        args: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let failed = |source| statement(sql.name, source);
        let mut ready = self
            .conn
            .prepare_cached(sql.text(Dialect::Sqlite))
            .map_err(failed)?;
        bind(&mut ready, args).map_err(failed)?;
        let writes = !ready.readonly();
        let mut rows = ready.raw_query();
        // All that a statement writes is written before its first row comes.
        let mut found = rows.next().map_err(failed)?;
        if writes {
            self.written.note(sql.text(Dialect::Sqlite), args);
        }
        while let Some(row) = found {
            each(&SqliteRow(row))?;
            found = rows.next().map_err(failed)?;
        }
        Ok(())
    }
}

/// Opens the file and sets the connection up.
fn connect(path: &Path, access: Access) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(PREPARED);
    let (cache_kib, query_only) = match access {
        Access::Write => (32 * 1024, 0),
        Access::Read => (8 * 1024, 1),
    };
    conn.execute_batch(&format!(
        "PRAGMA busy_timeout = 10000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 8000;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -{cache_kib};
         PRAGMA query_only = {query_only};"
    ))?;
    Ok(conn)
}

impl Conn for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn prepare(&mut self, sql: &Sql) -> Result<(), DbError> {
        let ready = self.conn.prepare_cached(sql.text(Dialect::Sqlite));
        ready
            .map(|_| ())
            .map_err(|source| statement(sql.name, source))
    }

    fn exec_values(&mut self, sql: &Sql, args: &[Value<'_>]) -> Result<u64, DbError> {
        let run = || {
            let mut ready = self.conn.prepare_cached(sql.text(Dialect::Sqlite))?;
            bind(&mut ready, args)?;
            ready.raw_execute()
        };
        let ran = run().map_err(|source| statement(sql.name, source));
        let rows = self.noticed(ran)?;
        self.written.note(sql.text(Dialect::Sqlite), args);
        Ok(rows as u64)
    }

    fn rows_values(
        &mut self,
        sql: &Sql,
        args: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        let ran = self.run_rows(sql, args, each);
        self.noticed(ran)
    }
}

fn bind(ready: &mut rusqlite::CachedStatement<'_>, args: &[Value<'_>]) -> rusqlite::Result<()> {
    for (index, value) in args.iter().enumerate() {
        let value = match *value {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(number),
            Value::Real(number) => ValueRef::Real(number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        };
        ready.raw_bind_parameter(index + 1, ToSqlOutput::Borrowed(value))?;
    }
    Ok(())
}

struct SqliteRow<'a>(&'a rusqlite::Row<'a>);

impl Row for SqliteRow<'_> {
    fn value(&self, index: usize) -> Result<Value<'_>, DbError> {
        let missing = DbError::Column {
            index,
            wanted: "column",
        };
        let Ok(value) = self.0.get_ref(index) else {
            return Err(missing);
        };
        Ok(match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Value::Text(text),
                Err(_) => {
                    return Err(DbError::Column {
                        index,
                        wanted: "UTF-8 text",
                    });
                }
            },
            ValueRef::Blob(bytes) => Value::Blob(bytes),
        })
    }
}

/// Tells the failures a caller can act on from the rest.
fn statement(name: &'static str, source: rusqlite::Error) -> DbError {
    use rusqlite::ffi::{
        SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE,
    };
    if let rusqlite::Error::SqliteFailure(error, message) = &source {
        match (error.code, error.extended_code) {
            (ErrorCode::DiskFull, _) => return DbError::Full,
            (ErrorCode::SystemIoFailure, _) => {
                return DbError::Disk {
                    source: source.into(),
                };
            }
            (_, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) => {
                let what = message.as_deref().and_then(|text| text.rsplit('.').next());
                return DbError::Taken {
                    what: what.unwrap_or("key").to_owned(),
                };
            }
            (_, SQLITE_CONSTRAINT_FOREIGNKEY) => return DbError::Dangling,
            _ => {}
        }
    }
    DbError::Statement {
        statement: name,
        source: Box::new(source),
    }
}

impl Engine for Sqlite {
    fn conn(&mut self) -> &mut dyn Conn {
        self
    }

    fn ensure_open(&mut self) -> Result<(), DbError> {
        match self.disk {
            Disk::Sound => Ok(()),
            Disk::Doubtful => self.reopen(),
            Disk::Crowded => {
                self.disk = Disk::Sound;
                // Where this finds no room either, the next write is refused in turn.
                if self.access == Access::Write
                    && let Err(error) = self.empty_log()
                {
                    tracing::debug!(%error, "the log could not be emptied");
                }
                Ok(())
            }
        }
    }

    fn begin(&mut self, access: Access) -> Result<(), DbError> {
        self.written = Written::default();
        self.simple(match access {
            Access::Read => "BEGIN",
            Access::Write => "BEGIN IMMEDIATE",
        })
    }

    fn savepoint(&mut self) -> Result<(), DbError> {
        self.written.mark();
        Ok(())
    }

    fn move_savepoint(&mut self) -> Result<(), DbError> {
        self.savepoint()
    }

    fn rollback_to_savepoint(&mut self) -> Result<(), DbError> {
        let Some(kept) = self.written.before_mark() else {
            return Ok(());
        };
        self.rollback()?;
        self.begin(Access::Write)?;
        for each in &kept {
            each.run(&self.conn)
                .map_err(|source| statement("undo", source))?;
        }
        self.written = kept.into();
        Ok(())
    }

    fn commit(&mut self) -> Result<(), DbError> {
        self.simple("COMMIT").map_err(|error| match error {
            known @ (DbError::Full | DbError::Disk { .. }) => known,
            other => DbError::Commit {
                source: EngineError::from(other),
            },
        })
    }

    fn rollback(&mut self) -> Result<(), DbError> {
        if self.conn.is_autocommit() {
            Ok(())
        } else {
            self.simple("ROLLBACK")
        }
    }

    fn in_transaction(&self) -> bool {
        self.disk != Disk::Doubtful && !self.conn.is_autocommit()
    }

    fn why_lost(&self) -> DbError {
        match self.disk {
            Disk::Sound | Disk::Crowded => DbError::Full,
            Disk::Doubtful => DbError::Disk {
                source: "reading or writing failed".into(),
            },
        }
    }

    fn is_spoiled(&self) -> bool {
        false
    }

    fn script(&mut self, text: &str) -> Result<(), DbError> {
        self.conn
            .execute_batch(text)
            .map_err(|source| statement("script", source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_on_no_sqlite_that_can_lose_writes() {
        let refused = check(3_051_002, "3.51.2").unwrap_err().to_string();
        assert!(refused.contains("3.51.2") && refused.contains("3.51.3"));
        check(OLDEST_SAFE, "3.51.3").unwrap();
    }
}
