//! Reads all sources of knowledge anew, once an hour, and has a model asked about what it has not been
//! asked about: it may be another one than before, and what was spent may be so no more.

use super::said;
use crate::ai::Model;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::knowledge;
use frontdesk_db::queries::{accounts, jobs, knowledge_sources};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Reads what each source says now.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ReadKnowledge {}

impl Job<App> for ReadKnowledge {
    const NAME: &'static str = "read_knowledge";
    const QUEUE: &'static str = "house";
    const LIMIT: Duration = Duration::from_secs(3000);

    async fn run(self, app: App, _: Turn) -> Outcome {
        said(read(&app).await)
    }
}

async fn read(app: &App) -> Done<()> {
    for account_id in app.db.read(accounts::ids).await? {
        let sources = app
            .db
            .read(move |conn| knowledge_sources::of_account(conn, account_id))
            .await?;
        for source in sources {
            if app.tasks.stopping().is_cancelled() {
                return Ok(());
            }
            let id = source.id;
            // What is wrong with a source stands beside it, for admins.
            if let Err(unread) = knowledge::sync(&app.db, &app.outgoing, source).await? {
                tracing::warn!(account = %account_id, source = %id, %unread, "knowledge cannot be read");
            }
        }
        if app.model.as_ref().and_then(Model::embeds).is_none() {
            continue;
        }
        app.db
            .write(account_id, move |unit| {
                jobs::enqueue(unit, &jobs::embed(account_id)).map_err(Failure::from)
            })
            .await?;
    }
    Ok(())
}
