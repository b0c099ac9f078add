//! Files on their way out. Nobody is shown anything here, so all of it may be done again.

use super::{brought, call};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::files::{FileError, Portion};
use crate::http::wire::Links;
use crate::outgoing::OutgoingError;
use frontdesk_connectors::channel::{
    Ahead, Answer, Call, Channel, Delivery, FileLink, Held, Outgoing, Upload,
};
use frontdesk_db::queries::messages::{Attachment, MessageView};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, FileId};
use futures_util::TryStreamExt;
use std::collections::HashMap;

/// The files of a message, each under its address.
pub(crate) fn file_links(links: &Links, view: &MessageView) -> Vec<FileLink> {
    let link = |it: &Attachment| FileLink {
        url: links.file(view.message.account_id, it.id, &it.filename),
        filename: it.filename.clone(),
        content_type: it.content_type.clone(),
        size: it.size,
        held: Held::Here,
    };
    view.attachments.iter().map(link).collect()
}

/// The files of a message, as far as the provider takes them as files, or has them already. What it does not
/// take goes as a link.
pub(super) async fn hold(
    app: &App,
    (connection, channel): (&Connection, &dyn Channel),
    out: &Outgoing<'_>,
    (message, there): (&MessageView, &HashMap<FileId, String>),
) -> Done<Result<Vec<FileLink>, Delivery>> {
    let links = out.files.to_vec();
    let way = channel.upload();
    let Some(way) = way.filter(|it| !links.is_empty() && it.takes(out)) else {
        return Ok(Ok(links));
    };
    let id = message.message.id;
    let mut files = Vec::new();
    for (link, attachment) in links.iter().zip(&message.attachments) {
        let held = match there.get(&attachment.id) {
            Some(there) => Held::There(there.clone()),
            None => match held_one(app, connection, way, (link, attachment)).await {
                Ok(held) => held,
                Err(delivery) => return Ok(Err(delivery)),
            },
        };
        match &held {
            // One goes as a link, so that all do.
            Held::Here => {
                brought::forget(app, connection, id).await?;
                return Ok(Ok(links));
            }
            Held::There(name) if !there.contains_key(&attachment.id) => {
                brought::keep(app, connection, id, (attachment.id, name)).await?;
            }
            Held::There(_) | Held::Bytes(_) => {}
        }
        files.push(FileLink {
            held,
            ..link.clone()
        });
    }
    Ok(Ok(files))
}

/// Where the bytes of a file are: ready, brought to the provider, or here, where it does not take them.
async fn held_one(
    app: &App,
    connection: &Connection,
    way: &dyn Upload,
    (link, attachment): (&FileLink, &Attachment),
) -> Result<Held, Delivery> {
    let bytes = read(app, connection.account_id, attachment).await?;
    let Some(ahead) = way.ahead() else {
        return Ok(Held::Bytes(bytes));
    };
    match bring(app, ahead, link, bytes).await {
        Ok(id) => Ok(Held::There(id)),
        Err(Delivery::Refused { why }) => {
            tracing::info!(why, "files go as links");
            Ok(Held::Here)
        }
        Err(delivery) => Err(delivery),
    }
}

/// Brings a file to the provider, and says what it is called there.
async fn bring(
    app: &App,
    ahead: &dyn Ahead,
    link: &FileLink,
    bytes: Vec<u8>,
) -> Result<String, Delivery> {
    let answer = answered(app, ahead.ask(link)).await?;
    let reserved = ahead.place(&answer).map_err(harmless)?;
    let answer = answered(app, ahead.carry(&reserved, bytes)).await?;
    ahead.carried(&answer).map_err(harmless)?;
    Ok(reserved.id)
}

async fn answered(app: &App, call: Call) -> Result<Answer, Delivery> {
    let answer = call::make(&app.outgoing, call).await;
    answer.map_err(|error| match error {
        OutgoingError::Refused(_) => Delivery::refused(error.to_string()),
        error => Delivery::later(error.to_string(), None),
    })
}

/// What may have been done here does no harm when it is done again.
fn harmless(delivery: Delivery) -> Delivery {
    match delivery {
        Delivery::Doubtful { why } => Delivery::later(why, None),
        delivery => delivery,
    }
}

async fn read(app: &App, account_id: AccountId, file: &Attachment) -> Result<Vec<u8>, Delivery> {
    let name = &file.filename;
    let unread = |error: &(dyn std::error::Error + 'static)| {
        tracing::warn!(error, "a file could not be read for a message");
        Delivery::later(format!("the file {name} cannot be read just now"), None)
    };
    let mut content = match app.files.open(account_id, file.id, Portion::Whole).await {
        Ok(content) => content,
        Err(FileError::Missing) => {
            return Err(Delivery::refused(format!(
                "the file {name} is not here any more"
            )));
        }
        Err(error) => return Err(unread(&error)),
    };
    let mut bytes = Vec::new();
    while let Some(part) = content.try_next().await.map_err(|error| unread(&error))? {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}
