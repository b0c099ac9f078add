//! Reading and writing what SQLite has no type for: ids as their bytes, objects as JSON.

use frontdesk_protocol::id::ConversationId;
use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// The id in a column.
pub(crate) fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

/// The id of a conversation in a column.
pub(crate) fn conversation_id(row: &Row<'_>, column: usize) -> Result<ConversationId> {
    uuid(row, column).map(ConversationId)
}

/// The object in a column.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|error| Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// An object as a column holds it.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(Box::new(error)))
}
