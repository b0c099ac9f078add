//! Asks a model what knowledge means.

use crate::ai::{self, Left};
use crate::app::App;
use frontdesk_db::queries::jobs;
use frontdesk_domain::AccountId;
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Asks what an account's new and changed entries of knowledge mean. It has a queue of its own: a large
/// folder that was read holds up no drafts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Embed {}

impl Job<App> for Embed {
    const NAME: &'static str = jobs::EMBED;
    const QUEUE: &'static str = jobs::EMBED;
    const TRIES: u32 = 12;
    const LIMIT: Duration = Duration::from_secs(3000);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        match ai::learn_meanings(&app, AccountId(owner)).await {
            Ok(Left::Nothing) => Outcome::Done,
            Ok(Left::Again | Left::Down) => Outcome::Back,
            Ok(Left::Later { why }) => Outcome::retry(why),
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}
