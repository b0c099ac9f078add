//! The files of a mail reach the store before its message is seen.

use crate::failure::Outcome;
use crate::files::{kind, name};
use crate::use_cases::uploads::Room;
use frontdesk_connectors::email::Attachment;
use frontdesk_domain::file::File;
use frontdesk_domain::{AccountId, FileId};

/// A file that was kept, and by which name the mail's HTML calls it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: FileId,
    pub(super) content_id: Option<String>,
}

/// Keeps all of them. What is kept of a mail that is not stored is swept.
pub(super) async fn keep(
    room: Room<'_>,
    account_id: AccountId,
    attachments: &[Attachment],
) -> Outcome<Vec<Kept>> {
    let mut kept = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        kept.push(Kept {
            id: one(room, account_id, attachment).await?,
            content_id: attachment.content_id.clone(),
        });
    }
    Ok(kept)
}

async fn one(room: Room<'_>, account_id: AccountId, attachment: &Attachment) -> Outcome<FileId> {
    let mut incoming = room.files.begin().await?;
    incoming.write(&attachment.content).await?;
    let known = File {
        id: FileId::random(),
        account_id,
        filename: name::clean(&attachment.name),
        content_type: kind::kind_of(incoming.head(), Some(&attachment.media_type)),
        size: i64::try_from(incoming.size()).unwrap_or(i64::MAX),
        user_id: None,
        customer_id: None,
        created_at: room.db.now(),
    };
    room.keep(incoming, &known).await?;
    Ok(known.id)
}
