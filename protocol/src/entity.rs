//! The objects of the wire, as every client sees them.
//!
//! Fields that a kind of client does not know are ignored by it; fields listed here are always
//! there, null when empty, except those marked as absent.

mod account;
mod ai;
mod bulk;
mod conversation;
mod customer;
mod desk;
mod knowledge;
mod message;
mod privacy;
mod related;
mod scheduled;
mod small;
mod template;
mod view;
mod widget;

pub use account::{Account, AccountFull, Inbox, Team, User, UserSettings, WorkingHours};
pub use ai::{
    AiLearning, AiModeOf, AiReplies, AiRun, AiShare, AiSorted, AiSorting, AiSuggestions, AiTopic,
    AiUsage, DraftFate, DraftReason, DraftSource, Suggested,
};
pub use bulk::{BulkItem, BulkPreview, BulkRun};
pub use conversation::{Conversation, ConversationFull};
pub use customer::{Customer, CustomerBasic, CustomerFull, CustomerLine};
pub use desk::{BusinessContext, Draft, Event, Merge};
pub use knowledge::{InboxContext, KnowledgeEntry, KnowledgeSource};
pub use message::{Message, MessagePlain};
pub use privacy::{ErasedCounts, Erasure, LegalHold, RetentionRule};
pub use related::{AlikeCustomer, LinkedConversation, Related};
pub use scheduled::ScheduledReply;
pub use small::{
    BrowserSession, CannedResponse, Company, Connection, ConnectionStep, ConnectionTest,
    CustomerNote, EventSubscription, File, ForwardingAddress, Issue, Mention, PersonalApiKey, Tag,
    UserInvitation,
};
pub use template::{ReplyTemplate, TemplateApproval, TemplatePlace};
pub use view::SavedView;
pub use widget::{WidgetSettings, WidgetSettingsWithAccount};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// A JSON value that only passes through.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Raw(pub Box<RawValue>);

impl Raw {
    /// The value of a JSON text, or nothing when it is none.
    #[must_use]
    pub fn parse(text: String) -> Option<Self> {
        RawValue::from_string(text).ok().map(Self)
    }
}

impl JsonSchema for Raw {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnyJson".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({})
    }
}

/// Adds the field that says what an object is to its schema; `derive` leaves it out.
fn tagged(object: &'static str) -> impl FnMut(&mut schemars::Schema) {
    move |schema| {
        let properties = schema.ensure_object().entry("properties");
        if let Value::Object(properties) = properties.or_insert_with(|| json!({})) {
            properties.insert("object".to_owned(), json!({ "const": object }));
        }
        let required = schema.ensure_object().entry("required");
        if let Value::Array(required) = required.or_insert_with(|| json!([])) {
            required.push(json!("object"));
        }
    }
}

/// The envelope of nearly every answer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Data_{T}")]
pub struct Data<T> {
    pub data: T,
}

/// A page of a list that is walked by cursors.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "CursorPage_{T}")]
pub struct CursorPage<T> {
    pub data: Vec<T>,
    pub next: Option<String>,
    pub previous: Option<String>,
    pub limit: i64,
    pub total: i64,
}

/// A page of a list that is walked by numbers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NumberedPage_{T}")]
pub struct NumberedPage<T> {
    pub data: Vec<T>,
    pub page_number: i64,
    pub page_size: i64,
    pub total_pages: i64,
    pub total_entries: i64,
}
