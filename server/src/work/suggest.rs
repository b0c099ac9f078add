//! Makes the draft of a conversation.

use crate::ai::{self, Left};
use crate::app::App;
use frontdesk_db::queries::jobs;
use frontdesk_domain::{AccountId, ConversationId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Makes the draft of a conversation, if one is called for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Suggest {
    conversation_id: ConversationId,
}

impl Job<App> for Suggest {
    const NAME: &'static str = jobs::SUGGEST;
    const QUEUE: &'static str = jobs::SUGGEST;
    const TRIES: u32 = 12;
    const LIMIT: Duration = Duration::from_secs(300);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        let (account_id, id) = (AccountId(owner), self.conversation_id);
        let (why, said) = match ai::suggest(&app, account_id, id).await {
            Ok(Left::Nothing | Left::Again) => return Outcome::Done,
            Ok(Left::Down) => return Outcome::Back,
            Ok(Left::Later { why }) => (why.clone(), why),
            Err(failure) => {
                let said = "The server could not make it. Its log says why.";
                (failure.to_string(), said.to_owned())
            }
        };
        if turn.attempt >= <Self as Job<App>>::TRIES
            && let Err(failure) = ai::give_up(&app, account_id, id, said).await
        {
            tracing::warn!(%failure, conversation = %id, "a draft that failed still waits");
        }
        Outcome::retry(why)
    }
}
