//! Sorts a conversation by itself, where its inbox says so.

use super::said;
use crate::ai::{self, Model};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::use_cases::sorting;
use frontdesk_db::queries::jobs;
use frontdesk_domain::{AccountId, Actor, ConversationId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Does of what is suggested whatever is certain enough. It waits where the model's service is down.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sort {
    conversation_id: ConversationId,
}

impl Job<App> for Sort {
    const NAME: &'static str = jobs::SORT;
    const QUEUE: &'static str = jobs::SUGGEST;
    const TRIES: u32 = 12;
    const LIMIT: Duration = Duration::from_secs(300);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        if app.model.as_ref().is_some_and(Model::rests) {
            return Outcome::Back;
        }
        said(sort(&app, AccountId(owner), self.conversation_id).await)
    }
}

/// No transaction is open while a model is asked, so whatever it rests on is looked at again.
async fn sort(app: &App, account_id: AccountId, id: ConversationId) -> Done<()> {
    let wanted = app
        .db
        .read(move |conn| sorting::wanted(conn, account_id, id))
        .await?;
    if wanted.is_none() {
        return Ok(());
    }
    let guesses = ai::sort(app, Actor::system(account_id), id).await?;
    app.db
        .write(account_id, move |unit| {
            sorting::apply(unit, account_id, id, &guesses)
        })
        .await
}
