//! The lines of the files, as they are written.

use frontdesk_domain::Timestamp;
use serde::{Deserialize, Deserializer};

#[derive(Debug, Deserialize)]
pub(super) struct AccountLine {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct InboxLine {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) name: String,
    pub(super) channel: Channel,
}

#[derive(Debug, Deserialize)]
pub(super) struct AgentLine {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) team: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CustomerLine {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) company: Option<String>,
    pub(super) timezone: Option<String>,
    #[serde(deserialize_with = "moment")]
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConversationLine {
    pub(super) id: u64,
    pub(super) account_id: String,
    pub(super) inbox_id: Option<String>,
    pub(super) customer_id: String,
    pub(super) channel: Channel,
    pub(super) subject: Option<String>,
    pub(super) status: StatusWord,
    pub(super) priority: PriorityWord,
    pub(super) assignee: Option<String>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
    pub(super) unread: bool,
    #[serde(deserialize_with = "moment")]
    pub(super) created_at: Timestamp,
    #[serde(deserialize_with = "moment")]
    pub(super) updated_at: Timestamp,
    #[serde(default, deserialize_with = "perhaps_moment")]
    pub(super) snoozed_until: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MessageLine {
    pub(super) id: u64,
    pub(super) conversation_id: u64,
    pub(super) kind: MessageWord,
    pub(super) author: String,
    pub(super) body: String,
    #[serde(deserialize_with = "moment")]
    pub(super) sent_at: Timestamp,
    #[serde(default)]
    pub(super) html: Option<String>,
    #[serde(default)]
    pub(super) attachments: Vec<AttachmentLine>,
}

#[derive(Debug, Deserialize, serde::Serialize)]
pub(super) struct AttachmentLine {
    pub(super) filename: String,
    pub(super) content_type: String,
    pub(super) size: u64,
}

/// All that is looked at when only a part is imported.
#[derive(Debug, Deserialize)]
pub(super) struct MessagePlace {
    pub(super) conversation_id: u64,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Channel {
    Email,
    Chat,
    Slack,
    Sms,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusWord {
    Open,
    Pending,
    Snoozed,
    Resolved,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PriorityWord {
    None,
    Low,
    Medium,
    High,
    Urgent,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum MessageWord {
    Incoming,
    Outgoing,
    Note,
    Activity,
}

fn moment<'de, D: Deserializer<'de>>(source: D) -> Result<Timestamp, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(source)?;
    Timestamp::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date and time"))
}

fn perhaps_moment<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(source)?;
    text.map(|text| {
        Timestamp::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date and time"))
    })
    .transpose()
}
