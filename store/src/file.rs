//! The file itself: private, put aside when damaged, and how SQLite treats it.

use crate::StoreError;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long another run of the program may hold the file before we give up.
const PATIENCE: Duration = Duration::from_secs(5);

/// What marks a file in which damage was met.
const CONDEMNED: &str = "-condemned";

/// What SQLite and we keep beside the file.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", CONDEMNED];

/// Makes sure that the file is there and that only its owner can read it. SQLite gives the
/// files it keeps beside it the same rights.
pub(crate) fn prepare(path: &Path) -> Result<(), StoreError> {
    let failed = |cause| StoreError::Prepare {
        path: path.to_owned(),
        cause,
    };
    if let Some(folder) = path.parent() {
        make_private_folder(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(failed)?;
    drop(file);
    Ok(())
}

pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What may be lost when the power fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    /// The last moments, which can be fetched again.
    Normal,
    /// Nothing that was committed.
    Full,
}

/// The first SQLite that cannot lose what it said was written while one connection writes and
/// another moves the log.
const OLDEST_SAFE: i32 = 3_051_003;

fn check_version(number: i32) -> Result<(), StoreError> {
    if number < OLDEST_SAFE {
        return Err(StoreError::OldSqlite(rusqlite::version()));
    }
    Ok(())
}

/// Sets up a connection. Readers and one writer of several runs get along by the write-ahead
/// log.
pub(crate) fn configure(connection: &Connection, sync: Sync) -> Result<(), StoreError> {
    check_version(rusqlite::version_number())?;
    let synchronous = match sync {
        Sync::Normal => "NORMAL",
        Sync::Full => "FULL",
    };
    let set_up = || {
        connection.busy_timeout(PATIENCE)?;
        // A plan that does not rest on what is bound is made once and not for each execution.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", synchronous)?;
        // What is deleted is gone from the disk: customers who were erased were erased here too.
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "foreign_keys", "ON")
    };
    set_up().map_err(StoreError::Open)
}

/// Notes that damage was met in this file.
pub(crate) fn condemn(path: &Path) {
    let mark = with_suffix(path, CONDEMNED);
    // On a disk that takes nothing the damage is met again the next time.
    drop(fs::write(mark, ""));
}

/// Whether damage was met in this file.
pub(crate) fn is_condemned(path: &Path) -> bool {
    with_suffix(path, CONDEMNED).exists()
}

/// Moves a damaged file out of the way and says where it lies now.
pub(crate) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = (1..)
        .map(|n| with_suffix(path, &format!(".damaged-{n}")))
        .find(|candidate| !candidate.exists())
        .expect("there are more numbers than files");
    rename(path, &aside)?;
    for companion in COMPANIONS {
        rename(
            &with_suffix(path, companion),
            &with_suffix(&aside, companion),
        )?;
    }
    Ok(aside)
}

/// Removes the file and its companions.
pub(crate) fn remove(path: &Path) -> Result<(), StoreError> {
    for companion in COMPANIONS {
        remove_one(&with_suffix(path, companion))?;
    }
    remove_one(path)
}

fn remove_one(path: &Path) -> Result<(), StoreError> {
    allow_missing(fs::remove_file(path)).map_err(|cause| StoreError::Remove {
        path: path.to_owned(),
        cause,
    })
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    allow_missing(fs::rename(from, to)).map_err(|cause| StoreError::Remove {
        path: from.to_owned(),
        cause,
    })
}

fn allow_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_can_lose_writes_is_not_worked_with() {
        assert!(matches!(
            check_version(3_051_002),
            Err(StoreError::OldSqlite(_))
        ));
        check_version(OLDEST_SAFE).unwrap();
    }
}
