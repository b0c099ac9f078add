//! Answers a customer without an agent.

use super::said;
use crate::ai;
use crate::app::App;
use frontdesk_db::queries::jobs;
use frontdesk_domain::{AccountId, ConversationId};
use frontdesk_jobs::{Job, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Answers the newest message of a conversation, where that is the program's to do. It has a queue of its
/// own: who chats does not wait behind drafts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    conversation_id: ConversationId,
}

impl Job<App> for Reply {
    const NAME: &'static str = jobs::REPLY;
    const QUEUE: &'static str = jobs::REPLY;
    const TRIES: u32 = 12;
    const LIMIT: Duration = Duration::from_secs(300);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        said(ai::reply(&app, AccountId(owner), self.conversation_id).await)
    }
}
