//! How the states before a merge are kept: as JSON, field by field.

use crate::error::DbError;
use frontdesk_domain::change::Merged;
use frontdesk_domain::conversation::Snooze;
use frontdesk_domain::json::Json;
use frontdesk_domain::{
    AccountId, CompanyId, Conversation, ConversationId, Customer, CustomerId, EventSeq, InboxId,
    MessageId, Priority, Source, Status, TagId, TeamId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Customers {
    from: CustomerRow,
    into: CustomerRow,
}

#[derive(Serialize, Deserialize)]
struct Conversations {
    from: ConversationRow,
    into: ConversationRow,
    messages: Vec<MessageId>,
    tags: Vec<TagId>,
    at_seq: EventSeq,
}

/// Writes the kind of a merge and its detail.
pub(super) fn write(what: &Merged) -> (&'static str, String) {
    match what {
        Merged::Customers { from, into } => {
            let kept = Customers {
                from: CustomerRow::of(from),
                into: CustomerRow::of(into),
            };
            ("customers", text(&kept))
        }
        Merged::Conversations {
            from,
            into,
            messages,
            tags,
            at_seq,
        } => {
            let kept = Conversations {
                from: ConversationRow::of(from),
                into: ConversationRow::of(into),
                messages: messages.clone(),
                tags: tags.clone(),
                at_seq: *at_seq,
            };
            ("conversations", text(&kept))
        }
    }
}

fn text(kept: &impl Serialize) -> String {
    serde_json::to_string(kept).expect("plain structs of plain fields become JSON")
}

/// Reads a detail back.
pub(super) fn read(account_id: AccountId, what: &str, text: &str) -> Result<Merged, DbError> {
    let unreadable = || DbError::Column {
        index: 2,
        wanted: "merge detail",
    };
    match what {
        "customers" => {
            let kept: Customers = serde_json::from_str(text).map_err(|_| unreadable())?;
            Ok(Merged::Customers {
                from: Box::new(kept.from.into_customer(account_id)),
                into: Box::new(kept.into.into_customer(account_id)),
            })
        }
        "conversations" => {
            let kept: Conversations = serde_json::from_str(text).map_err(|_| unreadable())?;
            Ok(Merged::Conversations {
                from: Box::new(kept.from.into_conversation(account_id)),
                into: Box::new(kept.into.into_conversation(account_id)),
                messages: kept.messages,
                tags: kept.tags,
                at_seq: kept.at_seq,
            })
        }
        _ => Err(unreadable()),
    }
}

/// A customer as it was before a merge.
#[derive(Serialize, Deserialize)]
struct CustomerRow {
    id: CustomerId,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    external_id: Option<String>,
    profile_photo_url: Option<String>,
    company_id: Option<CompanyId>,
    host: Option<String>,
    pathname: Option<String>,
    current_url: Option<String>,
    browser: Option<String>,
    os: Option<String>,
    ip: Option<String>,
    time_zone: Option<String>,
    metadata: Option<String>,
    first_seen: i64,
    last_seen_at: i64,
    verified: bool,
    #[serde(default)]
    blocked_at: Option<i64>,
    merged_into: Option<CustomerId>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl CustomerRow {
    fn of(it: &Customer) -> Self {
        Self {
            id: it.id,
            name: it.name.clone(),
            email: it.email.clone(),
            phone: it.phone.clone(),
            external_id: it.external_id.clone(),
            profile_photo_url: it.profile_photo_url.clone(),
            company_id: it.company_id,
            host: it.host.clone(),
            pathname: it.pathname.clone(),
            current_url: it.current_url.clone(),
            browser: it.browser.clone(),
            os: it.os.clone(),
            ip: it.ip.clone(),
            time_zone: it.time_zone.clone(),
            metadata: it.metadata.as_ref().map(|json| json.0.clone()),
            first_seen: it.first_seen.0,
            last_seen_at: it.last_seen_at.0,
            verified: it.verified,
            blocked_at: it.blocked_at.map(|at| at.0),
            merged_into: it.merged_into,
            version: it.version,
            created_at: it.created_at.0,
            updated_at: it.updated_at.0,
        }
    }

    fn into_customer(self, account_id: AccountId) -> Customer {
        Customer {
            account_id,
            id: self.id,
            name: self.name,
            email: self.email,
            phone: self.phone,
            external_id: self.external_id,
            profile_photo_url: self.profile_photo_url,
            company_id: self.company_id,
            host: self.host,
            pathname: self.pathname,
            current_url: self.current_url,
            browser: self.browser,
            os: self.os,
            ip: self.ip,
            time_zone: self.time_zone,
            metadata: self.metadata.map(Json),
            first_seen: Timestamp(self.first_seen),
            last_seen_at: Timestamp(self.last_seen_at),
            verified: self.verified,
            blocked_at: self.blocked_at.map(Timestamp),
            merged_into: self.merged_into,
            version: self.version,
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
        }
    }
}

/// A conversation as it was before a merge.
#[derive(Serialize, Deserialize)]
struct ConversationRow {
    id: ConversationId,
    number: i64,
    inbox_id: Option<InboxId>,
    customer_id: CustomerId,
    source: Source,
    subject: Option<String>,
    status: Status,
    snooze: Option<(Option<i64>, bool)>,
    priority: Priority,
    assignee_id: Option<UserId>,
    team_id: Option<TeamId>,
    read: bool,
    answered: bool,
    waiting_since: Option<i64>,
    last_activity_at: Option<i64>,
    last_message_seq: EventSeq,
    closed_at: Option<i64>,
    archived_at: Option<i64>,
    merged_into: Option<ConversationId>,
    metadata: Option<String>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl ConversationRow {
    fn of(it: &Conversation) -> Self {
        Self {
            id: it.id,
            number: it.number,
            inbox_id: it.inbox_id,
            customer_id: it.customer_id,
            source: it.source,
            subject: it.subject.clone(),
            status: it.status,
            snooze: it
                .snooze
                .map(|it| (it.until.map(|at| at.0), it.until_reply)),
            priority: it.priority,
            assignee_id: it.assignee_id,
            team_id: it.team_id,
            read: it.read,
            answered: it.answered,
            waiting_since: it.waiting_since.map(|at| at.0),
            last_activity_at: it.last_activity_at.map(|at| at.0),
            last_message_seq: it.last_message_seq,
            closed_at: it.closed_at.map(|at| at.0),
            archived_at: it.archived_at.map(|at| at.0),
            merged_into: it.merged_into,
            metadata: it.metadata.as_ref().map(|json| json.0.clone()),
            version: it.version,
            created_at: it.created_at.0,
            updated_at: it.updated_at.0,
        }
    }

    fn into_conversation(self, account_id: AccountId) -> Conversation {
        Conversation {
            account_id,
            id: self.id,
            number: self.number,
            inbox_id: self.inbox_id,
            customer_id: self.customer_id,
            source: self.source,
            subject: self.subject,
            status: self.status,
            snooze: self.snooze.map(|(until, until_reply)| Snooze {
                until: until.map(Timestamp),
                until_reply,
            }),
            priority: self.priority,
            assignee_id: self.assignee_id,
            team_id: self.team_id,
            read: self.read,
            answered: self.answered,
            waiting_since: self.waiting_since.map(Timestamp),
            last_activity_at: self.last_activity_at.map(Timestamp),
            last_message_seq: self.last_message_seq,
            closed_at: self.closed_at.map(Timestamp),
            archived_at: self.archived_at.map(Timestamp),
            merged_into: self.merged_into,
            metadata: self.metadata.map(Json),
            version: self.version,
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
        }
    }
}
