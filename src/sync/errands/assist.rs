//! What an AI is asked for from the screen.

use super::Errands;
use crate::sync::SyncError;
use frontdesk_inbox::IntentId;
use frontdesk_ui::Msg;
use frontdesk_ui::model::assist::{Assist, OwnText};

impl Errands {
    pub(super) async fn assist(&mut self, wanted: Assist, name: IntentId) -> Result<(), SyncError> {
        match wanted {
            Assist::Draft {
                conversation_id,
                wish,
            } => {
                let key = name.to_string();
                let draft = self
                    .api
                    .ask_draft(conversation_id, wish.as_deref(), &key)
                    .await?;
                self.keep_drafts(vec![draft]).await
            }
            Assist::Stop(id) => Ok(self.api.stop_draft(id).await?),
            Assist::Rewrite {
                conversation_id,
                text,
                wish,
            } => {
                let after = self.api.rewrite(conversation_id, &text, &wish).await?;
                self.wrote(OwnText::Rewritten {
                    conversation_id,
                    before: text,
                    after,
                })
                .await
            }
            Assist::HandOver(conversation_id) => {
                let text = self.api.hand_over(conversation_id).await?;
                self.wrote(OwnText::HandOver {
                    conversation_id,
                    text,
                })
                .await
            }
            Assist::Prompt(id) => {
                let prompt = self.api.prompt(id).await?;
                // A screen that has closed needs no news.
                drop(self.news.send(Msg::Prompt(Box::new(prompt))).await);
                Ok(())
            }
        }
    }

    async fn wrote(&self, text: OwnText) -> Result<(), SyncError> {
        // A screen that has closed needs no news.
        drop(self.news.send(Msg::OwnText(Box::new(text))).await);
        Ok(())
    }
}

/// What failed, at the beginning of a sentence.
pub(super) fn what(wanted: &Assist) -> &'static str {
    match wanted {
        Assist::Draft { .. } => "No draft can be had",
        Assist::Stop(_) => "The draft may go on being written",
        Assist::Rewrite { .. } => "Your text stays as it is",
        Assist::HandOver(_) => "There is no hand-over note",
        Assist::Prompt(_) => "What a model is told cannot be seen",
    }
}
