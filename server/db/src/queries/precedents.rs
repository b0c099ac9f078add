//! What customers of an inbox asked before, and what they were answered. Only the newest questions
//! that have one of the words are looked at: advice that is years old is seldom right.

use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::search::Wanted;
use crate::sql::statements;
use frontdesk_domain::{AccountId, ConversationId, EventSeq, InboxId, MessageId};

/// How many messages with the words are looked at.
const LOOKED_AT: i64 = 400;

/// How many questions are told of.
const MOST: i64 = 60;

statements! {
    ASKED = (
        "SELECT m.conversation_id, m.seq, m.body, p.name FROM (SELECT rowid AS n FROM message_search
            WHERE message_search MATCH ?3 ORDER BY rowid DESC LIMIT ?5) h
            CROSS JOIN messages m ON m.n = h.n CROSS JOIN conversations c ON c.id = m.conversation_id
            CROSS JOIN customers p ON p.id = c.customer_id
        WHERE m.account_id = ?1 AND c.inbox_id = ?2 AND c.id <> ?4 AND m.customer_id IS NOT NULL
        ORDER BY m.n DESC LIMIT ?6",
        "SELECT m.conversation_id, m.seq, m.body, p.name FROM (SELECT n FROM message_search
            WHERE account_id = ?1 AND terms @@ to_tsquery('simple', ?3) ORDER BY n DESC LIMIT ?5) h
            JOIN messages m ON m.n = h.n JOIN conversations c ON c.id = m.conversation_id
            JOIN customers p ON p.id = c.customer_id
        WHERE m.account_id = ?1 AND c.inbox_id = ?2 AND c.id <> ?4 AND m.customer_id IS NOT NULL
        ORDER BY m.n DESC LIMIT ?6"
    );
    /// The next thing that was said to the customer, before they wrote again.
    ANSWER = "SELECT m.id, m.body FROM messages m WHERE m.account_id = ?1 AND m.conversation_id = ?2 AND m.seq > ?3
        AND m.user_id IS NOT NULL AND m.is_private = 0 AND m.kind = 'reply' AND m.body IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM messages o WHERE o.conversation_id = ?2 AND o.seq > ?3 AND o.seq < m.seq
            AND o.customer_id IS NOT NULL)
        ORDER BY m.seq LIMIT 1";
}

/// A question of another conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub conversation_id: ConversationId,
    pub seq: EventSeq,
    pub body: String,
    /// Who asked, so that the name is not told to others.
    pub name: Option<String>,
}

/// What customers asked in other conversations of an inbox with one of these words, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn asked(
    conn: &mut dyn Conn,
    account_id: AccountId,
    inbox_id: InboxId,
    words: &[String],
    except: ConversationId,
) -> Result<Vec<Asked>, DbError> {
    let mut wanted = Wanted::default();
    words.iter().for_each(|word| wanted.with(word));
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let query = match conn.dialect() {
        Dialect::Sqlite => wanted.fts5_any(account_id),
        Dialect::Postgres => wanted.tsquery_any(),
    };
    conn.all(
        &ASKED,
        &[&account_id, &inbox_id, &query, &except, &LOOKED_AT, &MOST],
        |row| {
            Ok(Asked {
                conversation_id: row.get()?,
                seq: row.get()?,
                body: row.get::<Option<String>>()?.unwrap_or_default(),
                name: row.get()?,
            })
        },
    )
}

/// What a question was answered.
///
/// # Errors
/// When the database does not answer.
pub fn answer(
    conn: &mut dyn Conn,
    account_id: AccountId,
    to: &Asked,
) -> Result<Option<(MessageId, String)>, DbError> {
    conn.one(
        &ANSWER,
        &[&account_id, &to.conversation_id, &to.seq],
        |row| Ok((row.get()?, row.get()?)),
    )
}
