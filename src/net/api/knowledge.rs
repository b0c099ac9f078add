//! What drafts rest on and what became of them, as calls; and how a conversation may be sorted.

use super::{Api, ApiError, Call};
use frontdesk_protocol::entity::{AiLearning, AiSorted, AiSuggestions, Data, KnowledgeEntry};
use frontdesk_protocol::id::{ConversationId, KnowledgeId};
use frontdesk_protocol::kind::Audience;
use serde::Deserialize;
use serde_json::json;

/// What is said otherwise about an entry. What is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub title: Option<String>,
    pub body: Option<String>,
    pub audience: Option<Audience>,
}

/// An entry that was proposed, and those that may say the same.
#[derive(Debug, Deserialize)]
pub struct Proposed {
    pub entry: KnowledgeEntry,
    pub alike: Vec<KnowledgeEntry>,
}

impl Changes {
    fn body(&self) -> serde_json::Value {
        json!({ "knowledge": {
            "title": self.title, "body": self.body, "audience": self.audience,
        } })
    }
}

impl Api {
    /// How a conversation may be sorted. Nothing is changed by it.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn suggestions(&mut self, id: ConversationId) -> Result<AiSuggestions, ApiError> {
        let path = format!("/api/v1/conversations/{id}/suggestions");
        let answer: Data<AiSuggestions> = self.call(&Call::post(&path, json!({}))).await?.read()?;
        Ok(answer.data)
    }

    /// Takes back what was sorted by the inbox's policy, and says what it was.
    ///
    /// # Errors
    /// When nothing was, it was taken back before, or the server cannot be reached.
    pub async fn undo_sorting(&mut self, id: ConversationId) -> Result<AiSorted, ApiError> {
        let path = format!("/api/v1/conversations/{id}/sorting/undo");
        let answer: Data<AiSorted> = self.call(&Call::post(&path, json!({}))).await?.read()?;
        Ok(answer.data)
    }

    /// What became of drafts since a time, or in the last 30 days.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn learning(&mut self, since: Option<&str>) -> Result<AiLearning, ApiError> {
        let query: Vec<(&str, String)> = since
            .map(|it| ("since", it.to_owned()))
            .into_iter()
            .collect();
        let answer: Data<AiLearning> = self.get("/api/v1/ai/learning", &query).await?;
        Ok(answer.data)
    }

    /// An entry of knowledge.
    ///
    /// # Errors
    /// When it is not there or the server cannot be reached.
    pub async fn knowledge(&mut self, id: &str) -> Result<KnowledgeEntry, ApiError> {
        let path = format!("/api/v1/knowledge/{id}");
        let answer: Data<KnowledgeEntry> = self.get(&path, &[]).await?;
        Ok(answer.data)
    }

    /// The entries that wait for a decision, the oldest first.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn proposals(&mut self) -> Result<Vec<KnowledgeEntry>, ApiError> {
        let query = [("state", "proposed".to_owned())];
        let found: Data<Vec<KnowledgeEntry>> = self.get("/api/v1/knowledge", &query).await?;
        Ok(found.data)
    }

    /// Proposes an entry from a conversation, once, however often this has to try.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn propose(
        &mut self,
        id: ConversationId,
        said: &Changes,
        key: &str,
    ) -> Result<Proposed, ApiError> {
        let path = format!("/api/v1/conversations/{id}/knowledge");
        let call = Call::post(&path, said.body()).with_key(key);
        let answer: Data<Proposed> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Lets drafts rest on an entry that was proposed.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn approve_knowledge(
        &mut self,
        id: KnowledgeId,
        said: &Changes,
    ) -> Result<KnowledgeEntry, ApiError> {
        let path = format!("/api/v1/knowledge/{id}/approve");
        let call = Call::post(&path, said.body());
        let answer: Data<KnowledgeEntry> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Turns an entry down that was proposed.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn reject_knowledge(&mut self, id: KnowledgeId) -> Result<(), ApiError> {
        let path = format!("/api/v1/knowledge/{id}/reject");
        self.call(&Call::post(&path, json!({}))).await.map(drop)
    }
}
