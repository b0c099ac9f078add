//! Canned replies, as calls.

use super::{Api, ApiError, Call};
use frontdesk_protocol::entity::{CannedResponse, Data};
use frontdesk_protocol::id::CannedResponseId;
use serde_json::json;

const PATH: &str = "/api/v1/canned_responses";

impl Api {
    /// The canned replies of the account.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn canned(&mut self) -> Result<Vec<CannedResponse>, ApiError> {
        let found: Data<Vec<CannedResponse>> = self.get(PATH, &[]).await?;
        Ok(found.data)
    }

    /// Adds one, once, however often this has to try.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn add_canned(
        &mut self,
        name: &str,
        content: &str,
        key: &str,
    ) -> Result<(), ApiError> {
        let reply = json!({ "name": name, "content": content });
        let call = Call::post(PATH, json!({ "canned_response": reply })).with_key(key);
        self.call(&call).await.map(drop)
    }

    /// Lets one say something else.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn change_canned(
        &mut self,
        id: CannedResponseId,
        content: &str,
    ) -> Result<(), ApiError> {
        let path = format!("{PATH}/{id}");
        let body = json!({ "canned_response": { "content": content } });
        self.put(&path, body).await
    }
}
