//! A file that goes out in pieces. It may take as long as it needs, as long as it moves.

use super::super::ApiError;
use super::super::error::refusal;
use super::{Http, LONGEST_STREAM, authorized, body, offline};
use crate::secret::Secret;
use frontdesk_inbox::Enclosure;
use futures_util::TryStreamExt as _;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::fs::File;
use tokio::time::sleep;
use tokio_util::io::ReaderStream;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// A file, where its bytes lie, and who hears how many of them have gone.
pub(in super::super) struct Upload<'a, F> {
    pub(in super::super) file: &'a Enclosure,
    pub(in super::super) path: &'a Path,
    pub(in super::super) told: F,
}

impl Http {
    pub(in super::super) async fn upload<F>(
        &self,
        upload: &Upload<'_, F>,
        token: &Secret,
    ) -> Result<(), ApiError>
    where
        F: Fn(u64) + Clone + Send + Sync + 'static,
    {
        let gone = Arc::new(AtomicU64::new(0));
        let form = form(upload, Arc::clone(&gone)).await?;
        let url = self.address.at("/api/v1/upload");
        let request = authorized(self.client.request(Method::POST, url), token)?;
        let sent = request.timeout(LONGEST_STREAM).multipart(form).send();
        let mut sent = std::pin::pin!(sent);
        let mut before = 0;
        let response = loop {
            tokio::select! {
                answered = &mut sent => break answered.map_err(offline)?,
                () = sleep(self.patience) => {
                    let now = gone.load(Ordering::Relaxed);
                    if now == before {
                        return Err(ApiError::TooSlow);
                    }
                    before = now;
                }
            }
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let body = body(response).await?;
        if status.is_success() {
            Ok(())
        } else {
            Err(refusal(status, &headers, &body))
        }
    }
}

async fn form<F>(upload: &Upload<'_, F>, gone: Arc<AtomicU64>) -> Result<Form, ApiError>
where
    F: Fn(u64) + Clone + Send + Sync + 'static,
{
    let Upload { file, path, told } = upload;
    let unreadable = |error: std::io::Error| {
        let name = frontdesk_ui::text_safe::line(&file.filename).into_owned();
        ApiError::Refused(format!("{name} cannot be read ({})", error.kind()))
    };
    let source = File::open(path).await.map_err(unreadable)?;
    let size = source.metadata().await.map_err(unreadable)?.len();
    let told = told.clone();
    let pieces = ReaderStream::with_capacity(source, PIECE).inspect_ok(move |piece| {
        let piece = piece.len() as u64;
        told(gone.fetch_add(piece, Ordering::Relaxed) + piece);
    });
    let part = Part::stream_with_length(Body::wrap_stream(pieces), size)
        .file_name(file.filename.clone())
        .mime_str(&file.content_type)
        .map_err(offline)?;
    Ok(Form::new()
        .text("id", file.id.to_string())
        .part("file", part))
}
