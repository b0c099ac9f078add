//! Where uploaded files are kept, for how long links to them hold, and how much there may be.

use super::folder::is_exposed;
use super::key::{Key, key};
use super::quantity::ByteSize;
use super::value::{Raw, Setting, Wrong, quoted, words};
use crate::files::StoreError;
use crate::vault::Secret;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the bytes of files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// In the data folder.
    Disk,
    /// In a bucket of an S3-compatible service.
    S3,
}

words!(StoreKind { Disk = "disk", S3 = "s3" });

/// Where the name of the bucket stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    Path,
    Host,
}

words!(Addressing { Path = "path", Host = "host" });

/// The secret key of a bucket. It shows itself to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BucketSecret {
    Unset,
    /// A file; a relative path starts in the data folder.
    File(PathBuf),
    Given(Secret),
}

impl BucketSecret {
    /// The key itself.
    ///
    /// # Errors
    /// When there is none, or its file cannot be read or can be read by others.
    pub(crate) fn read(&self, data: &Path) -> Result<String, StoreError> {
        match self {
            Self::Unset => Err(StoreError::Unset {
                key: "files.s3_secret_key",
                hint: "put it into a file and name it as \"file:PATH\", or set FRONTDESK_FILES_S3_SECRET_KEY to \"key:SECRET\"",
            }),
            Self::Given(secret) => Ok(String::from_utf8_lossy(secret.reveal()).into_owned()),
            Self::File(path) => read_private(&data.join(path)),
        }
    }
}

fn read_private(path: &Path) -> Result<String, StoreError> {
    let unreadable = |source| StoreError::Secret {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(unreadable)?;
    if is_exposed(&file).map_err(unreadable)? {
        return Err(StoreError::Exposed {
            path: path.to_owned(),
        });
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    Ok(text.trim().to_owned())
}

impl Setting for BucketSecret {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let expected = "\"file:PATH\" or \"key:SECRET\"";
        // What was written may be the secret, so it is not quoted back.
        let wrong = || Wrong {
            expected: expected.to_owned(),
            got: "something else".to_owned(),
        };
        let text = raw.text(expected).map_err(|_| wrong())?;
        match (text.strip_prefix("file:"), text.strip_prefix("key:")) {
            _ if text.is_empty() => Ok(Self::Unset),
            (Some(path), _) if !path.is_empty() => Ok(Self::File(PathBuf::from(path))),
            (_, Some(key)) if !key.is_empty() => Ok(Self::Given(Secret::new(key))),
            _ => Err(wrong()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Unset => quoted(""),
            Self::File(path) => quoted(format_args!("file:{}", path.display())),
            Self::Given(_) => quoted("key:…"),
        }
    }
}

/// The files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    pub store: StoreKind,
    /// How long a link holds at least.
    pub link_age: Duration,
    /// The most that an account keeps.
    pub quota: ByteSize,
    /// How long a file is kept that no message has.
    pub keep_unused: Duration,
    pub s3_endpoint: String,
    pub s3_region: String,
    pub s3_bucket: String,
    pub s3_prefix: String,
    pub s3_addressing: Addressing,
    pub s3_access_key: String,
    pub s3_secret_key: BucketSecret,
}

impl Files {
    /// What the bucket is called in words, where there is one.
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        match self.store {
            StoreKind::Disk => None,
            StoreKind::S3 => Some(format!(
                "the bucket {} of {}",
                self.s3_bucket, self.s3_endpoint
            )),
        }
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);

impl Default for Files {
    fn default() -> Self {
        Self {
            store: StoreKind::Disk,
            link_age: DAY,
            quota: ByteSize::mebibytes(20 * 1024),
            keep_unused: DAY * 7,
            s3_endpoint: String::new(),
            s3_region: "us-east-1".to_owned(),
            s3_bucket: String::new(),
            s3_prefix: String::new(),
            s3_addressing: Addressing::Path,
            s3_access_key: String::new(),
            s3_secret_key: BucketSecret::Unset,
        }
    }
}

pub(super) const KEYS: &[Key] = &[
    key!(
        "files.store",
        files.store,
        "Where uploaded files are kept: \"disk\", in the data folder, or \"s3\", in a bucket. Backups\nhold what is on the disk, and not what is in a bucket."
    ),
    key!(
        "files.link_age",
        files.link_age,
        "How long a link to a file holds at least, and at most twice as long. Who may read a\nconversation always gets new ones."
    ),
    key!(
        "files.quota",
        files.quota,
        "The most that the files of one account may take."
    ),
    key!(
        "files.keep_unused",
        files.keep_unused,
        "How long an upload is kept that was never sent with a message."
    ),
    key!(
        "files.s3_endpoint",
        files.s3_endpoint,
        "The address of the S3-compatible service, such as \"https://s3.eu-central-1.amazonaws.com\"."
    ),
    key!("files.s3_region", files.s3_region, "The region it is in."),
    key!(
        "files.s3_bucket",
        files.s3_bucket,
        "The bucket, which is there already."
    ),
    key!(
        "files.s3_prefix",
        files.s3_prefix,
        "What the name of every file in it begins with, such as \"desk/\"."
    ),
    key!(
        "files.s3_addressing",
        files.s3_addressing,
        "Where the bucket's name stands in an address: in its \"path\", or before its \"host\"."
    ),
    key!(
        "files.s3_access_key",
        files.s3_access_key,
        "The name of the key that may read, write and delete in the bucket."
    ),
    key!(
        "files.s3_secret_key",
        files.s3_secret_key,
        "Its secret: \"file:PATH\", a file that only this user can read, or \"key:SECRET\", which fits the\nvariable FRONTDESK_FILES_S3_SECRET_KEY best. It is never shown."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_never_shows() {
        let read = BucketSecret::take(&Raw::Text("key:canary")).unwrap();
        assert!(!format!("{read:?}{}", read.show()).contains("canary"));
        assert_eq!(read.read(Path::new("/")).unwrap(), "canary");
        for text in ["canary", "key:", "file:", "keys:canary"] {
            let wrong = BucketSecret::take(&Raw::Text(text)).unwrap_err();
            assert!(!format!("{wrong:?}").contains("canary"), "{text}");
        }
    }

    #[test]
    fn a_file_of_a_secret_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "canary\n").unwrap();
        let named = BucketSecret::File(PathBuf::from("key"));
        let mode = |bits| {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(bits)).unwrap();
            named.read(folder.path())
        };
        assert!(matches!(mode(0o644), Err(StoreError::Exposed { .. })));
        assert_eq!(mode(0o600).unwrap(), "canary");
        let none = BucketSecret::File(PathBuf::from("none")).read(folder.path());
        assert!(matches!(none, Err(StoreError::Secret { .. })));
    }
}
