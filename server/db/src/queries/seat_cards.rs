//! Cards: what stands with buttons in a team's own channel, where it stands, and what it shows.

use crate::conn::Conn;
use crate::error::DbError;
use crate::sql::statements;
use crate::unit::Unit;
use crate::value::Columns;
use frontdesk_domain::{AccountId, ConnectionId, ConversationId};
use uuid::Uuid;

statements! {
    /// A conversation of another account has no cards.
    SET = "INSERT INTO seat_cards (connection_id, subject_id, conversation_id, account_id, place, shown)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 FROM conversations WHERE account_id = ?4 AND id = ?3
        ON CONFLICT (connection_id, subject_id) DO UPDATE SET place = excluded.place, shown = excluded.shown
        WHERE seat_cards.account_id = excluded.account_id";
    OF_CONVERSATION = "SELECT connection_id, subject_id, conversation_id, account_id, place, shown FROM seat_cards
        WHERE account_id = ?1 AND conversation_id = ?2 AND connection_id = ?3";
}

/// Something with buttons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub connection_id: ConnectionId,
    /// The id of the conversation or of the draft.
    pub subject_id: Uuid,
    pub conversation_id: ConversationId,
    pub account_id: AccountId,
    /// Its channel and its id there.
    pub place: String,
    /// A digest of what it shows.
    pub shown: String,
}

fn read(row: &mut Columns<'_>) -> Result<Card, DbError> {
    Ok(Card {
        connection_id: row.get()?,
        subject_id: row.get()?,
        conversation_id: row.get()?,
        account_id: row.get()?,
        place: row.get()?,
        shown: row.get()?,
    })
}

/// Keeps where a card stands and what it shows now.
///
/// # Errors
/// When there is no such connection.
pub fn set(unit: &mut Unit<'_>, it: &Card) -> Result<(), DbError> {
    let args: crate::conn::Args<'_> = &[
        &it.connection_id,
        &it.subject_id,
        &it.conversation_id,
        &it.account_id,
        &it.place,
        &it.shown,
    ];
    unit.exec(&SET, args).map(|_| ())
}

/// The cards of a conversation.
///
/// # Errors
/// When the database does not answer.
pub fn of_conversation(
    conn: &mut dyn Conn,
    account_id: AccountId,
    conversation_id: ConversationId,
    id: ConnectionId,
) -> Result<Vec<Card>, DbError> {
    conn.all(
        &OF_CONVERSATION,
        &[&account_id, &conversation_id, &id],
        read,
    )
}
