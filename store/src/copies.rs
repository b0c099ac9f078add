//! Copies of the files that go along with what the agent writes. They lie beside the outbox, so
//! that nothing that happens to a file afterwards changes what is sent.

use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The largest file that is copied. What a server takes, and a channel, is less.
const LARGEST: u64 = 100 * 1024 * 1024;

/// A copy that nothing names is left alone for so long: the text it belongs to may not be written
/// down yet.
const NAMELESS: Duration = Duration::from_secs(3_600);

/// The folder of the copies. Clones share it.
#[derive(Debug, Clone)]
pub struct Copies {
    folder: PathBuf,
}

/// Why a file was not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("it is no file")]
    NotAFile,
    #[error("it has more than {} MiB", LARGEST / (1024 * 1024))]
    TooLarge,
    #[error("it cannot be read ({})", .0.kind())]
    Unreadable(#[source] io::Error),
    #[error("it cannot be copied ({})", .0.kind())]
    NotKept(#[source] io::Error),
}

/// What kind of content a file of this name has, as far as its name tells.
#[must_use]
pub fn content_type(filename: &str) -> String {
    mime_guess::from_path(filename)
        .first_or_octet_stream()
        .essence_str()
        .to_owned()
}

impl Copies {
    pub(crate) fn beside(folder: &Path) -> Self {
        Self {
            folder: folder.join("files"),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the copy of this id lies.
    #[must_use]
    pub fn path(&self, id: FileId) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// Copies a file as it is now. What was copied is on disk when this returns.
    ///
    /// # Errors
    /// When there is no such file, when it is too large, or when the disk takes no more.
    pub fn take(&self, from: &Path) -> Result<Enclosure, CopyError> {
        // What is not a file may have no end, or wait for ever to be opened.
        judge(&fs::metadata(from).map_err(CopyError::Unreadable)?)?;
        let source = File::open(from).map_err(CopyError::Unreadable)?;
        judge(&source.metadata().map_err(CopyError::Unreadable)?)?;
        let id = FileId::random();
        let size = match self.write(id, source) {
            Ok(size) if size <= LARGEST => size,
            Ok(_) => {
                self.drop_half(id);
                return Err(CopyError::TooLarge);
            }
            Err(error) => {
                self.drop_half(id);
                return Err(CopyError::NotKept(error));
            }
        };
        let filename = from.file_name().unwrap_or(from.as_os_str());
        let filename = filename.to_string_lossy().into_owned();
        Ok(Enclosure {
            id,
            content_type: content_type(&filename),
            filename,
            size,
        })
    }

    fn write(&self, id: FileId, source: File) -> io::Result<u64> {
        crate::file::make_private_folder(&self.folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut copy = options.open(self.path(id))?;
        // It may have grown since it was looked at.
        let size = io::copy(&mut source.take(LARGEST + 1), &mut copy)?;
        copy.sync_all()?;
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        Ok(size)
    }

    /// A half copy that cannot be removed now goes with the next sweep.
    fn drop_half(&self, id: FileId) {
        drop(fs::remove_file(self.path(id)));
    }

    /// Removes copies. That one is gone already is fine.
    pub(crate) fn remove(&self, ids: impl IntoIterator<Item = FileId>) -> io::Result<()> {
        for id in ids {
            match fs::remove_file(self.path(id)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes what nothing names any more.
    pub(crate) fn sweep(&self, named: &HashSet<FileId>) -> io::Result<()> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.parse().ok());
            let is_named = id.is_some_and(|id| named.contains(&id));
            let age = entry.metadata()?.modified()?.elapsed();
            if !is_named && age.is_ok_and(|age| age >= NAMELESS) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes all of them.
    pub(crate) fn wipe(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }
}

fn judge(it: &fs::Metadata) -> Result<(), CopyError> {
    if !it.is_file() {
        return Err(CopyError::NotAFile);
    }
    if it.len() > LARGEST {
        return Err(CopyError::TooLarge);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_the_file_was() {
        let folder = tempfile::tempdir().unwrap();
        let copies = Copies::beside(folder.path());
        let original = folder.path().join("price list.pdf");
        fs::write(&original, "as it was").unwrap();
        let taken = copies.take(&original).unwrap();
        assert_eq!(taken.filename, "price list.pdf");
        assert_eq!(taken.content_type, "application/pdf");
        assert_eq!(taken.size, 9);
        fs::write(&original, "something else").unwrap();
        fs::remove_file(&original).unwrap();
        let copy = copies.path(taken.id);
        assert_eq!(fs::read_to_string(&copy).unwrap(), "as it was");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&copy), mode(&copies.folder)), (0o600, 0o700));
        }
    }

    #[test]
    fn only_a_file_of_some_size_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let copies = Copies::beside(folder.path());
        let refused = |path: &Path| copies.take(path).unwrap_err();
        assert!(matches!(refused(folder.path()), CopyError::NotAFile));
        let none = folder.path().join("none");
        assert!(matches!(refused(&none), CopyError::Unreadable(_)));
        let large = folder.path().join("large");
        File::create(&large).unwrap().set_len(LARGEST + 1).unwrap();
        assert!(matches!(refused(&large), CopyError::TooLarge));
        assert!(!copies.folder.exists(), "nothing is left of them");
    }

    #[test]
    fn what_nothing_names_goes_after_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let copies = Copies::beside(folder.path());
        let original = folder.path().join("a.txt");
        fs::write(&original, "a").unwrap();
        let [named, old, young] = [(); 3].map(|()| copies.take(&original).unwrap().id);
        for id in [named, old] {
            let file = File::options().write(true).open(copies.path(id)).unwrap();
            let written = file.metadata().unwrap().modified().unwrap();
            file.set_modified(written - NAMELESS).unwrap();
        }
        copies.sweep(&HashSet::from([named])).unwrap();
        let there = [named, old, young].map(|id| copies.path(id).exists());
        assert_eq!(there, [true, false, true]);
    }
}
