//! Files on their way to the server, piece by piece.

use super::http::Upload;
use super::{Api, ApiError, Call};
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use std::path::Path;

impl Api {
    /// Sees to it that the server has a file, whose bytes lie at `path`. It is kept once however
    /// often this is asked for; `told` hears how many bytes have gone.
    ///
    /// # Errors
    /// When the bytes cannot be read, the server cannot be reached, or it does not take the file.
    pub async fn bring(
        &mut self,
        file: &Enclosure,
        path: &Path,
        told: impl Fn(u64) + Clone + Send + Sync + 'static,
    ) -> Result<(), ApiError> {
        if self.has_file(file.id).await? {
            return Ok(());
        }
        let upload = Upload { file, path, told };
        let token = self.access();
        match self.http.upload(&upload, &token).await {
            Err(ApiError::NotAuthenticated) => {
                self.renew(&token).await?;
                self.http.upload(&upload, &self.access()).await
            }
            answered => answered,
        }
    }

    async fn has_file(&mut self, id: FileId) -> Result<bool, ApiError> {
        match self
            .call(&Call::get(&format!("/api/v1/files/{id}"), &[]))
            .await
        {
            Ok(_) => Ok(true),
            Err(ApiError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
