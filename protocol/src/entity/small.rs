//! The small objects.

use super::{Customer, Raw, User, tagged};
use crate::id::{
    AccountId, ApiKeyId, BrowserSessionId, CannedResponseId, CompanyId, ConnectionId,
    ConversationId, CustomerId, FileId, ForwardingAddressId, InboxId, IssueId, MentionId,
    MessageId, NoteId, SubscriptionId, TagId, UserId,
};
use crate::kind::{ConnectionState, IssueState, KeyScope, Role, Source};
use crate::time::{RowStamp, UtcStamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A label.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "tag")]
#[schemars(rename = "Tag", transform = tagged("tag"))]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub description: Option<String>,
    pub color: Option<String>,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// An agent's note about a customer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "note")]
#[schemars(rename = "CustomerNote", transform = tagged("note"))]
pub struct CustomerNote {
    pub id: NoteId,
    pub body: String,
    pub content_type: String,
    pub customer_id: CustomerId,
    pub author_id: UserId,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<User>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
}

/// An uploaded or received file.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "file")]
#[schemars(rename = "File", transform = tagged("file"))]
pub struct File {
    pub id: FileId,
    pub file_url: String,
    pub content_type: String,
    pub filename: String,
}

/// A reply kept for reuse.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct CannedResponse {
    pub id: CannedResponseId,
    pub name: String,
    pub content: String,
}

/// A user named in a message.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "mention")]
#[schemars(rename = "Mention", transform = tagged("mention"))]
pub struct Mention {
    pub id: MentionId,
    pub account_id: AccountId,
    pub created_at: RowStamp,
    pub seen_at: Option<UtcStamp>,
    pub conversation_id: ConversationId,
    pub message_id: MessageId,
    pub user_id: UserId,
    pub user: Option<User>,
}

/// A personal API key. Its value is shown once, when it is made.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "personal_api_key")]
#[schemars(rename = "PersonalApiKey", transform = tagged("personal_api_key"))]
pub struct PersonalApiKey {
    pub id: ApiKeyId,
    pub label: String,
    /// The whole key when it was just made; its last letters behind dots ever after.
    pub value: String,
    pub scope: KeyScope,
    pub expires_at: Option<UtcStamp>,
    pub last_used_at: Option<UtcStamp>,
    pub account_id: AccountId,
    pub user_id: UserId,
}

/// An invitation. Its id is the token that the invited person needs.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct UserInvitation {
    pub id: String,
    pub account_id: AccountId,
    pub role: Role,
    pub expires_at: UtcStamp,
}

/// An outgoing webhook.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "event_subscription")]
#[schemars(rename = "EventSubscription", transform = tagged("event_subscription"))]
pub struct EventSubscription {
    pub id: SubscriptionId,
    pub webhook_url: String,
    /// Whether the address answered the challenge. Nothing else is told of anything.
    pub verified: bool,
    pub scope: Option<String>,
    pub account_id: AccountId,
    /// When the server switched it off, because nothing but failures came of it.
    pub disabled_at: Option<UtcStamp>,
    pub disabled_reason: Option<String>,
    /// Calls that failed in a row.
    pub failures: i64,
    /// What calls are signed with; shown once, when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Why the address is not verified; said when it was just tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// A connection to a provider or a mailbox. Its secrets are never shown.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "connection")]
#[schemars(rename = "Connection", transform = tagged("connection"))]
pub struct Connection {
    pub id: ConnectionId,
    pub inbox_id: InboxId,
    /// What its conversations come from.
    pub kind: Source,
    pub name: String,
    pub settings: Option<Raw>,
    pub state: ConnectionState,
    /// What is wrong, in words.
    pub reason: Option<String>,
    pub failing_since: Option<UtcStamp>,
    /// When it was last used or tried, and when that last went well.
    pub checked_at: Option<UtcStamp>,
    pub worked_at: Option<UtcStamp>,
    /// How many tries failed in a row, and when the next is, where that is known.
    #[serde(default)]
    pub failures: i64,
    #[serde(default)]
    pub next_try_at: Option<UtcStamp>,
    /// When the last message came by it, and when the last went.
    #[serde(default)]
    pub came_at: Option<UtcStamp>,
    #[serde(default)]
    pub went_at: Option<UtcStamp>,
    /// When the owner of the mailbox let the server in, where its provider asks them.
    #[serde(default)]
    pub consented_at: Option<UtcStamp>,
    pub account_id: AccountId,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// What came of trying a connection out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConnectionTest {
    pub works: bool,
    pub steps: Vec<ConnectionStep>,
}

/// Something of a connection that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConnectionStep {
    /// What was tried: settings, sending, receiving, signing in.
    pub name: String,
    pub works: bool,
    /// What is well, or what is wrong.
    pub said: String,
}

/// A recorded visit.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "browser_session")]
#[schemars(rename = "BrowserSession", transform = tagged("browser_session"))]
pub struct BrowserSession {
    pub id: BrowserSessionId,
    pub account_id: AccountId,
    pub customer_id: Option<CustomerId>,
    pub metadata: Option<Raw>,
    pub started_at: Option<UtcStamp>,
    pub finished_at: Option<UtcStamp>,
}

/// A piece of work that customers wait for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "issue")]
#[schemars(rename = "Issue", transform = tagged("issue"))]
pub struct Issue {
    pub id: IssueId,
    pub title: String,
    pub body: Option<String>,
    pub state: IssueState,
    pub github_issue_url: Option<String>,
    pub closed_at: Option<UtcStamp>,
    pub account_id: AccountId,
    pub creator_id: UserId,
    pub assignee_id: Option<UserId>,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// The organisation a customer belongs to.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "company")]
#[schemars(rename = "Company", transform = tagged("company"))]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub external_id: Option<String>,
    pub website_url: Option<String>,
    pub description: Option<String>,
    pub logo_image_url: Option<String>,
    pub industry: Option<String>,
    pub slack_channel_id: Option<String>,
    pub slack_channel_name: Option<String>,
    pub slack_team_id: Option<String>,
    pub slack_team_name: Option<String>,
    pub metadata: Option<Raw>,
    pub account_id: AccountId,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}

/// An address that forwards mail to an inbox.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "object", rename = "forwarding_address")]
#[schemars(rename = "ForwardingAddress", transform = tagged("forwarding_address"))]
pub struct ForwardingAddress {
    pub id: ForwardingAddressId,
    pub forwarding_email_address: String,
    pub source_email_address: Option<String>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub account_id: AccountId,
    pub created_at: RowStamp,
    pub updated_at: RowStamp,
}
