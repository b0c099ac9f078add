//! The archive of an export as it goes out: a tar with `export.jsonl` and then the files, made while it
//! is read, so that neither side holds more than a piece of it.

use super::Export;
use crate::files::{Content, FileError, FileStore, Portion};
use bytes::Bytes;
use frontdesk_domain::Timestamp;
use futures_util::{StreamExt, TryStreamExt, stream};
use std::io;
use tokio_util::io::ReaderStream;

/// A tar is made of blocks of this length.
const BLOCK: u64 = 512;

/// The archive from its first to its last byte. One that was cut has no end, and `tar` says so.
pub(crate) fn archive(export: Export, store: &FileStore, now: Timestamp) -> Content {
    let (account_id, store) = (export.account_id, store.clone());
    let lines = ReaderStream::new(tokio::fs::File::from_std(export.lines)).boxed();
    let lines = entry("export.jsonl", export.length, lines, now);
    let files = stream::iter(export.files).then(move |file| {
        let store = store.clone();
        async move {
            match store.open(account_id, file.id, Portion::Whole).await {
                Ok(content) => entry(&format!("files/{}", file.id), file.size, content, now),
                // It was erased since, or is lost: an empty entry says which.
                Err(FileError::Missing) => entry(
                    &format!("missing/{}", file.id),
                    0,
                    stream::empty().boxed(),
                    now,
                ),
                Err(error) => failed(io::Error::other(error)),
            }
        }
    });
    let end = stream::once(async { Ok(zeros(2 * BLOCK)) });
    lines.chain(files.flatten()).chain(end).boxed()
}

/// A header, exactly so many bytes, and what fills the last block.
fn entry(name: &str, size: u64, content: Content, now: Timestamp) -> Content {
    let mut header = tar::Header::new_gnu();
    if let Err(error) = header.set_path(name) {
        return failed(error);
    }
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now.0 / 1_000_000).unwrap_or(0));
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    let head = Bytes::copy_from_slice(header.as_bytes());
    let padding = zeros(size.next_multiple_of(BLOCK) - size);
    stream::once(async { Ok(head) })
        .chain(exactly(content, size))
        .chain(stream::once(async { Ok(padding) }))
        .boxed()
}

/// The content, or a failure where it is not as long as it should be: the entries behind it would
/// otherwise be read as something else.
fn exactly(content: Content, size: u64) -> Content {
    stream::try_unfold((content, size), |(mut content, left)| async move {
        match content.try_next().await? {
            None if left == 0 => Ok(None),
            Some(bytes) if bytes.len() as u64 <= left => {
                let left = left - bytes.len() as u64;
                Ok(Some((bytes, (content, left))))
            }
            _ => Err(io::Error::other("a file is not as long as it was")),
        }
    })
    .boxed()
}

fn failed(error: io::Error) -> Content {
    stream::once(async { Err(error) }).boxed()
}

fn zeros(count: u64) -> Bytes {
    Bytes::from(vec![0; usize::try_from(count).unwrap_or(0)])
}
