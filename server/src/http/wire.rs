//! The one place where the desk's own types become the objects of the wire.

mod ai;
mod bulk;
mod events;
mod knowledge;
mod links;
mod mails;
mod privacy;
mod scheduled;
mod settings;
mod small;
mod views;
mod visitors;

pub(crate) use ai::{
    ai_replies, ai_run, ai_sorted, ai_sorting, ai_suggestions, ai_usage, draft_fate, draft_reason,
};
pub(crate) use bulk::{bulk_item, bulk_run};
pub(crate) use events::{event, scopes, seen};
pub(crate) use knowledge::{inbox_context, knowledge_entry, knowledge_source};
pub(crate) use links::Links;
pub(crate) use mails::{MailShown, WaitingMail, mail, waiting_mail};
pub(crate) use privacy::{erasure, legal_hold, retention_rule};
pub(crate) use scheduled::scheduled_reply;
pub(crate) use settings::{
    account_full, api_key, business_context, connection, event_subscription, forwarding_address,
    is_look_of,
};
pub(crate) use small::{canned_response, company, customer_line, issue, note, team, user_settings};
pub(crate) use views::saved_view;
pub(crate) use visitors::{browser_session, widget_settings, widget_with_account};

use domain::{AccountId, Timestamp};
use frontdesk_db::queries::list::MentionView;
use frontdesk_db::queries::messages::{Attachment, MessageView};
use frontdesk_domain as domain;
use frontdesk_domain::change::Merged;
use frontdesk_domain::decide::Field;
use frontdesk_domain::hours;
use frontdesk_domain::json::Json;
use frontdesk_protocol::entity::{
    Account, Conversation, Customer, CustomerBasic, Draft, File, Inbox, Mention, Merge, Message,
    MessagePlain, Raw, Tag, User, WorkingHours,
};
use frontdesk_protocol::time::{RowStamp, UtcStamp};

/// A JSON text that passes through.
pub(crate) fn raw(json: Option<&Json>) -> Option<Raw> {
    json.and_then(|json| Raw::parse(json.0.clone()))
}

/// A JSON value that came in, as it is kept; null is nothing.
pub(crate) fn json(raw: &Raw) -> Option<Json> {
    let text = raw.0.get();
    (text != "null").then(|| Json(text.to_owned()))
}

/// The same for a field that can also be cleared.
pub(crate) fn json_field(raw: Field<Raw>) -> Field<Json> {
    match raw {
        Field::Keep => Field::Keep,
        Field::Clear => Field::Clear,
        Field::Set(raw) => json(&raw).map_or(Field::Clear, Field::Set),
    }
}

