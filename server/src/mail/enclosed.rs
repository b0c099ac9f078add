//! The files that go along with a mail.

use super::letter::refused;
use crate::app::App;
use crate::files::{FileError, Portion};
use crate::work::Handed;
use frontdesk_connectors::email::Enclosed;
use frontdesk_db::queries::messages::Attachment;
use frontdesk_domain::AccountId;
use futures_util::TryStreamExt;

/// The most bytes of files that go along, as most mail servers take no more.
const MOST_BYTES: usize = 18 * 1024 * 1024;

/// Reads the files of a message.
pub(super) async fn enclosed(
    app: &App,
    account_id: AccountId,
    attachments: &[Attachment],
) -> Result<Vec<Enclosed>, Handed> {
    let mut files = Vec::new();
    let mut room = MOST_BYTES;
    for it in attachments {
        let content = match app.files.open(account_id, it.id, Portion::Whole).await {
            Ok(content) => content,
            Err(FileError::Missing) => {
                return Err(refused(&format!(
                    "the file {} is not here any more",
                    it.filename
                )));
            }
            Err(error) => return Err(unread(&it.filename, &error)),
        };
        let mut bytes = Vec::new();
        let mut content = content;
        loop {
            match content.try_next().await {
                Ok(Some(part)) if part.len() <= room => {
                    room -= part.len();
                    bytes.extend_from_slice(&part);
                }
                Ok(Some(_)) => return Err(refused(TOO_LARGE)),
                Ok(None) => break,
                Err(error) => return Err(unread(&it.filename, &error)),
            }
        }
        files.push(Enclosed {
            filename: it.filename.clone(),
            content_type: it.content_type.clone(),
            content: bytes,
        });
    }
    Ok(files)
}

const TOO_LARGE: &str = "its files have more than 18 MiB together, which is more than mail takes";

fn unread(filename: &str, error: &(dyn std::error::Error + 'static)) -> Handed {
    tracing::warn!(error, "a file could not be read for a mail");
    Handed::Later {
        why: format!("the file {filename} cannot be read just now"),
        after: None,
    }
}
