//! Why a command did not do what was asked, in words for whoever typed it.

use crate::backup::BackupError;
use crate::config::ConfigError;
use crate::config::folder::FolderError;
use crate::export::ExportError;
use crate::failure::Failure;
use crate::files::StoreError;
use crate::import::ImportError;
use crate::lock::LockError;
use crate::outgoing::ClientError;
use crate::secret::PasswordError;
use crate::seed::SeedError;
use crate::server::StartError;
use crate::vault::RotationError;
use frontdesk_db::DbError;
use frontdesk_db::carry::CarryError;
use frontdesk_domain::Refusal;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The exit code for a command or a configuration that cannot be meant: `EX_USAGE`.
const USAGE: u8 = 64;

/// What mail servers know from `sysexits.h`: the mail is no good, nobody has the address, try later.
const DATA_ERROR: u8 = 65;
const NO_USER: u8 = 67;
const TRY_LATER: u8 = 75;

/// The exit code of who was interrupted by a signal.
const STOPPED: u8 = 130;

/// A failure of a command.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    #[error("{0}")]
    Usage(String),
    #[error("the configuration has a problem\n{0}")]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error("{}", in_words(.0))]
    Failed(Failure),
    #[error(transparent)]
    Outgoing(#[from] ClientError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error("{path} cannot be read ({})", .source.kind())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} cannot be written ({})", .source.kind())]
    Write { path: PathBuf, source: io::Error },
    #[error("{}", with_causes(.0))]
    Store(#[from] StoreError),
    #[error("{}", with_causes(.0))]
    Export(#[from] ExportError),
    #[error("{0} of what was looked at is not as it should be; see what to do above")]
    Unwell(usize),
    #[error("nothing can be read from the terminal ({})", .0.kind())]
    Ask(io::Error),
    #[error("nothing can be written to standard output ({})", .0.kind())]
    Output(io::Error),
    #[error("nothing can listen on {address} ({})\n  hint: see whether another server is running, or choose another address with --listen", .source.kind())]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("{}", with_causes(.0))]
    Import(#[from] ImportError),
    #[error("{}", seed_in_words(.0))]
    Seed(#[from] SeedError),
    #[error("{}", with_causes(.0))]
    Backup(#[from] BackupError),
    #[error("{}", with_causes(.0))]
    Carry(#[from] CarryError),
    #[error("{}", with_causes(.0))]
    Start(#[from] StartError),
    #[error("the audit log is not what was written\n  because: {0}")]
    AuditBroken(String),
    #[error(transparent)]
    Rotation(#[from] RotationError),
    #[error("a second signal ended the server at once; nothing that was acknowledged is lost")]
    StoppedAtOnce,
    #[error(
        "another server has taken the database over, because this one showed no sign of life; nothing that was acknowledged is lost"
    )]
    TakenOver,
    #[error("the mail is larger than 64 MiB")]
    MailTooLarge,
    #[error("no mailbox has the address {0}")]
    NoMailbox(String),
    #[error("the mail cannot be taken now, try later ({0})")]
    MailLater(String),
    #[error("the system gives no threads to run on ({})", .0.kind())]
    Runtime(io::Error),
}

impl CliError {
    pub(super) fn usage(words: impl Into<String>) -> Self {
        Self::Usage(words.into())
    }

    /// What the process ends with.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Config(_) => USAGE,
            Self::StoppedAtOnce => STOPPED,
            Self::MailTooLarge => DATA_ERROR,
            Self::NoMailbox(_) => NO_USER,
            Self::MailLater(_) => TRY_LATER,
            _ => 1,
        }
    }
}

impl From<Failure> for CliError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<DbError> for CliError {
    fn from(error: DbError) -> Self {
        Self::Failed(Failure::Db(error))
    }
}

impl From<Refusal> for CliError {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(Failure::Refused(refusal))
    }
}

fn in_words(failure: &Failure) -> String {
    match failure {
        Failure::Refused(Refusal::Conflict(why)) => (*why).to_owned(),
        Failure::Refused(Refusal::Invalid { field, problem }) => {
            format!("{} {problem}", field.replace('_', " "))
        }
        Failure::Db(DbError::Taken { what }) if what.contains("email") => {
            "somebody has this e-mail address already".to_owned()
        }
        Failure::Db(error) => with_causes(error),
        other => other.to_string(),
    }
}

fn seed_in_words(error: &SeedError) -> String {
    match error {
        SeedError::NotEmpty => "there is an account on this server already, and an example desk has a known password\n  hint: use another data folder, or --beside-others".to_owned(),
        other => with_causes(other),
    }
}

/// An error with what led to it, each on a line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str("\n  because: ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}
