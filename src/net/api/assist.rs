//! What an AI is asked for, as calls.

use super::{Api, ApiError, Call};
use frontdesk_protocol::entity::{Data, Draft};
use frontdesk_protocol::id::ConversationId;
use frontdesk_ui::model::assist::Prompt;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Told {
    model: String,
    messages: Vec<Message>,
    /// What the model for embeddings is told.
    #[serde(default)]
    embedded: Option<String>,
    #[serde(default)]
    hash: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

/// What a model wrote, or why it did not.
#[derive(Deserialize)]
struct OwnText {
    text: Option<String>,
    why: Option<String>,
}

impl OwnText {
    fn or_why(self) -> Result<String, ApiError> {
        let why = || self.why.unwrap_or_else(|| "nothing came of it".to_owned());
        self.text.ok_or_else(|| ApiError::Refused(why()))
    }
}

impl Api {
    /// Has a reply drafted, once, however often this has to try. It gets its text later.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn ask_draft(
        &mut self,
        id: ConversationId,
        wish: Option<&str>,
        key: &str,
    ) -> Result<Draft, ApiError> {
        let path = format!("/api/v1/conversations/{id}/drafts");
        let call = Call::post(&path, json!({ "hint": wish })).with_key(key);
        let answer: Data<Draft> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// The drafts of a conversation, the newest first.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn drafts(&mut self, id: ConversationId) -> Result<Vec<Draft>, ApiError> {
        let query = [("conversation_id", id.to_string())];
        let found: Data<Vec<Draft>> = self.get("/api/v1/drafts", &query).await?;
        Ok(found.data)
    }

    /// Stops the draft that is being written, if one is.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn stop_draft(&mut self, id: ConversationId) -> Result<(), ApiError> {
        let path = format!("/api/v1/conversations/{id}/drafts/stop");
        self.call(&Call::post(&path, json!({}))).await.map(drop)
    }

    /// An agent's own text, written otherwise.
    ///
    /// # Errors
    /// When it is refused, nothing came of it, or the server cannot be reached.
    pub async fn rewrite(
        &mut self,
        id: ConversationId,
        text: &str,
        wish: &str,
    ) -> Result<String, ApiError> {
        let path = format!("/api/v1/conversations/{id}/rewrite");
        let call = Call::post(&path, json!({ "text": text, "wish": wish }));
        let answer: Data<OwnText> = self.call(&call).await?.read()?;
        answer.data.or_why()
    }

    /// A note by which a conversation is handed over.
    ///
    /// # Errors
    /// When it is refused, nothing came of it, or the server cannot be reached.
    pub async fn hand_over(&mut self, id: ConversationId) -> Result<String, ApiError> {
        let path = format!("/api/v1/conversations/{id}/hand_over");
        let answer: Data<OwnText> = self.call(&Call::post(&path, json!({}))).await?.read()?;
        answer.data.or_why()
    }

    /// What a model is told about a conversation.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn prompt(&mut self, id: ConversationId) -> Result<Prompt, ApiError> {
        let path = format!("/api/v1/conversations/{id}/drafts/prompt");
        let told: Data<Told> = self.get(&path, &[]).await?;
        let messages = told.data.messages.into_iter();
        let messages = messages.map(|it| (it.role, it.content));
        let embedded = told.data.embedded.into_iter();
        let embedded = embedded.map(|it| ("to look for knowledge".to_owned(), it));
        Ok(Prompt {
            model: told.data.model,
            messages: messages.chain(embedded).collect(),
            hash: told.data.hash,
        })
    }
}
