//! Makes a mail of a message: from which mailbox, to whom, answering what. It is noted before it is
//! sent, so that whatever comes back of it finds its message.

use super::answer::{self, Answer};
use super::enclosed::enclosed;
use super::past::{Before, Past};
use crate::app::App;
use crate::failure::Outcome as Done;
use crate::lines;
use crate::use_cases::mail::reply_address;
use crate::work::{Handed, Outgoing};
use frontdesk_connectors::email::thread::topic;
use frontdesk_connectors::email::{
    Account, Composed, Details, Enclosed, Letter, Mailbox, Quoted, Settings, Writer, compose,
    message_id,
};
use frontdesk_db::queries::mails;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_domain::connection::Connection;
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::message::Sender;
use frontdesk_domain::{ConnectionId, MailDirection, MessageId};
use std::time::Duration;

/// How long a mailbox that is switched off is left alone.
const OFF: Duration = Duration::from_secs(300);

/// What is to be written.
pub(super) struct Wanted {
    pub(super) outgoing: Outgoing,
    /// Messages whose words are in it, too, before those of its own.
    pub(super) also: Vec<MessageId>,
    pub(super) history: History,
}

/// Whether what is answered stands below the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum History {
    /// As the mailbox is set.
    AsSet,
    Always,
}

/// A mail, and the mailbox it leaves by.
pub(super) struct Ready {
    pub(super) connection: Connection,
    pub(super) account: Account,
    pub(super) mail: Composed,
    /// What the mailbox's provider calls the thread it answers in.
    pub(super) thread: Option<String>,
}

/// Writes the mail; or says why none goes out now.
pub(super) async fn write(app: &App, wanted: Wanted) -> Done<Result<Ready, Handed>> {
    let Wanted {
        outgoing,
        also,
        history,
    } = wanted;
    let held = outgoing.conversation.clone();
    let message = outgoing.message.message.clone();
    let past = app
        .db
        .read(move |conn| Past::of(conn, &held, &message))
        .await?;
    let Some(connection) = past.connection.clone() else {
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
    let files = match enclosed(app, outgoing.conversation.account_id, attachments).await {
        Ok(files) => files,
        Err(handed) => return Ok(Err(handed)),
    };
    let subject = outgoing.conversation.subject.as_deref();
    let decided = answer::of(&past.mails, &outgoing.customer, subject, &account.settings)
        .map(|answer| answer.by(writer(outgoing.message.message.sender)));
    let composed = decided.and_then(|answer| {
        let quoted = past
            .answered
            .as_ref()
            .filter(|_| history == History::Always || account.settings.quote_history);
        let words = Words {
            signature: signature(
                &account.settings,
                past.signature.as_deref(),
                &outgoing.message,
            ),
            quoted,
        };
        let mail = composed(app, &outgoing, &account.settings, &words, &answer, files)?;
        let thread = answer.thread.clone();
        let noted = noted(&outgoing, connection.id, &account.settings, answer);
        Ok((mail, noted, thread))
    });
    let (mail, noted, thread) = match composed {
        Ok(composed) => composed,
        Err(why) => return Ok(Err(Handed::Refused { why })),
    };
    note(app, also, noted).await?;
    Ok(Ok(Ready {
        connection,
        account,
        mail,
        thread,
    }))
}

/// Notes the mail before it goes, and that others share it.
async fn note(app: &App, also: Vec<MessageId>, noted: Mail) -> Done<()> {
    let note = app.db.write(noted.account_id, move |unit| {
        for message_id in also {
            // They share the mail, whose name stands with the last of them.
            let before = Mail {
                message_id,
                mail_id: None,
                ..noted.clone()
            };
            mails::insert(unit, &before, &MailBody::default())?;
        }
        Done::Ok(mails::insert(unit, &noted, &MailBody::default())?)
    });
    note.await
}

/// What stands below the text.
struct Words<'a> {
    signature: String,
    quoted: Option<&'a Before>,
}

fn composed(
    app: &App,
    outgoing: &Outgoing,
    settings: &Settings,
    words: &Words<'_>,
    answer: &Answer,
    files: Vec<Enclosed>,
) -> Result<Composed, String> {
    let (message, conversation) = (&outgoing.message, &outgoing.conversation);
    let (account_id, ours) = (conversation.account_id, &settings.address);
    let token = settings
        .plus
        .then(|| reply_address(&app.vault, account_id, conversation.id, ours));
    compose(Letter {
        id: message.message.id,
        from: us(settings),
        to: vec![answer.to.clone()],
        cc: answer.cc.clone(),
        reply_to: token.as_deref().filter(|it| it != ours),
        subject: &answer.subject,
        text: message.message.body.as_deref().unwrap_or_default(),
        signature: &words.signature,
        quoted: words.quoted.map(|it| Quoted {
            author: &it.author,
            written_at: it.written_at,
            text: &it.text,
        }),
        answers: answer.answers.as_deref(),
        references: &answer.references,
        date: message.message.created_at,
        writer: writer(message.message.sender),
        files,
    })
}

/// What is kept of it beside its message.
fn noted(outgoing: &Outgoing, by: ConnectionId, settings: &Settings, answer: Answer) -> Mail {
    let message = &outgoing.message.message;
    let theirs = answer.to.address.to_lowercase();
    let topic = topic(&answer.subject).text;
    let details = Details {
        subject: answer.subject,
        from: Some(us(settings)),
        to: vec![answer.to],
        cc: answer.cc,
        references: answer.references,
        ..Details::default()
    };
    Mail {
        message_id: message.id,
        account_id: message.account_id,
        connection_id: Some(by),
        direction: MailDirection::Out,
        mail_id: Some(message_id(message.id, &settings.address)),
        theirs,
        topic,
        details: Json(serde_json::to_string(&details).expect("names and numbers become JSON")),
        created_at: message.created_at,
    }
}

fn us(settings: &Settings) -> Mailbox {
    Mailbox {
        name: settings.name.clone(),
        address: settings.address.clone(),
    }
}

/// The inbox's lines with the writer's own in their place. The writer's own are what they set, else
/// their name; without lines of the inbox's they stand alone.
fn signature(settings: &Settings, own: Option<&str>, view: &MessageView) -> String {
    let user = view.user.as_ref();
    let name = user.and_then(|it| it.display_name.as_deref().or(it.full_name.as_deref()));
    let name = name.unwrap_or_default();
    let own = own.map(str::trim).filter(|it| !it.is_empty());
    match &settings.signature {
        Some(lines) => lines
            .replace("{signature}", own.unwrap_or(name))
            .replace("{agent}", name),
        None => own.unwrap_or(name).to_owned(),
    }
}

fn writer(sender: Sender) -> Writer {
    match sender {
        Sender::User(_) | Sender::Customer(_) => Writer::Person,
        Sender::Bot | Sender::System => Writer::Program,
    }
}

pub(super) fn refused(why: &str) -> Handed {
    Handed::Refused {
        why: why.to_owned(),
    }
}
