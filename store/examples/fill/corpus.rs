//! The corpus as a server would send it.

use frontdesk_inbox::Directory;
use frontdesk_protocol::entity::{ConversationFull, Message};
use frontdesk_protocol::id::{AccountId, ConversationId, CustomerId, EventSeq, MessageId, UserId};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use uuid::Uuid;

pub(crate) const ME: UserId = UserId(1);

pub(crate) struct Account {
    pub(crate) seq: EventSeq,
    pub(crate) directory: Directory,
    /// In the order of a snapshot.
    pub(crate) conversations: Vec<ConversationFull>,
}

/// Reads at most so many conversations, the newest.
pub(crate) fn read(folder: &Path, most: usize) -> Result<Account, Box<dyn Error>> {
    let account = AccountId(uuid("account", 1));
    let customers = customers(folder, account)?;
    let mut conversations = conversations(folder, account, &customers)?;
    let skipped = conversations.len().saturating_sub(most);
    conversations.drain(..skipped);
    let places: HashMap<i64, usize> = conversations
        .iter()
        .enumerate()
        .map(|(at, it)| (it.number, at))
        .collect();
    let mut seq = EventSeq(0);
    for line in lines(folder, "messages.jsonl")? {
        let it = line?;
        let number = it["conversation_id"].as_i64().unwrap_or(0);
        seq = EventSeq(it["id"].as_i64().unwrap_or(0));
        if let Some(conversation) = places.get(&number).map(|at| &mut conversations[*at]) {
            conversation.last_message_seq = seq;
            conversation
                .messages
                .push(message(&it, account, conversation)?);
        }
    }
    // The server sends the newest 100 of each.
    for it in &mut conversations {
        let older = it.messages.len().saturating_sub(100);
        it.messages.drain(..older);
    }
    conversations.sort_by_key(|it| {
        let rank = it.last_activity_at.filter(|_| it.closed_at.is_none());
        std::cmp::Reverse((rank, it.number))
    });
    let directory = Directory {
        me: ME,
        ..Directory::default()
    };
    Ok(Account {
        seq,
        directory,
        conversations,
    })
}

/// The same id for the same thing in every run, as a folder that is filled is measured again.
fn uuid(kind: &str, number: i64) -> Uuid {
    let mut hasher = DefaultHasher::new();
    (kind, number).hash(&mut hasher);
    let scattered = hasher.finish();
    Uuid::from_u64_pair(scattered, scattered.rotate_left(17) ^ number.unsigned_abs())
}

/// The number in an id, which may begin with a letter.
fn number_of(id: &Value) -> i64 {
    let text = id
        .as_str()
        .map(|it| it.trim_start_matches(char::is_alphabetic));
    text.and_then(|it| it.parse().ok())
        .or_else(|| id.as_i64())
        .unwrap_or(0)
}

type Lines = Box<dyn Iterator<Item = Result<Value, Box<dyn Error>>>>;

fn lines(folder: &Path, name: &str) -> Result<Lines, Box<dyn Error>> {
    let file = BufReader::new(File::open(folder.join(name))?);
    Ok(Box::new(
        file.lines().map(|line| Ok(serde_json::from_str(&line?)?)),
    ))
}

fn customers(folder: &Path, account: AccountId) -> Result<HashMap<String, Value>, Box<dyn Error>> {
    let mut found = HashMap::new();
    for line in lines(folder, "customers.jsonl")? {
        let it = line?;
        let customer = json!({
            "object": "customer", "id": CustomerId(uuid("customer", number_of(&it["id"]))), "name": it["name"], "email": it["email"],
            "phone": it["phone"], "title": it["name"], "created_at": it["created_at"],
            "updated_at": it["created_at"], "account_id": account, "first_seen": "2026-01-01",
            "last_seen_at": it["created_at"], "verified": false,
        });
        found.insert(it["id"].as_str().unwrap_or_default().to_owned(), customer);
    }
    Ok(found)
}

fn conversations(
    folder: &Path,
    account: AccountId,
    customers: &HashMap<String, Value>,
) -> Result<Vec<ConversationFull>, Box<dyn Error>> {
    let mut found = Vec::new();
    for line in lines(folder, "conversations.jsonl")? {
        let it = line?;
        let customer = &customers[it["customer_id"].as_str().unwrap_or_default()];
        let status = match it["status"].as_str() {
            Some("resolved") => "closed",
            Some("snoozed") => "snoozed",
            _ => "open",
        };
        let closed = if status == "closed" {
            &it["updated_at"]
        } else {
            &Value::Null
        };
        found.push(serde_json::from_value(json!({
            "object": "conversation", "id": ConversationId(uuid("conversation", number_of(&it["id"]))), "number": it["id"],
            "source": it["channel"], "created_at": it["created_at"], "updated_at": it["updated_at"],
            "closed_at": closed, "last_activity_at": it["updated_at"], "status": status,
            "snoozed_until": it["snoozed_until"], "snoozed_until_reply": false,
            "read": it["unread"] == false, "priority": "not_priority", "subject": it["subject"],
            "account_id": account, "customer_id": customer["id"],
            "assignee_id": it["assignee"].as_str().and_then(|it| it[1..].parse::<i64>().ok()),
            "last_message_seq": 0, "version": 1, "customer": customer, "messages": [], "tags": [],
            "mentions": [],
        }))?);
    }
    Ok(found)
}

fn message(
    it: &Value,
    account: AccountId,
    conversation: &ConversationFull,
) -> Result<Message, Box<dyn Error>> {
    let (kind, user) = match it["kind"].as_str() {
        Some("outgoing") => ("reply", Some(ME)),
        Some("note") => ("note", Some(ME)),
        Some("activity") => ("system", None),
        _ => ("reply", None),
    };
    let customer = (kind == "reply" && user.is_none()).then_some(conversation.customer_id);
    Ok(serde_json::from_value(json!({
        "object": "message", "id": MessageId(uuid("message", number_of(&it["id"]))), "seq": it["id"], "body": it["body"],
        "type": kind, "content_type": "text", "private": kind != "reply",
        "source": conversation.source, "created_at": it["sent_at"], "sent_at": it["sent_at"],
        "conversation_id": conversation.id, "account_id": account, "user_id": user,
        "customer_id": customer, "delivery_state": "sent", "attachments": [],
    }))?)
}
