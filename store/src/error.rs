//! What can go wrong with the local file, one variant per activity.

use rusqlite::ErrorCode;
use std::io;
use std::path::PathBuf;

/// Why the local data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file cannot be made or made private.
    #[error("cannot prepare {}", path.display())]
    Prepare {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    /// A file cannot be moved away or removed.
    #[error("cannot move or remove {}", path.display())]
    Remove {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    /// The file is there and does not open.
    #[error("cannot open the local data")]
    Open(#[source] rusqlite::Error),
    /// The SQLite of this program can lose what it said was written.
    #[error("the SQLite in this program is {0}, and can lose what was written; 3.51.3 cannot")]
    OldSqlite(&'static str),
    /// The file is not what it should be.
    #[error("the local data is damaged: {0}")]
    Damaged(String),
    /// A newer version of the program made the file.
    #[error("the local data has version {found}, and this program knows up to {known}")]
    Newer { found: i64, known: i64 },
    /// The file could not be brought to this program's version.
    #[error("cannot upgrade the local data to version {to}")]
    Migrate {
        to: i64,
        #[source]
        cause: rusqlite::Error,
    },
    #[error("cannot read the local data")]
    Read(#[source] rusqlite::Error),
    #[error("cannot write the local data")]
    Write(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether there is no room on the disk.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.code() == Some(ErrorCode::DiskFull)
    }

    /// Whether the file itself is broken, so that a new one would help.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_))
            || matches!(
                self.code(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            )
    }

    /// What SQLite says.
    fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Open(cause)
            | Self::Read(cause)
            | Self::Write(cause)
            | Self::Migrate { cause, .. } => cause.sqlite_error_code(),
            Self::Prepare { .. }
            | Self::Remove { .. }
            | Self::OldSqlite(_)
            | Self::Damaged(_)
            | Self::Newer { .. } => None,
        }
    }
}
