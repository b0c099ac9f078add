//! The store that is a bucket of an S3-compatible service. Requests are signed as AWS describes
//! (version 4, in the query), so that the secret key never leaves this process.

use super::{Content, FileError, FileKey, Portion, Store, StoreError};
use crate::config::{Addressing, Files};
use crate::outgoing::operator_client;
use futures_util::future::BoxFuture;
use futures_util::{StreamExt, TryStreamExt};
use reqwest::header::{CONTENT_LENGTH, RANGE};
use reqwest::{Body, Client, RequestBuilder, Response, StatusCode};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use std::io;
use std::path::Path;
use std::time::Duration;
use tokio::fs::File;
use url::Url;

/// How long a signed request may be on its way.
const SIGNED_FOR: Duration = Duration::from_secs(300);

/// How long the service may be silent.
const SILENCE: Duration = Duration::from_secs(30);

/// How often bytes are sent before it is said that the bucket does not answer.
const TRIES: u32 = 3;

/// The wait before the second try; the third waits twice as long.
const PAUSE: Duration = Duration::from_millis(200);

/// The bucket.
#[derive(Debug)]
pub(super) struct S3 {
    bucket: Bucket,
    credentials: Credentials,
    /// What every name begins with.
    prefix: String,
    client: Client,
}

impl S3 {
    /// The bucket of a configuration.
    pub(super) fn of(settings: &Files, data: &Path) -> Result<Self, StoreError> {
        let set = |key, text: &str, hint| match text {
            "" => Err(StoreError::Unset { key, hint }),
            text => Ok(text.to_owned()),
        };
        let endpoint = set(
            "files.s3_endpoint",
            &settings.s3_endpoint,
            "it is the address of the service",
        )?;
        let name = set(
            "files.s3_bucket",
            &settings.s3_bucket,
            "it is the name of the bucket",
        )?;
        let key = set(
            "files.s3_access_key",
            &settings.s3_access_key,
            "it is the name of the key, not the secret",
        )?;
        let secret = settings.s3_secret_key.read(data)?;
        let style = match settings.s3_addressing {
            Addressing::Path => UrlStyle::Path,
            Addressing::Host => UrlStyle::VirtualHost,
        };
        let endpoint = Url::parse(&endpoint).map_err(|_| StoreError::Address)?;
        let region = settings.s3_region.clone();
        let bucket = Bucket::new(endpoint, style, name, region).map_err(|_| StoreError::Address)?;
        Ok(Self {
            bucket,
            credentials: Credentials::new(key, secret),
            prefix: settings.s3_prefix.clone(),
            client: operator_client(SILENCE)?,
        })
    }

    fn name(&self, key: FileKey) -> String {
        format!("{}{}/{}", self.prefix, key.account_id, key.id)
    }

    async fn send(&self, key: FileKey, aside: &Path, size: u64) -> Result<(), FileError> {
        let name = self.name(key);
        let action = self.bucket.put_object(Some(&self.credentials), &name);
        let file = File::open(aside).await?;
        let request = self
            .client
            .put(action.sign(SIGNED_FOR))
            .header(CONTENT_LENGTH, size)
            .body(Body::from(file));
        answered(request).await.map(|_| ())
    }

    async fn send_until(&self, key: FileKey, aside: &Path, size: u64) -> Result<(), FileError> {
        let mut tried = 1;
        loop {
            match self.send(key, aside, size).await {
                Err(error) if is_passing(&error) && tried < TRIES => {
                    tracing::debug!(error = &error as &dyn std::error::Error, "sending again");
                    tokio::time::sleep(PAUSE * tried).await;
                    tried += 1;
                }
                sent => return sent,
            }
        }
    }

    async fn read(&self, key: FileKey, portion: Portion) -> Result<Content, FileError> {
        let name = self.name(key);
        let action = self.bucket.get_object(Some(&self.credentials), &name);
        let mut request = self.client.get(action.sign(SIGNED_FOR));
        if let Portion::Part(range) = &portion {
            let wanted = format!("bytes={}-{}", range.start(), range.end());
            request = request.header(RANGE, wanted);
        }
        let answer = answered(request).await?;
        if portion != Portion::Whole && answer.status() != StatusCode::PARTIAL_CONTENT {
            return Err(FileError::Answered(answer.status()));
        }
        let broken = |error: reqwest::Error| io::Error::other(error.without_url());
        Ok(answer.bytes_stream().map_err(broken).boxed())
    }

    async fn delete(&self, key: FileKey) -> Result<(), FileError> {
        let name = self.name(key);
        let action = self.bucket.delete_object(Some(&self.credentials), &name);
        match answered(self.client.delete(action.sign(SIGNED_FOR))).await {
            Err(FileError::Missing) => Ok(()),
            removed => removed.map(|_| ()),
        }
    }
}

/// The answer, where it is a good one.
async fn answered(request: RequestBuilder) -> Result<Response, FileError> {
    let answer = request.send().await?;
    match answer.status() {
        status if status.is_success() => Ok(answer),
        StatusCode::NOT_FOUND => Err(FileError::Missing),
        status => Err(FileError::Answered(status)),
    }
}

/// Whether the same may go well a moment later.
fn is_passing(error: &FileError) -> bool {
    match error {
        FileError::Away(_) => true,
        FileError::Answered(status) => {
            status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS
        }
        FileError::Missing | FileError::Full(_) | FileError::Disk(_) => false,
    }
}

impl Store for S3 {
    fn put<'a>(
        &'a self,
        key: FileKey,
        aside: &'a Path,
        size: u64,
    ) -> BoxFuture<'a, Result<(), FileError>> {
        Box::pin(self.send_until(key, aside, size))
    }

    fn open(&self, key: FileKey, portion: Portion) -> BoxFuture<'_, Result<Content, FileError>> {
        Box::pin(self.read(key, portion))
    }

    fn remove(&self, key: FileKey) -> BoxFuture<'_, Result<(), FileError>> {
        Box::pin(self.delete(key))
    }
}
