//! A mail came in. Whatever brought it calls [`ingest`]: it becomes a message, is noted on the message
//! it reports about, or waits in quarantine with its bytes. When this answers, the mail is kept; when
//! it fails, nothing is, and the same mail may come again.

mod customer;
mod files;
mod keep;
mod place;
pub(crate) mod quarantine;
mod report;
mod surroundings;
mod token;
pub(crate) mod waiting;

pub(crate) use customer::{find_or_make, is_of};
pub(crate) use report::show as show_report;
pub(crate) use token::reply_address;

use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::uploads::Room;
use crate::vault::Vault;
use bytes::Bytes;
use frontdesk_connectors::email::{self, Inbound, Nature, Unreadable};
use frontdesk_db::Db;
use frontdesk_db::queries::mails;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{
    ConversationId, MailDirection, MailWay, MessageId, QuarantineId, QuarantineReason,
};
use quarantine::Why;
use surroundings::Surroundings;

/// What brought a mail.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    /// The mailbox it came by; its inbox gets it.
    pub(crate) connection: Connection,
    /// The addresses it was delivered to, where what brought it says so.
    pub(crate) recipients: Vec<String>,
    pub(crate) by: MailWay,
    /// What the mailbox's provider calls the thread it is in.
    pub(crate) thread: Option<String>,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ingested {
    /// It is a message now.
    Stored {
        conversation_id: ConversationId,
        message_id: MessageId,
    },
    /// It came before, or it is one of ours that came back.
    Known,
    /// It reported about messages of ours, which show it.
    Reported,
    /// It waits for somebody to look at it.
    Quarantined(QuarantineId),
}

/// What is needed to take a mail in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means<'a> {
    pub(crate) room: Room<'a>,
    pub(crate) vault: &'a Vault,
}

impl<'a> Means<'a> {
    /// Those of the server.
    pub(crate) fn of(app: &'a App) -> Self {
        Self {
            room: Room {
                db: &app.db,
                files: &app.files,
                quota: app.config.files.quota,
            },
            vault: &app.vault,
        }
    }

    fn db(self) -> &'a Db {
        self.room.db
    }
}

/// What a try to take a mail in came to.
enum Taken {
    Done(Ingested),
    Stuck(Why),
}

/// Takes a mail in.
///
/// # Errors
/// When the database or the file store does not answer; nothing of the mail is kept then.
pub(crate) async fn ingest(app: &App, came: &Came, raw: Bytes) -> Outcome<Ingested> {
    let means = Means::of(app);
    let mail = match read(raw.clone()).await? {
        Ok(mail) => mail,
        Err(unreadable) => {
            return quarantine::keep(means, came, None, unreadable.into(), raw).await;
        }
    };
    match take(means, came, &mail).await? {
        Taken::Done(ingested) => Ok(ingested),
        Taken::Stuck(why) => quarantine::keep(means, came, Some(&mail), why, raw).await,
    }
}

/// Reads a mail beside what others wait for: a large one takes a while.
async fn read(raw: Bytes) -> Outcome<Result<Inbound, Unreadable>> {
    let reading = tokio::task::spawn_blocking(move || email::parse(&raw));
    match reading.await {
        Ok(read) => Ok(read),
        // The reader does not panic on any mail we know; one on which it does is for people.
        Err(_) => Ok(Err(Unreadable::NoHeader)),
    }
}

/// Takes in what was read.
async fn take(means: Means<'_>, came: &Came, mail: &Inbound) -> Outcome<Taken> {
    let (account_id, inbox_id) = (came.connection.account_id, came.connection.inbox_id);
    let name = format!("mail:{}", email::name(mail));
    let asked = name.clone();
    let around = means
        .db()
        .read(move |conn| Surroundings::load(conn, account_id, inbox_id, &asked))
        .await?;
    if around.known {
        return Ok(Taken::Done(Ingested::Known));
    }
    let ours: Vec<&str> = around.ours.iter().map(String::as_str).collect();
    match email::classify(mail, &ours) {
        Nature::Report(told) => return report::take(means, came, told).await,
        Nature::Loop => return came_back(means, came, mail).await,
        Nature::Person | Nature::Automatic(_) => {}
    }
    let Some(writer) = email::writer(mail, &ours) else {
        return Ok(Taken::Stuck(Why::no_sender()));
    };
    let kept = match files::keep(means.room, account_id, &mail.attachments).await {
        Ok(kept) => kept,
        Err(Failure::NoRoom) => return Ok(Taken::Stuck(Why::no_room())),
        Err(failure) => return Err(failure),
    };
    let arrival = keep::Arrival {
        came: came.clone(),
        mail: mail.clone(),
        writer: writer.clone(),
        name,
        files: kept,
        vault: means.vault.clone(),
    };
    let stored = means
        .db()
        .write(account_id, move |unit| keep::store(unit, &arrival));
    Ok(Taken::Done(stored.await?))
}

/// A mail that claims to be ours. One that is came back, by a copy to ourselves or a list.
async fn came_back(means: Means<'_>, came: &Came, mail: &Inbound) -> Outcome<Taken> {
    let (account_id, mail_id) = (came.connection.account_id, mail.message_id.clone());
    let Some(mail_id) = mail_id else {
        return Ok(Taken::Stuck(Why::claims_ours()));
    };
    let sent = means
        .db()
        .read(move |conn| {
            let direction = MailDirection::Out;
            Ok::<_, Failure>(mails::of_mail_id(conn, account_id, &mail_id, direction)?)
        })
        .await?;
    if sent.is_empty() {
        Ok(Taken::Stuck(Why::claims_ours()))
    } else {
        Ok(Taken::Done(Ingested::Known))
    }
}

impl From<Unreadable> for Why {
    fn from(unreadable: Unreadable) -> Self {
        let reason = match unreadable {
            Unreadable::TooLarge => QuarantineReason::TooLarge,
            Unreadable::NoHeader => QuarantineReason::Unreadable,
        };
        Self {
            reason,
            explanation: format!("{unreadable}"),
        }
    }
}
