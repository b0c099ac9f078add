//! Numbers for Prometheus. Names and meanings are in `docs/LOGGING.md`. Labels come from closed
//! lists only: no id, no address and nothing anybody typed.

use super::process;
use crate::channels::Counts;
use crate::config::MetricsAt;
use crate::files::FileError;
use crate::limits::Limit;
use axum::Router;
use axum::routing::get;
use frontdesk_domain::{ConnectionState, JobState, Source as Kind};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

/// How often numbers that nobody fetches are put together, so that they do not pile up.
const UPKEEP: Duration = Duration::from_secs(5);

const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
const UNITS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

type Source = Box<dyn Fn() -> Option<Counts> + Send>;
static CHANNELS: Mutex<Option<Source>> = Mutex::new(None);

/// Starts counting. Without it, counting costs nothing and [`render`] has nothing to say.
pub fn start() {
    if HANDLE.get().is_some() {
        return;
    }
    let built = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
        .and_then(|builder| {
            builder.set_buckets_for_metric(Matcher::Suffix("_units".to_owned()), UNITS)
        });
    match built.and_then(PrometheusBuilder::install_recorder) {
        // Only the first of two callers at once installs one, and only it comes here.
        Ok(handle) => drop(HANDLE.set(handle)),
        Err(error) => tracing::warn!(%error, "metrics are off"),
    }
}

/// `/metrics`, where it is served beside the API.
pub(crate) fn router(at: MetricsAt) -> Router {
    match at {
        MetricsAt::Main => Router::new().route("/metrics", get(async || render())),
        MetricsAt::Off | MetricsAt::Own(_) => Router::new(),
    }
}

/// Says where the counts of the channels come from. `None` when the server is gone.
pub fn watch_channels(source: impl Fn() -> Option<Counts> + Send + 'static) {
    *CHANNELS.lock() = Some(Box::new(source));
}

/// Keeps the numbers small for as long as it is polled.
pub async fn upkeep() {
    let mut every = tokio::time::interval(UPKEEP);
    loop {
        every.tick().await;
        if let Some(handle) = HANDLE.get() {
            handle.run_upkeep();
        }
    }
}

/// All numbers in Prometheus' text form.
#[must_use]
pub fn render() -> String {
    let Some(handle) = HANDLE.get() else {
        return String::new();
    };
    if let Some(counts) = CHANNELS.lock().as_ref().and_then(|source| source()) {
        show_channels(&counts);
    }
    if let Some(bytes) = process::resident_bytes() {
        gauge!("process_resident_memory_bytes").set(number(bytes));
    }
    if let Some(count) = process::open_files() {
        gauge!("process_open_fds").set(number(count));
    }
    handle.render()
}

/// A request was answered.
pub(super) fn request(method: &'static str, route: &str, status: u16, took: Duration) {
    let class = match status {
        100..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        _ => "5xx",
    };
    let route = route.to_owned();
    counter!("frontdesk_http_requests_total", "method" => method, "route" => route.clone(), "status" => class)
        .increment(1);
    histogram!("frontdesk_http_request_seconds", "method" => method, "route" => route).record(took);
}

/// Events were handed to whoever listens.
pub fn events_published(count: u64) {
    counter!("frontdesk_events_published_total").increment(count);
}

/// Somebody asked for more than a limit lets through.
pub(crate) fn limited(limit: Limit) {
    counter!("frontdesk_limited_total", "limit" => limit.as_str()).increment(1);
}

/// A file was to be kept.
pub(crate) fn file_kept(bytes: u64, kept: &Result<(), FileError>) {
    let outcome = files_outcome(kept.as_ref().err());
    counter!("frontdesk_files_kept_total", "outcome" => outcome).increment(1);
    if kept.is_ok() {
        counter!("frontdesk_files_bytes_total").increment(bytes);
    }
}

