//! Takes a backup apart into a folder. An archive may come from anybody: nothing but plain files
//! of the names we give is taken out of it, and nothing outside the folder is written.

use super::archive::Hashing;
use super::manifest::{Entry, FORMAT, Manifest};
use super::{BackupError, DATABASE, MANIFEST, at};
use crate::config::folder;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Component, Path};

/// A manifest is a few lines for each table and upload.
const LONGEST_MANIFEST: u64 = 256 * 1024 * 1024;

/// Writes the files of a backup into an empty folder, and says what its manifest is. Every file
/// has been compared with it.
pub(super) fn unpack(backup: &Path, into: &Path) -> Result<Manifest, BackupError> {
    let opened = File::open(backup).map_err(at(backup))?;
    let mut archive = tar::Archive::new(BufReader::with_capacity(1 << 18, opened));
    let unreadable = |source: io::Error| not_whole(backup, &format!("{source}"));
    let mut found = Vec::new();
    let mut manifest = None;
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let name = name(&entry).map_err(|why| not_whole(backup, &why))?;
        if manifest.is_some() {
            return Err(not_whole(backup, "something follows its manifest"));
        }
        if name == MANIFEST {
            manifest = Some(read_manifest(backup, &mut entry)?);
        } else {
            found.push(write(&mut entry, into, name, backup)?);
        }
    }
    let Some(manifest) = manifest else {
        return Err(not_whole(backup, "it ends before its manifest"));
    };
    compare(backup, &manifest, &found)?;
    Ok(manifest)
}

fn not_whole(path: &Path, why: &str) -> BackupError {
    BackupError::NotWhole {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

/// The name of an entry, if it is one that a backup has.
fn name<R: Read>(entry: &tar::Entry<'_, R>) -> Result<String, String> {
    let path = entry.path().map_err(|error| error.to_string())?;
    let shown = path.display().to_string();
    let plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let ours = shown == DATABASE || shown == MANIFEST || shown.starts_with("files/");
    if plain && ours && entry.header().entry_type().is_file() {
        Ok(shown)
    } else {
        Err(format!("it holds {shown:?}, which no backup does"))
    }
}

fn read_manifest<R: Read>(
    backup: &Path,
    entry: &mut tar::Entry<'_, R>,
) -> Result<Manifest, BackupError> {
    let mut text = Vec::new();
    entry
        .take(LONGEST_MANIFEST)
        .read_to_end(&mut text)
        .map_err(at(backup))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| not_whole(backup, &format!("its manifest cannot be read ({error})")))?;
    if manifest.format != FORMAT {
        let why = format!(
            "its form is {}, this program reads {FORMAT}; use the Frontdesk that made it",
            manifest.format
        );
        return Err(not_whole(backup, &why));
    }
    Ok(manifest)
}

fn write<R: Read>(
    entry: &mut tar::Entry<'_, R>,
    into: &Path,
    name: String,
    backup: &Path,
) -> Result<Entry, BackupError> {
    let path = into.join(&name);
    if let Some(parent) = path.parent() {
        folder::prepare(parent).map_err(|error| not_whole(backup, &error.to_string()))?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .map_err(at(&path))?;
    let mut reader = Hashing::new(entry);
    let bytes = io::copy(&mut reader, &mut file)
        .map_err(|error| not_whole(backup, &format!("{name}: {error}")))?;
    file.sync_all().map_err(at(&path))?;
    Ok(Entry {
        path: name,
        bytes,
        sha256: reader.finish(),
    })
}

/// What was found is what the manifest lists, no more and no less.
fn compare(backup: &Path, manifest: &Manifest, found: &[Entry]) -> Result<(), BackupError> {
    for entry in &manifest.entries {
        match found.iter().find(|it| it.path == entry.path) {
            None => return Err(not_whole(backup, &format!("{} is missing", entry.path))),
            Some(it) if it != entry => {
                let why = format!("{} is damaged: its checksum is another", entry.path);
                return Err(not_whole(backup, &why));
            }
            Some(_) => {}
        }
    }
    let listed = |it: &&Entry| !manifest.entries.iter().any(|entry| entry.path == it.path);
    match found.iter().find(listed) {
        Some(extra) => Err(not_whole(backup, &format!("{} is not listed", extra.path))),
        None => Ok(()),
    }
}
