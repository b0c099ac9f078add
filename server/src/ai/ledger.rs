//! The lines of the ledger about what texts mean.

use super::hash;
use super::model::NoText;
use crate::app::App;
use frontdesk_ai::embedding::Embedded;
use frontdesk_ai::prompt::Message;
use frontdesk_domain::ai::Run;
use frontdesk_domain::{AccountId, AiOutcome, AiRunId, AiTask, Conversation, Timestamp};

/// A question what texts mean.
pub(super) struct Asked<'a> {
    pub(super) account_id: AccountId,
    /// Whose question it is; none for knowledge.
    pub(super) conversation: Option<&'a Conversation>,
    pub(super) model: &'a str,
    pub(super) texts: &'a [String],
    pub(super) began_at: Timestamp,
}

impl Asked<'_> {
    /// Its line, with what came of it.
    pub(super) fn line(&self, app: &App, answered: &Result<Embedded, NoText>) -> Run {
        let (tokens_in, outcome, reason) = match answered {
            Ok(embedded) => (embedded.tokens, AiOutcome::Ready, None),
            Err(no_text) => (0, AiOutcome::Failed, Some(no_text.why.clone())),
        };
        let told = self.texts.iter().map(|it| Message {
            role: "input",
            content: it.clone(),
        });
        Run {
            id: AiRunId::random(),
            account_id: self.account_id,
            inbox_id: self.conversation.and_then(|it| it.inbox_id),
            conversation_id: self.conversation.map(|it| it.id),
            draft_id: None,
            task: AiTask::Embed,
            model: self.model.to_owned(),
            prompt_hash: Some(hash(&told.collect::<Vec<_>>())),
            sources: None,
            tokens_in,
            tokens_out: 0,
            cost: app.config.ai.prices.cost(self.model, tokens_in, 0),
            outcome,
            reason,
            began_at: self.began_at,
            took_ms: app.db.now().0.saturating_sub(self.began_at.0).max(0) / 1_000,
        }
    }
}