/// The bytes of a file were asked for.
pub(crate) fn file_opened<T>(opened: &Result<T, FileError>) {
    let outcome = files_outcome(opened.as_ref().err());
    counter!("frontdesk_files_opened_total", "outcome" => outcome).increment(1);
}

fn files_outcome(error: Option<&FileError>) -> &'static str {
    match error {
        None => "done",
        Some(FileError::Missing) => "missing",
        Some(FileError::Full(_)) => "full",
        Some(FileError::Disk(_) | FileError::Away(_) | FileError::Answered(_)) => "failed",
    }
}

/// The bytes of a file went.
pub(crate) fn file_removed() {
    counter!("frontdesk_files_removed_total").increment(1);
}

/// Uploads were let go that no message had.
pub(crate) fn files_unused(count: u64) {
    counter!("frontdesk_files_unused_total").increment(count);
}

fn show_channels(counts: &Counts) {
    gauge!("frontdesk_sockets").set(number(counts.sockets));
    gauge!("frontdesk_subscriptions").set(number(counts.subscriptions));
    counter!("frontdesk_sockets_opened_total").absolute(counts.opened);
    counter!("frontdesk_joins_total").absolute(counts.joins);
    counter!("frontdesk_frames_received_total").absolute(counts.frames_in);
    counter!("frontdesk_frames_sent_total").absolute(counts.frames_out);
    counter!("frontdesk_sockets_cut_total").absolute(counts.cut);
}

fn number(count: u64) -> f64 {
    count as f64
}

/// Jobs of a queue in one state.
#[derive(Debug)]
pub(crate) struct Waiting<'a> {
    pub(crate) queue: &'a str,
    pub(crate) state: JobState,
    pub(crate) count: i64,
    /// For how long the oldest has been due, has run or is dead, in microseconds.
    pub(crate) oldest: i64,
}

/// Shows how many jobs there are. A queue that is empty now says so.
pub(crate) fn jobs(waiting: &[Waiting<'_>]) {
    for queue in crate::work::queues() {
        for state in JobState::ALL {
            let these = || {
                waiting
                    .iter()
                    .filter(|it| it.queue == queue && it.state == *state)
            };
            let count: i64 = these().map(|it| it.count).sum();
            let oldest = these().map(|it| it.oldest).max().unwrap_or(0);
            let labels = [("queue", queue), ("state", state.as_str())];
            gauge!("frontdesk_jobs", &labels).set(count as f64);
            gauge!("frontdesk_jobs_oldest_seconds", &labels).set(oldest as f64 / 1_000_000.0);
        }
    }
}

/// How the connections of a kind are.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// How many there are, by their state.
    pub(crate) count: HashMap<ConnectionState, u64>,
    /// How many tries failed in a row, where most did.
    pub(crate) failures: i64,
    /// For how many seconds nothing came and nothing went, where that is longest.
    pub(crate) in_silence: i64,
    pub(crate) out_silence: i64,
    /// In how many seconds the next try is, where it is farthest.
    pub(crate) next_try: i64,
}

/// Shows how the connections are. A kind of which there are none any more says so.
pub(crate) fn connections(kinds: &HashMap<Kind, Lines>) {
    let none = Lines::default();
    for kind in Kind::ALL {
        let it = kinds.get(kind).unwrap_or(&none);
        for state in ConnectionState::ALL {
            let labels = [("kind", kind.as_str()), ("state", state.as_str())];
            let count = it.count.get(state).copied().unwrap_or_default();
            gauge!("frontdesk_connections", &labels).set(number(count));
        }
        let labels = [("kind", kind.as_str())];
        for (name, value) in [
            ("frontdesk_connection_failures", it.failures),
            ("frontdesk_connection_in_silence_seconds", it.in_silence),
            ("frontdesk_connection_out_silence_seconds", it.out_silence),
            ("frontdesk_connection_next_try_seconds", it.next_try),
        ] {
            gauge!(name, &labels).set(value as f64);
        }
    }
}
