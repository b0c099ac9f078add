//! The few kinds of values both databases share, and how they become ours.

use crate::error::DbError;
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    AccountId, AiMode, AiOutcome, AiRunId, AiTask, ApiKeyId, Audience, AuditId, Availability,
    BrowserSessionId, BulkOutcome, BulkRunId, BulkState, CallId, CallState, CannedResponseId,
    ChannelKind, CompanyId, ConnectionId, ConnectionState, ConversationId, CustomerId,
    DeliveryState, DraftId, DraftState, EntityKind, Erasing, ErasureId, EventKind, EventSeq,
    FileId, ForwardingAddressId, IdentityId, IdentityKind, InboxId, InvitationId, IssueId,
    IssueState, JobState, KeyScope, KnowledgeId, KnowledgeSourceId, KnowledgeState, LegalHoldId,
    MailDirection, MailWay, MentionId, MergeId, MessageId, MessageKind, NoteId, Priority,
    PushService, QuarantineId, QuarantineReason, RetentionRuleId, Role, ScheduledReplyId,
    ScheduledState, SessionId, Source, Status, SubscriptionId, TagId, TeamId, Timestamp, UserId,
    UserSettingsId, ViewId, ViewSort, Visibility, WebhookEvent, WidgetSettingsId,
};

/// A value as both databases know it. Booleans are 0 and 1, times are microseconds, JSON is text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// What can be bound to a placeholder.
pub trait ToValue {
    /// The value to bind.
    fn to_value(&self) -> Value<'_>;
}

/// What can be read from a column.
pub trait FromValue: Sized {
    /// Reads the value, or `None` when it is of another kind.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// A row of an answer.
pub trait Row {
    /// The value of one column, counted from zero.
    ///
    /// # Errors
    /// When there is no such column.
    fn value(&self, index: usize) -> Result<Value<'_>, DbError>;
}

/// Reads a row's columns from left to right.
#[expect(missing_debug_implementations, reason = "borrows a row of the engine")]
pub struct Columns<'r> {
    row: &'r dyn Row,
    next: usize,
}

impl<'r> Columns<'r> {
    /// Starts at the first column.
    #[must_use]
    pub fn of(row: &'r dyn Row) -> Self {
        Self { row, next: 0 }
    }

    /// The next column.
    ///
    /// # Errors
    /// When the column is not of this type.
    pub fn get<T: FromValue>(&mut self) -> Result<T, DbError> {
        let index = self.next;
        self.next += 1;
        let value = self.row.value(index)?;
        T::from_value(value).ok_or(DbError::Column {
            index,
            wanted: std::any::type_name::<T>(),
        })
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl FromValue for f64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Real(number) => Some(number),
            _ => None,
        }
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(|number| number != 0)
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl ToValue for Json {
    fn to_value(&self) -> Value<'_> {
        Value::Text(&self.0)
    }
}

impl FromValue for Json {
    fn from_value(value: Value<'_>) -> Option<Self> {
        String::from_value(value).map(Self)
    }
}

impl ToValue for Timestamp {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(Self)
    }
}

impl ToValue for uuid::Uuid {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self.as_bytes())
    }
}

impl FromValue for uuid::Uuid {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Blob(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

macro_rules! wrapped {
    ($inner:ty: $($name:ident)+) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value<'_> {
                self.0.to_value()
            }
        }

        impl FromValue for $name {
            fn from_value(value: Value<'_>) -> Option<Self> {
                <$inner>::from_value(value).map(Self)
            }
        }
    )+};
}

wrapped! { uuid::Uuid:
    AccountId InboxId TeamId CustomerId IdentityId CompanyId ConversationId MessageId TagId NoteId
    MentionId CannedResponseId FileId DraftId IssueId ApiKeyId SessionId InvitationId
    SubscriptionId BrowserSessionId WidgetSettingsId UserSettingsId ForwardingAddressId MergeId
    AiRunId KnowledgeId KnowledgeSourceId ConnectionId QuarantineId AuditId CallId ErasureId RetentionRuleId LegalHoldId BulkRunId ViewId
    ScheduledReplyId
}
wrapped! { i64: UserId EventSeq }

macro_rules! named {
    ($($name:ident)+) => {$(
        impl ToValue for $name {
            fn to_value(&self) -> Value<'_> {
                Value::Text(self.as_str())
            }
        }

        impl FromValue for $name {
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    Value::Text(text) => text.parse().ok(),
                    _ => None,
                }
            }
        }
    )+};
}

named! {
    ConnectionState Source ChannelKind Status Priority MessageKind DeliveryState Role Visibility Availability
    AiMode AiOutcome AiTask Audience KnowledgeState IdentityKind DraftState IssueState KeyScope EventKind EntityKind JobState CallState PushService
    Erasing WebhookEvent MailDirection MailWay QuarantineReason BulkState BulkOutcome ViewSort
    ScheduledState
}

/// Reads the first column: the reader of answers that have only one.
///
/// # Errors
/// When the column is not of this type.
pub(crate) fn first<T: FromValue>(row: &mut Columns<'_>) -> Result<T, DbError> {
    row.get()
}
