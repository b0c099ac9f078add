//! What the server tells its operator: logs on standard error and numbers for Prometheus. What
//! must never be in either is written down in `docs/LOGGING.md`.

mod lines;
pub mod metrics;
mod process;
pub mod requests;
mod stopwatch;

pub use stopwatch::Stopwatch;

use crate::config::{Log, LogFormat};
use lines::Lines;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Starts logging to standard error. Only the first call in a process has an effect: whoever
/// embeds the server may log as they like.
pub fn start(log: &Log) {
    let installed = tracing::subscriber::set_global_default(subscriber(log, std::io::stderr));
    if installed.is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
}

/// The log as it is configured, onto any writer.
fn subscriber<W>(log: &Log, writer: W) -> Box<dyn tracing::Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(log.level.directives()))
        .with_ansi(false)
        .log_internal_errors(false)
        .with_writer(Lines(writer));
    match log.format {
        LogFormat::Pretty => Box::new(builder.finish()),
        LogFormat::Json => Box::new(
            builder
                .json()
                .flatten_event(true)
                .with_current_span(true)
                .finish(),
        ),
    }
}

/// A panic's own words may quote what a customer wrote, so only its place is told.
fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    let thread = std::thread::current();
    tracing::error!(
        place,
        thread = thread.name().unwrap_or_default(),
        "a thread panicked"
    );
}

#[cfg(test)]
mod tests;
