//! Views that are kept under a name, as calls.

use super::{Api, ApiError, Call};
use frontdesk_inbox::kept::NewView;
use frontdesk_protocol::entity::{Data, SavedView};
use frontdesk_protocol::id::ViewId;
use frontdesk_protocol::kind::ViewSort;
use serde::Deserialize;
use serde_json::json;

impl Api {
    /// The views the agent sees.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn views(&mut self) -> Result<Vec<SavedView>, ApiError> {
        let found: Data<Vec<SavedView>> = self.get("/api/v1/views", &[]).await?;
        Ok(found.data)
    }

    /// How many conversations stand in a view.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub async fn view_count(&mut self, id: ViewId) -> Result<usize, ApiError> {
        #[derive(Deserialize)]
        struct Counted {
            count: usize,
        }
        let path = format!("/api/v1/views/{id}/count");
        let found: Data<Counted> = self.get(&path, &[]).await?;
        Ok(found.data.count)
    }

    /// Keeps a search as a view. Under one `key` it is kept once.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses it.
    pub async fn keep_view(&mut self, new: &NewView, key: &str) -> Result<SavedView, ApiError> {
        let view = json!({
            "name": new.name, "query": new.query, "sort": ViewSort::from(new.sort),
            "scope": new.whose.scope(), "team_id": new.whose.team(),
        });
        let call = Call::post("/api/v1/views", json!({ "view": view })).with_key(key);
        let answer: Data<SavedView> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Gives a view another name.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses it.
    pub async fn rename_view(&mut self, id: ViewId, name: &str) -> Result<SavedView, ApiError> {
        let path = format!("/api/v1/views/{id}");
        let body = json!({ "view": { "name": name } });
        let answer: Data<SavedView> = self.call(&Call::put(&path, body)).await?.read()?;
        Ok(answer.data)
    }

    /// Deletes a view.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses it.
    pub async fn remove_view(&mut self, id: ViewId) -> Result<(), ApiError> {
        let path = format!("/api/v1/views/{id}");
        self.call(&Call::delete(&path)).await.map(drop)
    }
}
