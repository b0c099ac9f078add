//! Makes a mail of a message: from which mailbox, to whom, answering what.

use crate::app::App;
use crate::failure::Outcome as Done;
use crate::files::{FileError, Portion};
use crate::lines;
use crate::work::{Handed, Outgoing};
use frontdesk_connectors::email::{
    Account, Composed, Enclosed, Letter, Mailbox, Quoted, Writer, compose,
};
use frontdesk_db::queries::messages::{Attachment, MessageView};
use frontdesk_db::queries::{connections, messages};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{AccountId, Conversation, Source, Timestamp};
use futures_util::TryStreamExt;
use std::time::Duration;

/// The most bytes of files that go along, as most mail servers take no more.
const MOST_BYTES: usize = 18 * 1024 * 1024;

/// How long a mailbox that is switched off is left alone.
const OFF: Duration = Duration::from_secs(300);

/// How far back it is looked for what is answered.
const BACK: i64 = 30;

/// A mail, and the mailbox it leaves by.
pub(super) struct Ready {
    pub(super) connection: Connection,
    pub(super) account: Account,
    pub(super) mail: Composed,
}

/// What a message answers.
struct Before {
    author: String,
    written_at: Timestamp,
    text: String,
}

/// Writes the mail; or says why none goes out now.
pub(super) async fn write(app: &App, outgoing: Outgoing) -> Done<Result<Ready, Handed>> {
    let held = outgoing.conversation.clone();
    let seq = outgoing.message.message.seq;
    let (connection, before) = app
        .db
        .read(move |conn| {
            let connection = mailbox_of(conn, &held)?;
            let latest = messages::latest(conn, held.id, BACK)?;
            let mut earlier = latest.into_iter().rev().filter(|it| it.message.seq < seq);
            Done::Ok((connection, earlier.find(is_theirs).map(said)))
        })
        .await?;
    let Some(connection) = connection else {
        return Ok(Err(refused("no mailbox is connected to this inbox")));
    };
    if !connection.is_on() {
        return Ok(Err(Handed::Wait(OFF)));
    }
    let account = match lines::mailbox(app, &connection).await? {
        Ok(account) => account,
        Err(unfit) => {
            let why = format!("the mailbox {} is not set up: {unfit}", connection.name);
            return Ok(Err(Handed::Later { why, after: None }));
        }
    };
    let attachments = &outgoing.message.attachments;
    let files = enclosed(app, outgoing.conversation.account_id, attachments).await;
    let composed = files.and_then(|files| {
        let composed = composed(&outgoing, &account, before.as_ref(), files);
        composed.map_err(|why| Handed::Refused { why })
    });
    Ok(composed.map(|mail| Ready {
        connection,
        account,
        mail,
    }))
}

fn composed(
    outgoing: &Outgoing,
    account: &Account,
    before: Option<&Before>,
    files: Vec<Enclosed>,
) -> Result<Composed, String> {
    let (message, settings) = (&outgoing.message, &account.settings);
    let address = outgoing.customer.email.clone();
    let address = address.ok_or("the customer has no email address")?;
    let signature = signature(settings.signature.as_deref(), message);
    let quoted = before.filter(|_| settings.quote_history);
    compose(Letter {
        id: message.message.id,
        from: Mailbox {
            name: settings.name.clone(),
            address: settings.address.clone(),
        },
        to: vec![Mailbox {
            name: outgoing.customer.name.clone(),
            address,
        }],
        cc: Vec::new(),
        reply_to: None,
        subject: outgoing.conversation.subject.as_deref().unwrap_or_default(),
        text: message.message.body.as_deref().unwrap_or_default(),
        signature: &signature,
        quoted: quoted.map(|it| Quoted {
            author: &it.author,
            written_at: it.written_at,
            text: &it.text,
        }),
        answers: None,
        references: &[],
        date: message.message.created_at,
        writer: writer(message.message.sender),
        files,
    })
}

/// The mailbox that a conversation's mail leaves by: one of its inbox, and first one that is on.
fn mailbox_of(
    conn: &mut dyn Conn,
    conversation: &Conversation,
) -> Result<Option<Connection>, DbError> {
    let all = connections::of_account(conn, conversation.account_id)?;
    let fits =
        |it: &Connection| it.kind == Source::Email && Some(it.inbox_id) == conversation.inbox_id;
    let mut found: Vec<Connection> = all.into_iter().filter(fits).collect();
    let on = found.iter().position(Connection::is_on);
    Ok(match on {
        Some(at) => Some(found.swap_remove(at)),
        None => found.pop(),
    })
}

fn is_theirs(view: &MessageView) -> bool {
    view.message.customer_id().is_some() && !view.message.private
}

fn said(view: MessageView) -> Before {
    let customer = view.customer.as_ref();
    let author = customer.and_then(|it| it.name.as_deref().or(it.email.as_deref()));
    Before {
        author: author.unwrap_or("you").to_owned(),
        written_at: view.message.created_at,
        text: view.message.body.unwrap_or_default(),
    }
}

/// The inbox's lines with the writer's name in its place; without such lines the name alone.
fn signature(lines: Option<&str>, view: &MessageView) -> String {
    let user = view.user.as_ref();
    let name = user.and_then(|it| it.display_name.as_deref().or(it.full_name.as_deref()));
    let name = name.unwrap_or_default();
    match lines {
        Some(lines) => lines.replace("{agent}", name),
        None => name.to_owned(),
    }
}

fn writer(sender: Sender) -> Writer {
    match sender {
        Sender::User(_) | Sender::Customer(_) => Writer::Person,
        Sender::Bot | Sender::System => Writer::Program,
    }
}

async fn enclosed(
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

pub(super) fn refused(why: &str) -> Handed {
    Handed::Refused {
        why: why.to_owned(),
    }
}
