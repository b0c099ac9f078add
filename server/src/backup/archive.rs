//! Writes a backup: aside first, under its name only when it is whole and synced.

use super::manifest::{Entry, Facts, Manifest, hex};
use super::{BackupError, DATABASE, MANIFEST, at};
use crate::files::disk;
use frontdesk_db::Place;
use frontdesk_db::carry::{self, Pace, StoredFile, Survey, Watch};
use frontdesk_domain::Timestamp;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A backup that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct BackUp<'a> {
    pub place: &'a Place,
    pub uploads: Uploads<'a>,
    pub into: &'a Path,
    pub now: Timestamp,
}

/// Where the uploads are.
#[derive(Debug, Clone, Copy)]
pub enum Uploads<'a> {
    /// In this data folder, from where they go into the backup.
    Here(&'a Path),
    /// In a bucket, where they stay; this is what it is called.
    Bucket(&'a str),
}

/// A file that goes when it is not needed any more.
struct Aside(PathBuf);

impl Drop for Aside {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = self.0.clone().into_os_string();
            name.push(end);
            // Most often there is nothing left to remove.
            drop(fs::remove_file(name));
        }
    }
}

/// Writes a backup of one moment while others go on writing. Not from a thread that drives a
/// runtime: PostgreSQL is read through one of its own.
///
/// # Errors
/// When it cannot be made; then there is no file.
pub fn back_up(wanted: &BackUp<'_>, watch: Watch<'_>) -> Result<Manifest, BackupError> {
    if wanted.into.exists() {
        return Err(BackupError::Exists {
            path: wanted.into.to_owned(),
        });
    }
    let database = Aside(beside(wanted.into, "database"));
    let partial = Aside(beside(wanted.into, "partial"));
    private(&database.0)?;
    let copied = carry::to_file(wanted.place, &database.0, wanted.now, watch)?;
    let survey = carry::survey(&database.0)?;
    let mut archive = Archive::new(private(&partial.0)?, &partial.0, wanted.now);
    archive.add(DATABASE, &database.0)?;
    let (missing, bucket) = match wanted.uploads {
        Uploads::Here(data) => (archive.add_uploads(data, &survey)?, None),
        Uploads::Bucket(name) => (Vec::new(), Some(name.to_owned())),
    };
    let engine = match wanted.place {
        Place::Sqlite(_) => "sqlite",
        Place::Postgres { .. } => "postgres",
    };
    let manifest = Manifest::of(Facts {
        survey: &survey,
        engine,
        search: copied.search,
        now: wanted.now,
        entries: std::mem::take(&mut archive.entries),
        missing,
        bucket,
    });
    archive.close(&manifest)?;
    fs::rename(&partial.0, wanted.into).map_err(at(wanted.into))?;
    sync_folder(wanted.into)?;
    Ok(manifest)
}

/// A name in the same folder that says what it is for.
fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.{what}", std::process::id()))
}

fn private(path: &Path) -> Result<File, BackupError> {
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    opened.map_err(at(path))
}

/// The name of a file is durable once its folder is.
pub(super) fn sync_folder(path: &Path) -> Result<(), BackupError> {
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    File::open(parent)
        .and_then(|folder| folder.sync_all())
        .map_err(at(parent))
}

/// An archive that is being written.
struct Archive<'a> {
    tar: tar::Builder<BufWriter<Paced>>,
    path: &'a Path,
    modified: u64,
    entries: Vec<Entry>,
}

/// Read and written at once.
const CHUNK: usize = 1 << 18;

impl<'a> Archive<'a> {
    fn new(file: File, path: &'a Path, now: Timestamp) -> Self {
        Self {
            tar: tar::Builder::new(BufWriter::with_capacity(CHUNK, Paced::new(file))),
            path,
            modified: u64::try_from(now.0 / 1_000_000).unwrap_or(0),
            entries: Vec::new(),
        }
    }

    /// Adds a file under a name, and notes what it was.
    fn add(&mut self, name: &str, from: &Path) -> Result<(), BackupError> {
        let file = File::open(from).map_err(at(from))?;
        let bytes = file.metadata().map_err(at(from))?.len();
        let mut reader = Hashing::new(BufReader::with_capacity(CHUNK, file));
        let mut header = self.header(bytes);
        self.tar
            .append_data(&mut header, name, &mut reader)
            .map_err(at(self.path))?;
        self.entries.push(Entry {
            path: name.to_owned(),
            bytes,
            sha256: reader.finish(),
        });
        Ok(())
    }

    /// Adds every upload that the database knows, and says which are not on the disk.
    fn add_uploads(&mut self, data: &Path, survey: &Survey) -> Result<Vec<String>, BackupError> {
        let mut missing = Vec::new();
        for file in &survey.files {
            let (name, path) = upload(data, file);
            match self.add(&name, &path) {
                // Removed after the moment of the copy, or lost before.
                Err(BackupError::File { source, path: lost })
                    if lost == path && source.kind() == io::ErrorKind::NotFound =>
                {
                    missing.push(name);
                }
                added => added?,
            }
        }
        Ok(missing)
    }

    fn header(&self, bytes: u64) -> tar::Header {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.modified);
        header.set_entry_type(tar::EntryType::Regular);
        header
    }

    /// Ends the archive with its manifest, and syncs it.
    fn close(mut self, manifest: &Manifest) -> Result<(), BackupError> {
        let text = serde_json::to_vec_pretty(manifest).map_err(io::Error::from);
        let text = text.map_err(at(self.path))?;
        let mut header = self.header(text.len() as u64);
        let path = self.path;
        let added = self.tar.append_data(&mut header, MANIFEST, &*text);
        let finished = added.and_then(|()| {
            let mut buffer = self.tar.into_inner()?;
            buffer.flush()?;
            buffer.get_ref().file.sync_all()
        });
        finished.map_err(at(path))
    }
}

/// A file that is written at the side of a server at work.
struct Paced {
    file: File,
    pace: Pace,
}

impl Paced {
    fn new(file: File) -> Self {
        let pace = Pace::new();
        Self { file, pace }
    }
}

impl Write for Paced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.pace.wrote(count as u64, &self.file)?;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A reader that notes what passes.
pub(super) struct Hashing<R> {
    reader: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    pub(super) fn new(reader: R) -> Self {
        let hash = Sha256::new();
        Self { reader, hash }
    }

    pub(super) fn finish(self) -> String {
        hex(&self.hash.finalize())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}

/// Where an upload is, in the archive and on the disk.
pub(super) fn upload(data: &Path, file: &StoredFile) -> (String, PathBuf) {
    let path = disk::place(data, file.account_id, file.id);
    let name = path.strip_prefix(data).unwrap_or(&path);
    (name.to_string_lossy().into_owned(), path.clone())
}
