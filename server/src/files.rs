//! Uploaded files. Their bytes are in a store, a folder of the server's or a bucket, under names of
//! our own, and are found again by account and id: what a file was called never gets into a path.
//!
//! Bytes are written aside first and reach the store whole. Before they do, the database notes that
//! they are on their way, so that whatever is left by a crash is known and goes.

pub(crate) mod disk;
mod error;
mod incoming;
pub(crate) mod kind;
pub(crate) mod link;
pub(crate) mod name;
mod s3;

pub(crate) use error::{FileError, StoreError};
pub(crate) use incoming::Incoming;

use crate::config::{Config, StoreKind};
use crate::telemetry::metrics;
use bytes::Bytes;
use disk::Disk;
use frontdesk_domain::{AccountId, FileId};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use s3::S3;
use std::fmt::Debug;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The name of a file's bytes in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileKey {
    pub(crate) account_id: AccountId,
    pub(crate) id: FileId,
}

/// Bytes as they come.
pub(crate) type Content = BoxStream<'static, io::Result<Bytes>>;

/// How much of a file is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Portion {
    Whole,
    /// From one byte to another; both are there.
    Part(RangeInclusive<u64>),
}

/// Where bytes are kept.
pub(crate) trait Store: Debug + Send + Sync {
    /// Keeps what was written aside, durably. The file aside may be gone afterwards.
    fn put<'a>(
        &'a self,
        key: FileKey,
        aside: &'a Path,
        size: u64,
    ) -> BoxFuture<'a, Result<(), FileError>>;

    /// Reads what was kept.
    fn open(&self, key: FileKey, portion: Portion) -> BoxFuture<'_, Result<Content, FileError>>;

    /// Removes what was kept. That it is gone already is fine.
    fn remove(&self, key: FileKey) -> BoxFuture<'_, Result<(), FileError>>;
}

/// The files of this server. Clones share the store.
#[derive(Debug, Clone)]
pub(crate) struct FileStore {
    /// The folder for what is coming in.
    aside: PathBuf,
    store: Arc<dyn Store>,
}

impl FileStore {
    /// The store of a configuration.
    ///
    /// # Errors
    /// When it is to be a bucket and something is missing for that.
    pub(crate) fn of(config: &Config) -> Result<Self, StoreError> {
        let store: Arc<dyn Store> = match config.files.store {
            StoreKind::Disk => Arc::new(Disk::at(&config.data)),
            StoreKind::S3 => Arc::new(S3::of(&config.files, &config.data)?),
        };
        Ok(Self {
            aside: disk::root(&config.data).join("incoming"),
            store,
        })
    }

    /// Begins to write a file.
    pub(crate) async fn begin(&self) -> Result<Incoming, FileError> {
        Incoming::begin(&self.aside).await
    }

    /// Puts a file that was written to its place, durably.
    pub(crate) async fn keep(
        &self,
        mut incoming: Incoming,
        account_id: AccountId,
        id: FileId,
    ) -> Result<(), FileError> {
        let size = incoming.size();
        let put = async {
            let aside = incoming.finish().await?;
            let key = FileKey { account_id, id };
            self.store.put(key, aside, size).await
        };
        let done = put.await;
        metrics::file_kept(size, &done);
        done
    }

    /// The bytes of a file.
    pub(crate) async fn open(
        &self,
        account_id: AccountId,
        id: FileId,
        portion: Portion,
    ) -> Result<Content, FileError> {
        let key = FileKey { account_id, id };
        let opened = self.store.open(key, portion).await;
        metrics::file_opened(&opened);
        opened
    }

    /// Removes the bytes of a file for good, and says whether they are gone.
    pub(crate) async fn destroy(&self, account_id: AccountId, id: FileId) -> bool {
        match self.store.remove(FileKey { account_id, id }).await {
            Ok(()) => {
                metrics::file_removed();
                true
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, file = %id, "the bytes of a file could not be removed");
                false
            }
        }
    }

    /// Removes what was begun so long ago that nobody writes it any more: its server was killed.
    pub(crate) async fn sweep_aside(&self, older: Duration) -> Result<u64, FileError> {
        incoming::sweep(&self.aside, older).await
    }
}
