//! What goes wrong with files. What is said of a bucket never holds an address: its query is signed.

use reqwest::StatusCode;
use std::io;
use std::path::PathBuf;

/// Why bytes could not be kept, read or removed.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the bytes are not in the store")]
    Missing,
    #[error("there is no room for the file")]
    Full(#[source] io::Error),
    #[error("the file could not be written or read")]
    Disk(#[source] io::Error),
    #[error("the bucket does not answer")]
    Away(#[source] reqwest::Error),
    #[error("the bucket answered {0}")]
    Answered(StatusCode),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full(error),
            _ => Self::Disk(error),
        }
    }
}

impl From<reqwest::Error> for FileError {
    fn from(error: reqwest::Error) -> Self {
        Self::Away(error.without_url())
    }
}

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("files.store is \"s3\", and {key} is not set\n  hint: {hint}")]
    Unset {
        key: &'static str,
        hint: &'static str,
    },
    #[error(
        "files.s3_endpoint and files.s3_bucket make no address\n  hint: the endpoint is such as https://s3.eu-central-1.amazonaws.com, the bucket is a name"
    )]
    Address,
    #[error("the secret key of the bucket cannot be read from {path}")]
    Secret { path: PathBuf, source: io::Error },
    #[error("{path} can be read by others\n  hint: chmod 600 {path}")]
    Exposed { path: PathBuf },
    #[error("the client for the bucket cannot be made")]
    Client(#[from] crate::outgoing::ClientError),
}
