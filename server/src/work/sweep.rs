//! Files that nobody needs any more go, and what crashes left of them.

use super::said;
use crate::app::App;
use crate::use_cases::uploads;
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Sweeps the store of files.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SweepFiles {}

impl Job<App> for SweepFiles {
    const NAME: &'static str = "sweep_files";
    const QUEUE: &'static str = "house";
    const LIMIT: Duration = Duration::from_secs(1800);

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(uploads::sweep(&app).await)
    }
}
