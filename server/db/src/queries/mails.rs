//! Mails: what messages are as mails, found by what other mails say of them.

use crate::conn::{Args, Conn};
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::{Columns, first};
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::{
    AccountId, ConnectionId, ConversationId, InboxId, MailDirection, MessageId, Timestamp,
};

macro_rules! columns {
    () => {
        "l.message_id, l.account_id, l.connection_id, l.direction, l.mail_id, l.theirs, l.topic, l.details, l.created_at"
    };
}

statements! {
    INSERT = "INSERT INTO mails (message_id, account_id, connection_id, direction, mail_id, theirs, topic, details,
        html, rest, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (message_id) DO NOTHING";
    KNOW_AS = "INSERT INTO mail_ids (account_id, mail_id, message_id) VALUES (?1, ?2, ?3)
        ON CONFLICT (account_id, mail_id, message_id) DO NOTHING";
    CONVERSATION = "SELECT m.conversation_id FROM mail_ids i JOIN messages m ON m.id = i.message_id
        WHERE i.account_id = ?1 AND i.mail_id = ?2 ORDER BY m.seq DESC LIMIT 1";
    OF_MAIL_ID = "SELECT i.message_id FROM mail_ids i JOIN mails l ON l.message_id = i.message_id
        WHERE i.account_id = ?1 AND i.mail_id = ?2 AND l.direction = ?3";
    /// The newest conversation with this address about this.
    OF_TOPIC = "SELECT m.conversation_id FROM mails l JOIN messages m ON m.id = l.message_id
        JOIN conversations c ON c.id = m.conversation_id
        WHERE l.account_id = ?1 AND l.theirs = ?2 AND l.topic = ?3 AND c.inbox_id = ?4
        ORDER BY l.created_at DESC LIMIT 1";
    /// The first page of those that may have gone, for whoever can ask the provider.
    UNCERTAIN = "SELECT m.conversation_id, m.id, l.mail_id FROM messages m JOIN mails l ON l.message_id = m.id
        WHERE m.account_id = ?1 AND m.delivery_state = 'unknown' AND m.updated_at >= ?3 AND l.connection_id = ?2
        AND l.direction = ?4 AND l.mail_id IS NOT NULL ORDER BY m.updated_at DESC LIMIT ?5";
    OF_MESSAGE = (concat!("SELECT ", columns!(), " FROM mails l WHERE l.account_id = ?1 AND l.message_id = ?2"));
    OF_CONVERSATION = (concat!("SELECT ", columns!(), " FROM messages m JOIN mails l ON l.message_id = m.id
        WHERE m.conversation_id = ?2 AND l.account_id = ?1 ORDER BY m.seq DESC LIMIT ?3"));
    BODY = "SELECT html, rest FROM mails WHERE account_id = ?1 AND message_id = ?2";
    FORGET = "DELETE FROM mails WHERE account_id = ?1
        AND message_id IN (SELECT id FROM messages WHERE conversation_id = ?2)";
}

fn read(row: &mut Columns<'_>) -> Result<Mail, DbError> {
    Ok(Mail {
        message_id: row.get()?,
        account_id: row.get()?,
        connection_id: row.get()?,
        direction: row.get()?,
        mail_id: row.get()?,
        theirs: row.get()?,
        topic: row.get()?,
        details: row.get()?,
        created_at: row.get()?,
    })
}

/// Keeps what a message is as a mail, once.
///
/// # Errors
/// When there is no such message.
pub fn insert(unit: &mut Unit<'_>, it: &Mail, body: &MailBody) -> Result<(), DbError> {
    unit.exec(
        &INSERT,
        &[
            &it.message_id,
            &it.account_id,
            &it.connection_id,
            &it.direction,
            &it.mail_id,
            &it.theirs,
            &it.topic,
            &it.details,
            &body.html,
            &body.rest,
            &it.created_at,
        ],
    )?;
    match &it.mail_id {
        Some(mail_id) => know_as(unit, it.account_id, it.message_id, mail_id),
        None => Ok(()),
    }
}

/// Keeps another Message-ID by which a mail is known: its provider gave it one.
///
/// # Errors
/// When there is no such mail.
pub fn know_as(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    message_id: MessageId,
    mail_id: &str,
) -> Result<(), DbError> {
    unit.exec(&KNOW_AS, &[&account_id, &mail_id, &message_id])
        .map(|_| ())
}

/// The conversation of the mail with this Message-ID.
///
/// # Errors
/// When the database does not answer.
pub fn conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    mail_id: &str,
) -> Result<Option<ConversationId>, DbError> {
    conn.one(&CONVERSATION, &[&account_id, &mail_id], first)
}

/// The messages that went or came under this Message-ID.
///
/// # Errors
/// When the database does not answer.
pub fn of_mail_id(
    conn: &mut dyn Conn,
    account_id: AccountId,
    mail_id: &str,
    direction: MailDirection,
) -> Result<Vec<MessageId>, DbError> {
    conn.all(&OF_MAIL_ID, &[&account_id, &mail_id, &direction], first)
}

/// The newest conversation of an inbox with an address about something.
///
/// # Errors
/// When the database does not answer.
pub fn of_topic(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
    theirs: &str,
    topic: &str,
) -> Result<Option<ConversationId>, DbError> {
    conn.one(&OF_TOPIC, &[&account_id, &theirs, &topic, &inbox_id], first)
}

/// A mail of which nobody knows whether it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    pub conversation_id: ConversationId,
    pub message_id: MessageId,
    pub mail_id: String,
}

/// The newest mails by a connection of which it became uncertain at this time or later whether they
/// went.
///
/// # Errors
/// When the database does not answer.
pub fn uncertain(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConnectionId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Uncertain>, DbError> {
    let direction = MailDirection::Out;
    let args: Args<'_> = &[&account_id, &id, &since, &direction, &limit];
    conn.all(&UNCERTAIN, args, |row| {
        Ok(Uncertain {
            conversation_id: row.get()?,
            message_id: row.get()?,
            mail_id: row.get()?,
        })
    })
}

/// What a message is as a mail, if it is one.
///
/// # Errors
/// When the database does not answer.
pub fn of_message(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: MessageId,
) -> Result<Option<Mail>, DbError> {
    conn.one(&OF_MESSAGE, &[&account_id, &id], read)
}

/// The mails of a conversation, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    conn.all(&OF_CONVERSATION, &[&account_id, &id, &limit], read)
}

/// What of a mail is kept beside its message.
///
/// # Errors
/// When the database does not answer.
pub fn body(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: MessageId,
) -> Result<Option<MailBody>, DbError> {
    conn.one(&BODY, &[&account_id, &id], |row| {
        Ok(MailBody {
            html: row.get()?,
            rest: row.get()?,
        })
    })
}

/// Forgets what the messages of a conversation were as mails, and says how many there were.
///
/// # Errors
/// When the database refuses it.
pub fn forget(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Result<u64, DbError> {
    unit.exec(&FORGET, &[&account_id, &id])
}
