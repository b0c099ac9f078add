//! Erasing: a conversation or a customer, with everything that hangs on either, in one unit.

pub(crate) mod customers;
pub(crate) mod reports;

pub use customers::{Erased, customer};
pub use reports::{Report, list, remember};

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::{conversations, events, files, lines, mails};
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::first;
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, Erasing, EventDraft, EventKind, FileId, MessageId,
    Timestamp,
};

/// What stands where a text was.
const ERASED: &str = "[erased]";

statements! {
    MESSAGES = "SELECT id FROM messages WHERE account_id = ?1 AND conversation_id = ?2 ORDER BY seq";
    BLANK_MESSAGES = "UPDATE messages SET body = ?3, original = NULL, metadata = NULL, delivery_reason = NULL,
        has_files = 0, updated_at = ?4 WHERE account_id = ?1 AND conversation_id = ?2";
    UNINDEX = (
        "DELETE FROM message_search WHERE rowid IN (SELECT n FROM messages WHERE account_id = ?1 AND conversation_id = ?2)",
        "DELETE FROM message_search WHERE n IN (SELECT n FROM messages WHERE account_id = ?1 AND conversation_id = ?2)"
    );
    BLANK_CONVERSATION = "UPDATE conversations SET subject = NULL, metadata = NULL, version = version + 1, updated_at = ?3
        WHERE account_id = ?1 AND id = ?2";
    NOTE_ERASED = "INSERT INTO erased_conversations (conversation_id, at) VALUES (?1, ?2)
        ON CONFLICT (conversation_id) DO NOTHING";
    /// What was approved is in general words and stays.
    PROPOSALS = "DELETE FROM knowledge_entries WHERE account_id = ?1 AND conversation_id = ?2 AND state <> 'active'";
    DRAFTS = "DELETE FROM drafts WHERE account_id = ?1 AND conversation_id = ?2";
    SCHEDULED = "DELETE FROM scheduled_replies WHERE account_id = ?1 AND conversation_id = ?2";
    SHARES = "DELETE FROM conversation_shares WHERE account_id = ?1 AND conversation_id = ?2";
    CALLS = "DELETE FROM webhook_deliveries WHERE account_id = ?1 AND conversation_id = ?2";
    /// What the ledger of drafts says beyond numbers.
    BLANK_RUNS = "UPDATE ai_runs SET prompt_hash = NULL, sources = NULL, reason = NULL, draft_id = NULL
        WHERE account_id = ?1 AND conversation_id = ?2";
    /// Drafts elsewhere that rest on what was said here.
    SOURCES = "UPDATE drafts SET sources = NULL WHERE account_id = ?1 AND sources LIKE ?2";
    /// What came from there and could not be understood. What still waits is a new word to us.
    ARRIVALS = (
        "DELETE FROM arrivals WHERE account_id = ?1 AND problem IS NOT NULL AND EXISTS (SELECT 1 FROM lines l
            WHERE l.account_id = ?1 AND l.conversation_id = ?2 AND l.connection_id = arrivals.connection_id
            AND instr(arrivals.body, '\"' || l.theirs || '\"') > 0)",
        "DELETE FROM arrivals WHERE account_id = ?1 AND problem IS NOT NULL AND EXISTS (SELECT 1 FROM lines l
            WHERE l.account_id = ?1 AND l.conversation_id = ?2 AND l.connection_id = arrivals.connection_id
            AND strpos(arrivals.body, '\"' || l.theirs || '\"') > 0)"
    );
    JOBS = "DELETE FROM jobs WHERE account_id = ?1 AND payload LIKE ?2";
    /// A file that hangs on a message of another conversation too stays there.
    FILES = "SELECT f.id FROM files f WHERE f.account_id = ?1 AND EXISTS (SELECT 1 FROM message_files l
            JOIN messages m ON m.id = l.message_id WHERE l.file_id = f.id AND m.conversation_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM message_files l JOIN messages m ON m.id = l.message_id
            WHERE l.file_id = f.id AND m.conversation_id <> ?2)";
    DOOMED = "SELECT account_id, file_id FROM doomed_files WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2";
    GONE = "DELETE FROM doomed_files WHERE account_id = ?1 AND file_id = ?2";
}

/// Erases a conversation: all of it, or all that was said in it. Clients hear of every part.
///
/// # Errors
/// When the database refuses it.
pub fn conversation(
    unit: &mut Unit<'_>,
    held: &Conversation,
    how: Erasing,
    erased: &mut Erased,
) -> Result<(), DbError> {
    let (account_id, id) = (held.account_id, held.id);
    let messages = messages(unit, account_id, id)?;
    let sent = unit
        .conn()
        .all(&FILES, &[&account_id, &id], first::<FileId>)?;
    for file in sent {
        erased.files += u64::from(files::forget(unit, account_id, file)?);
    }
    erased.drafts += unit.exec(&DRAFTS, &[&account_id, &id])?;
    unit.exec(&PROPOSALS, &[&account_id, &id])?;
    unit.exec(&SCHEDULED, &[&account_id, &id])?;
    erased.calls += unit.exec(&CALLS, &[&account_id, &id])?;
    // What was still to be done about it; a job that runs finds its lease gone when it ends.
    let named = format!("%{id}%");
    unit.exec(&JOBS, &[&account_id, &named])?;
    unit.exec(&SOURCES, &[&account_id, &named])?;
    unit.exec(&BLANK_RUNS, &[&account_id, &id])?;
    unit.exec(&ARRIVALS, &[&account_id, &id])?;
    lines::forget(unit, account_id, id)?;
    erased.mails += mails::forget(unit, account_id, id)?;
    erased.messages += messages.len() as u64;
    erased.conversations += 1;
    match how {
        Erasing::Delete => {
            conversations::delete(unit, held)?;
            events::emit(unit, account_id, None, EventDraft::gone(held)).map(|_| ())
        }
        Erasing::Anonymise => blank(unit, held, &messages),
    }
}

fn messages(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    id: ConversationId,
) -> Result<Vec<MessageId>, DbError> {
    unit.conn()
        .all(&MESSAGES, &[&account_id, &id], first::<MessageId>)
}

fn blank(unit: &mut Unit<'_>, held: &Conversation, messages: &[MessageId]) -> Result<(), DbError> {
    let (account_id, id, now) = (held.account_id, held.id, unit.now());
    unit.exec(&UNINDEX, &[&account_id, &id])?;
    unit.exec(&BLANK_MESSAGES, &[&account_id, &id, &ERASED, &now])?;
    unit.exec(&BLANK_CONVERSATION, &[&account_id, &id, &now])?;
    unit.exec(&SHARES, &[&account_id, &id])?;
    unit.exec(&NOTE_ERASED, &[&id, &now])?;
    for message in messages {
        let draft = EventDraft::within(EventKind::MessageUpdated, id, message.0);
        events::emit(unit, account_id, None, draft)?;
    }
    let draft = EventDraft::conversation(EventKind::ConversationUpdated, id);
    events::emit(unit, account_id, None, draft).map(|_| ())
}

/// Files whose bytes are to go by now.
///
/// # Errors
/// When the database does not answer.
pub fn doomed(
    conn: &mut dyn Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(AccountId, FileId)>, DbError> {
    conn.all(&DOOMED, &[&now, &limit], |row| Ok((row.get()?, row.get()?)))
}

/// Notes that a file's bytes have gone.
///
/// # Errors
/// When the database refuses it.
pub fn gone(unit: &mut Unit<'_>, account_id: AccountId, id: FileId) -> Result<(), DbError> {
    unit.exec(&GONE, &[&account_id, &id]).map(|_| ())
}
