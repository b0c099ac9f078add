//! Copies a SQLite file while a server writes to it.

use super::{CarryError, Pace, Progress, Watch, step};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::path::Path;
use std::time::Duration;

/// Pages copied at once: 1 MiB, as long as nobody has another size of pages.
const PAGES: i32 = 256;
const PAGE: u64 = 4096;

/// How long to wait for a lock that the server holds for a moment.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a file that is there, without changing anything about it.
pub(super) fn open(path: &Path) -> Result<Connection, CarryError> {
    if !path.exists() {
        return Err(CarryError::Missing {
            place: path.display().to_string(),
        });
    }
    let doing = || format!("opening {}", path.display());
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(step(doing()))?;
    conn.busy_timeout(PATIENCE).map_err(step(doing()))?;
    conn.execute_batch("PRAGMA query_only = 1")
        .map_err(step(doing()))?;
    Ok(conn)
}

/// Makes a copy of one moment of the file. The moment is held by a read transaction: what the
/// server writes meanwhile neither gets in nor makes the copy begin again.
pub(super) fn copy(from: &Path, into: &Path, watch: Watch<'_>) -> Result<(), CarryError> {
    crate::engine::sqlite::check_version()?;
    let source = open(from)?;
    let reading = || "reading the database";
    source
        .execute_batch("BEGIN; SELECT COUNT(*) FROM sqlite_schema;")
        .map_err(step(reading()))?;
    let mut copy = Connection::open(into).map_err(step(format!("making {}", into.display())))?;
    // Whoever asked for the copy syncs the end of it when it is whole.
    copy.execute_batch("PRAGMA synchronous = OFF")
        .map_err(step("making the copy"))?;
    let backup = Backup::new(&source, &mut copy).map_err(step(reading()))?;
    let written = File::open(into).map_err(step("making the copy"))?;
    let mut pace = Pace::new();
    let mut before = 0;
    loop {
        let found = backup.step(PAGES).map_err(step(reading()))?;
        let at = backup.progress();
        let done = u64::try_from(at.pagecount - at.remaining).unwrap_or(0);
        watch(Progress {
            what: "pages",
            done,
        });
        if found == StepResult::Done {
            break;
        }
        pace.wrote((done - before) * PAGE, &written)
            .map_err(step("syncing the copy"))?;
        before = done;
    }
    drop(backup);
    // One file, whatever the source has beside it.
    copy.execute_batch("PRAGMA journal_mode = DELETE")
        .map_err(step("finishing the copy"))
}
