//! Asks a model what texts mean.

use super::model::{Model, NoText, Passing, fault};
use super::trouble::Trouble;
use crate::config::Count;
use frontdesk_ai::completion::Fault;
use frontdesk_ai::embedding::{self, Embedded};
use reqwest::Response;
use serde_json::json;

/// The most of an answer that is read: numbers take room.
const LARGEST: usize = 32 * 1024 * 1024;

/// How long somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Once more where that may help, as for drafts.
    AsSet,
    /// Once: a customer waits, and there is another way.
    Once,
}

impl Model {
    /// The model that says what texts mean, where there is one.
    pub(crate) fn embeds(&self) -> Option<&str> {
        self.settings.embeds()
    }

    /// Asks what texts mean, unless the service is down.
    pub(super) async fn embed(
        &self,
        model: &str,
        texts: &[String],
        patience: Patience,
    ) -> Result<Embedded, NoText> {
        self.through(self.insist_on_meaning(model, texts, patience))
            .await
    }

    /// Asks what texts mean.
    pub(super) async fn insist_on_meaning(
        &self,
        model: &str,
        texts: &[String],
        patience: Patience,
    ) -> Result<Embedded, NoText> {
        let question = |_| json!({ "model": model, "input": texts });
        let retries = match patience {
            Patience::AsSet => self.settings.retries,
            Patience::Once => Count(0),
        };
        let response = self.call("embeddings", &question, retries).await?;
        let body = whole(response).await?;
        embedding::read(&body, texts.len()).ok_or_else(unreadable)
    }
}

/// A service that answers and cannot do this may do everything else.
fn unreadable() -> NoText {
    NoText {
        why: Fault::Malformed.words(),
        passing: Passing::No,
        trouble: Trouble::Answer,
    }
}

async fn whole(mut response: Response) -> Result<Vec<u8>, NoText> {
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|_| fault(&Fault::Cut))? {
        body.extend_from_slice(&part);
        if body.len() > LARGEST {
            return Err(unreadable());
        }
    }
    Ok(body)
}
