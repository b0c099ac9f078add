//! What the program did, in a file: never on the screen, and never what anybody wrote.

use crate::environment::Environment;
use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many days of logs are kept.
const KEPT: usize = 7;

/// What is logged when nothing is said.
const USUAL: &str = "info";

/// A log that is written as long as this lives.
#[derive(Debug)]
pub struct Log {
    _guard: WorkerGuard,
}

/// Begins a log in this folder, a file a day. `FRONTDESK_LOG` says how much is written. Without a
/// log the program runs as well: nothing is returned then.
#[must_use]
pub fn begin(folder: &Path, environment: &Environment) -> Option<Log> {
    prepare(folder).ok()?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("frontdesk")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let wanted = environment.get("FRONTDESK_LOG").unwrap_or(USUAL);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new(USUAL));
    let begun = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false)
        .try_init();
    // Somebody else logs already: a server in the same program.
    begun.is_ok().then_some(Log { _guard: guard })
}

/// The folder is for its owner alone: a log names customers by their ids.
fn prepare(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
