//! The folder. A mail is written aside and moved into place whole; what has a place is durable.

use crate::config::folder;
use frontdesk_domain::{AccountId, ConnectionId, FileId};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What a program may hand over at once. What is larger than a mail that is read is for quarantine,
/// and what is larger than this is no mail.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    #[error("it is larger than 64 MiB")]
    TooLarge,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Which mailbox a mail is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub account_id: AccountId,
    pub connection_id: ConnectionId,
    /// The addresses it was delivered to.
    pub recipients: Vec<String>,
}

/// A mailbox that takes mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    pub account_id: AccountId,
    pub connection_id: ConnectionId,
    /// Its addresses, in lower case.
    pub addresses: Vec<String>,
}

/// The folder of mail that waits for the server.
#[derive(Debug, Clone)]
pub struct Spool {
    root: PathBuf,
}

impl Spool {
    /// The folder in a data folder.
    #[must_use]
    pub fn at(data: &Path) -> Self {
        Self {
            root: data.join("mail"),
        }
    }

    fn aside(&self) -> PathBuf {
        self.root.join("aside")
    }

    pub(super) fn waiting(&self) -> PathBuf {
        self.root.join("waiting")
    }

    fn unclaimed(&self) -> PathBuf {
        self.root.join("unclaimed")
    }

    fn list(&self) -> PathBuf {
        self.root.join("mailboxes.json")
    }

    /// Makes the folders.
    pub(super) fn prepare(&self) -> io::Result<()> {
        for folder in [self.aside(), self.waiting(), self.unclaimed()] {
            folder::prepare(&folder).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// The mailboxes as the server last wrote them down; `None` where none ever ran here.
    ///
    /// # Errors
    /// When the list cannot be read.
    pub fn mailboxes(&self) -> io::Result<Option<Vec<Mailbox>>> {
        match fs::read(self.list()) {
            Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the mailboxes down.
    pub(super) fn set_mailboxes(&self, mailboxes: &[Mailbox]) -> io::Result<()> {
        let aside = self.aside().join("mailboxes.json");
        let mut file = private(&aside)?;
        file.write_all(&serde_json::to_vec(mailboxes)?)?;
        file.sync_all()?;
        fs::rename(&aside, self.list())
    }

    /// Takes a mail. When this answers, the mail is on the disk.
    ///
    /// # Errors
    /// When it is too large, or the disk does not take it; nothing is kept then.
    pub fn put(&self, envelope: &Envelope, mail: impl Read) -> Result<(), SpoolError> {
        let name = FileId::random().to_string();
        let aside = self.aside().join(&name);
        let written = write(&aside, envelope, mail);
        if written.is_err() {
            // The failure is told; that half a file stays aside as well says nothing new.
            drop(fs::remove_file(&aside));
        }
        written?;
        fs::rename(&aside, self.waiting().join(&name))?;
        // The name of a file is durable once its folder is.
        File::open(self.waiting())?.sync_all()?;
        Ok(())
    }

    /// The mails that wait, the oldest first.
    pub(super) fn names(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.waiting())? {
            let entry = entry?;
            let age = entry
                .metadata()?
                .modified()
                .unwrap_or(SystemTime::UNIX_EPOCH);
            found.push((age, entry.path()));
        }
        found.sort();
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }

    /// Puts a mail apart that no mailbox claims any more.
    pub(super) fn set_apart(&self, path: &Path) -> io::Result<PathBuf> {
        let apart = self.unclaimed().join(path.file_name().unwrap_or_default());
        fs::rename(path, &apart)?;
        Ok(apart)
    }
}

/// Reads a mail that waits.
pub(super) fn open(path: &Path) -> io::Result<(Envelope, Vec<u8>)> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    file.read_until(b'\n', &mut line)?;
    let envelope = serde_json::from_slice(&line)?;
    let mut raw = Vec::new();
    file.read_to_end(&mut raw)?;
    Ok((envelope, raw))
}

fn write(path: &Path, envelope: &Envelope, mail: impl Read) -> Result<(), SpoolError> {
    let mut file = private(path)?;
    let mut line = serde_json::to_vec(envelope).map_err(io::Error::from)?;
    line.push(b'\n');
    file.write_all(&line)?;
    let copied = io::copy(&mut mail.take(LARGEST + 1), &mut file)?;
    if copied > LARGEST {
        return Err(SpoolError::TooLarge);
    }
    file.sync_all()?;
    Ok(())
}

/// A new file that only its owner can read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spool(folder: &Path) -> Spool {
        let spool = Spool::at(folder);
        spool.prepare().unwrap();
        spool
    }

    fn envelope() -> Envelope {
        Envelope {
            account_id: AccountId::random(),
            connection_id: ConnectionId::random(),
            recipients: vec!["support@example.com".to_owned()],
        }
    }

    #[test]
    fn a_mail_comes_out_as_it_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let (spool, envelope) = (spool(folder.path()), envelope());
        let mail = b"From: ada@example.com\n\n\xff\x00{}\n";
        spool.put(&envelope, &mail[..]).unwrap();
        let waiting = spool.names().unwrap();
        let (known, raw) = open(&waiting[0]).unwrap();
        assert_eq!((known, raw.as_slice()), (envelope, &mail[..]));
        let apart = spool.set_apart(&waiting[0]).unwrap();
        assert!(apart.exists() && spool.names().unwrap().is_empty());
    }

    #[test]
    fn what_is_too_large_or_breaks_off_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let spool = spool(folder.path());
        let endless = io::repeat(b'x');
        assert!(matches!(
            spool.put(&envelope(), endless),
            Err(SpoolError::TooLarge)
        ));
        let breaks = b"From"[..].chain(Breaks);
        assert!(spool.put(&envelope(), breaks).is_err());
        assert!(spool.names().unwrap().is_empty());
        assert_eq!(fs::read_dir(spool.aside()).unwrap().count(), 0);
    }

    struct Breaks;

    impl Read for Breaks {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the other side is gone"))
        }
    }

    #[test]
    fn mailboxes_are_known_once_they_were_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let spool = spool(folder.path());
        assert_eq!(spool.mailboxes().unwrap(), None);
        let mailbox = Mailbox {
            account_id: AccountId::random(),
            connection_id: ConnectionId::random(),
            addresses: vec!["support@example.com".to_owned()],
        };
        spool.set_mailboxes(std::slice::from_ref(&mailbox)).unwrap();
        assert_eq!(spool.mailboxes().unwrap(), Some(vec![mailbox]));
    }
}
