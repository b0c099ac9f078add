//! Files that go along with what a command writes. Each is brought to the server first, under a
//! name made from that of the message, so that all of it can be tried again.

use super::retry::patiently;
use crate::error::Error;
use crate::sign_in::Agent;
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use frontdesk_store::copies::content_type;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use uuid::Builder;

/// Brings files to the server for the message with this name.
pub(super) async fn bring(
    agent: &mut Agent,
    paths: &[PathBuf],
    key: &str,
) -> Result<Vec<FileId>, Error> {
    let mut ids = Vec::with_capacity(paths.len());
    for (place, path) in paths.iter().enumerate() {
        let file = described(path, place, key)?;
        patiently(async || agent.api.bring(&file, path, |_| {}).await).await?;
        ids.push(file.id);
    }
    Ok(ids)
}

/// Refuses what is no file before anything is done.
pub(super) fn check(paths: &[PathBuf]) -> Result<(), Error> {
    for path in paths {
        size(path)?;
    }
    Ok(())
}

fn size(path: &Path) -> Result<u64, Error> {
    let unreadable = |what: String| Error::Usage(format!("{}: {what}", path.display()));
    let about = std::fs::metadata(path)
        .map_err(|error| unreadable(format!("cannot be read ({})", error.kind())))?;
    if about.is_file() {
        Ok(about.len())
    } else {
        Err(unreadable("is no file".to_owned()))
    }
}

fn described(path: &Path, place: usize, key: &str) -> Result<Enclosure, Error> {
    let size = size(path)?;
    let filename = path.file_name().unwrap_or(path.as_os_str());
    let filename = filename.to_string_lossy().into_owned();
    Ok(Enclosure {
        id: name(key, place, &filename, size),
        content_type: content_type(&filename),
        filename,
        size,
    })
}

/// The same file of the same message has the same name however often it is sent.
fn name(key: &str, place: usize, filename: &str, size: u64) -> FileId {
    let mut hash = Sha256::new();
    for part in [key, &place.to_string(), filename, &size.to_string()] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    FileId(Builder::from_random_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_for_the_same_and_another_for_anything_else() {
        let first = name("k", 0, "a.pdf", 3);
        assert_eq!(first, name("k", 0, "a.pdf", 3));
        assert_eq!(first.0.get_version_num(), 4);
        for other in [
            name("l", 0, "a.pdf", 3),
            name("k", 1, "a.pdf", 3),
            name("k", 0, "b.pdf", 3),
            name("k", 0, "a.pdf", 4),
        ] {
            assert_ne!(first, other);
        }
    }
}
