//! What an AI is asked for from the screen.

use super::Errands;
use crate::net::api::knowledge::Changes;
use crate::sync::SyncError;
use frontdesk_inbox::IntentId;
use frontdesk_protocol::id::ConversationId;
use frontdesk_ui::Msg;
use frontdesk_ui::model::assist::{Answer, Assist, OwnText, Reviewed};
use frontdesk_ui::msg::Level;

impl Errands {
    pub(super) async fn assist(&mut self, wanted: Assist, name: IntentId) -> Result<(), SyncError> {
        match wanted {
            Assist::Draft {
                conversation_id,
                wish,
            } => self.draft(conversation_id, wish.as_deref(), name).await,
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
            Assist::Suggest(id) => {
                let said = self.api.suggestions(id).await?;
                self.answer(Answer::Suggested(id, said)).await
            }
            Assist::UndoSorting(id) => {
                self.api.undo_sorting(id).await?;
                self.tell("What was sorted by itself was taken back.").await
            }
            Assist::Source(source) => {
                let entry = self.api.knowledge(&source.id).await?;
                self.answer(Answer::Source(*source, entry)).await
            }
            Assist::Learning => {
                let learnt = self.api.learning(None).await?;
                self.answer(Answer::Learnt(learnt)).await
            }
            Assist::Propose(id) => {
                let (said, key) = (Changes::default(), name.to_string());
                let proposed = self.api.propose(id, &said, &key).await?;
                let alike = proposed.alike.into_iter().map(|it| it.title).collect();
                self.answer(Answer::Proposed(proposed.entry, alike)).await
            }
            Assist::Proposals => {
                let entries = self.api.proposals().await?;
                self.answer(Answer::Proposals(entries)).await
            }
            Assist::ApproveKnowledge(it) => self.approve_knowledge(*it).await,
            Assist::RejectKnowledge(id) => {
                self.api.reject_knowledge(id).await?;
                self.tell("Rejected. No draft rests on it.").await
            }
        }
    }

    async fn draft(
        &mut self,
        id: ConversationId,
        wish: Option<&str>,
        name: IntentId,
    ) -> Result<(), SyncError> {
        let draft = self.api.ask_draft(id, wish, &name.to_string()).await?;
        self.keep_drafts(vec![draft]).await
    }

    async fn approve_knowledge(&mut self, it: Reviewed) -> Result<(), SyncError> {
        let said = Changes {
            title: Some(it.title),
            body: Some(it.body),
            audience: Some(it.audience),
        };
        self.api.approve_knowledge(it.id, &said).await?;
        self.tell("Approved. Drafts may rest on it from now on.")
            .await
    }

    async fn tell(&self, words: &str) -> Result<(), SyncError> {
        // A screen that has closed needs no news.
        drop(
            self.news
                .send(Msg::Told(Level::Good, words.to_owned()))
                .await,
        );
        Ok(())
    }

    async fn answer(&self, answer: Answer) -> Result<(), SyncError> {
        // A screen that has closed needs no news.
        drop(self.news.send(Msg::Answered(Box::new(answer))).await);
        Ok(())
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
        Assist::Suggest(_) => "Nothing can be suggested",
        Assist::UndoSorting(_) => "The sorting stays",
        Assist::Source(_) => "The source cannot be read",
        Assist::Learning => "What became of drafts cannot be seen",
        Assist::Propose(_) => "It is not proposed",
        Assist::Proposals => "What was proposed cannot be seen",
        Assist::ApproveKnowledge(_) => "It is not approved",
        Assist::RejectKnowledge(_) => "It is not rejected",
    }
}