/// A tag.
pub(crate) fn tag(it: &domain::tag::Tag) -> Tag {
    Tag {
        id: it.id,
        name: it.name.clone(),
        description: it.description.clone(),
        color: it.color.clone(),
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// A mention with the user it names.
pub(crate) fn mention(it: &MentionView) -> Mention {
    Mention {
        id: it.mention.id,
        account_id: it.mention.account_id,
        created_at: RowStamp(it.mention.created_at),
        seen_at: utc(it.mention.seen_at),
        conversation_id: it.mention.conversation_id,
        message_id: it.mention.message_id,
        user_id: it.mention.user_id,
        user: it.user.as_ref().map(user),
    }
}

/// A stamp that may be missing.
pub(crate) fn utc(at: Option<Timestamp>) -> Option<UtcStamp> {
    at.map(UtcStamp)
}

/// An account as visitors see it.
pub(crate) fn account(it: &domain::account::Account, now: Timestamp) -> Account {
    Account {
        id: it.id,
        company_name: it.company_name.clone(),
        company_logo_url: it.company_logo_url.clone(),
        time_zone: it.time_zone.clone(),
        subscription_plan: it.plan.clone(),
        settings: raw(it.settings.as_ref()),
        working_hours: it.working_hours.iter().map(working_hours).collect(),
        is_outside_working_hours: hours::is_outside_working_hours(it, now),
        current_minutes_since_midnight: hours::minutes_since_midnight(it, now),
    }
}

fn working_hours(line: &domain::account::WorkingHours) -> WorkingHours {
    WorkingHours {
        day: line.day.clone(),
        start_minute: line.start_minute,
        end_minute: line.end_minute,
    }
}

/// A user; the names are left out while there is no profile.
pub(crate) fn user(it: &domain::account::User) -> User {
    let profile = |field: &Option<String>| it.has_profile().then(|| field.clone());
    User {
        id: it.id,
        email: it.email.clone(),
        created_at: RowStamp(it.created_at),
        disabled_at: utc(it.disabled_at),
        archived_at: utc(it.archived_at),
        role: it.role,
        visibility: it.visibility,
        availability: it.availability,
        full_name: profile(&it.full_name),
        display_name: profile(&it.display_name),
        profile_photo_url: profile(&it.profile_photo_url),
    }
}

/// An inbox.
pub(crate) fn inbox(it: &domain::account::Inbox) -> Inbox {
    Inbox {
        id: it.id,
        name: it.name.clone(),
        description: it.description.clone(),
        slug: it.slug.clone(),
        channel: it.channel,
        is_primary: it.is_primary,
        is_private: it.is_private,
        identity_required: it.identity_required,
        account_id: it.account_id,
    }
}

/// A customer.
pub(crate) fn customer(it: &domain::Customer) -> Customer {
    let basic = customer_basic(it);
    Customer {
        id: basic.id,
        name: basic.name,
        email: basic.email,
        created_at: basic.created_at,
        updated_at: basic.updated_at,
        phone: basic.phone,
        external_id: basic.external_id,
        profile_photo_url: basic.profile_photo_url,
        company_id: basic.company_id,
        host: basic.host,
        pathname: basic.pathname,
        current_url: basic.current_url,
        browser: basic.browser,
        os: basic.os,
        metadata: basic.metadata,
        title: basic.title,
        account_id: it.account_id,
        first_seen: it.first_seen.to_date(),
        last_seen_at: UtcStamp(it.last_seen_at),
        ip: it.ip.clone(),
        time_zone: it.time_zone.clone(),
        verified: it.verified,
        blocked_at: it.blocked_at.map(UtcStamp),
    }
}

/// A customer inside a message.
pub(crate) fn customer_basic(it: &domain::Customer) -> CustomerBasic {
    CustomerBasic {
        id: it.id,
        name: it.name.clone(),
        email: it.email.clone(),
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
        phone: it.phone.clone(),
        external_id: it.external_id.clone(),
        profile_photo_url: it.profile_photo_url.clone(),
        company_id: it.company_id,
        host: it.host.clone(),
        pathname: it.pathname.clone(),
        current_url: it.current_url.clone(),
        browser: it.browser.clone(),
        os: it.os.clone(),
        metadata: raw(it.metadata.as_ref()),
        title: it.title().to_owned(),
    }
}

/// A conversation by itself.
pub(crate) fn conversation(it: &domain::Conversation) -> Conversation {
    Conversation {
        id: it.id,
        number: it.number,
        source: it.source,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
        closed_at: utc(it.closed_at),
        last_activity_at: utc(it.last_activity_at),
        status: it.status,
        snoozed_until: utc(it.snooze.and_then(|snooze| snooze.until)),
        snoozed_until_reply: it.snooze.is_some_and(|snooze| snooze.until_reply),
        read: it.read,
        priority: it.priority,
        subject: it.subject.clone(),
        account_id: it.account_id,
        customer_id: it.customer_id,
        assignee_id: it.assignee_id,
        team_id: it.team_id,
        inbox_id: it.inbox_id,
        waiting_since: utc(it.waiting_since),
        archived_at: utc(it.archived_at),
        merged_into: it.merged_into,
        last_message_seq: it.last_message_seq,
        version: it.version,
        metadata: raw(it.metadata.as_ref()),
    }
}

/// A message with the people and files it names.
pub(crate) fn message(view: &MessageView, links: &Links) -> Message {
    let account_id = view.message.account_id;
    message_naming(view, |attachment| file(attachment, account_id, links))
}

/// The same where its files are found otherwise than by links.
pub(crate) fn message_naming(view: &MessageView, file: impl Fn(&Attachment) -> File) -> Message {
    let it = &view.message;
    Message {
        id: it.id,
        seq: it.seq,
        body: it.body.clone(),
        kind: it.kind,
        content_type: "text".to_owned(),
        private: it.private,
        source: it.source,
        created_at: RowStamp(it.created_at),
        sent_at: utc(it.sent_at),
        seen_at: utc(it.seen_at),
        conversation_id: it.conversation_id,
        account_id: it.account_id,
        user_id: it.user_id(),
        customer_id: it.customer_id(),
        delivery_state: it.delivery.state,
        delivery_reason: it.delivery.reason.clone(),
        metadata: raw(it.metadata.as_ref()),
        user: view.user.as_ref().map(user),
        customer: view.customer.as_ref().map(customer_basic),
        attachments: view.attachments.iter().map(file).collect(),
    }
}

/// A message by itself.
pub(crate) fn message_plain(it: &domain::Message) -> MessagePlain {
    MessagePlain {
        id: it.id,
        seq: it.seq,
        body: it.body.clone(),
        kind: it.kind,
        content_type: "text".to_owned(),
        private: it.private,
        source: it.source,
        created_at: RowStamp(it.created_at),
        sent_at: utc(it.sent_at),
        seen_at: utc(it.seen_at),
        conversation_id: it.conversation_id,
        account_id: it.account_id,
        user_id: it.user_id(),
        customer_id: it.customer_id(),
        delivery_state: it.delivery.state,
        delivery_reason: it.delivery.reason.clone(),
        metadata: raw(it.metadata.as_ref()),
    }
}

/// A draft.
pub(crate) fn draft(it: &domain::draft::Draft) -> Draft {
    Draft {
        id: it.id,
        conversation_id: it.conversation_id,
        state: it.state,
        body: it.body.clone(),
        based_on_seq: it.based_on_seq,
        origin: it.origin.clone(),
        sources: raw(it.sources.as_ref()),
        hint: it.hint.clone(),
        reason: it.reason.clone(),
        decided_by: it.decided_by,
        message_id: it.message_id,
        version: it.version,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}

/// A merge.
pub(crate) fn merge(it: &domain::change::Merge) -> Merge {
    let (what, from_id, into_id) = match &it.what {
        Merged::Customers { from, into } => ("customers", from.id.to_string(), into.id.to_string()),
        Merged::Conversations { from, into, .. } => {
            ("conversations", from.id.to_string(), into.id.to_string())
        }
    };
    Merge {
        id: it.id,
        what: what.to_owned(),
        from_id,
        into_id,
        created_at: RowStamp(it.created_at),
        undone_at: utc(it.undone_at),
    }
}

fn file(it: &Attachment, account_id: AccountId, links: &Links) -> File {
    File {
        id: it.id,
        file_url: links.file(account_id, it.id, &it.filename),
        content_type: it.content_type.clone(),
        filename: it.filename.clone(),
    }
}
