//! An account as a server would have it: it changes, numbers its events, and can be asked for a
//! snapshot. What tests compare the desk with.

use frontdesk_inbox::Directory;
use frontdesk_protocol::entity::ConversationFull;
use frontdesk_protocol::entity::{Conversation, Customer, Event, Message};
use frontdesk_protocol::id::{
    AccountId, ConversationId, CustomerId, EventSeq, MessageId, TagId, UserId,
};
use frontdesk_protocol::kind::{EventKind, Status};
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) const ME: UserId = UserId(7);
pub(crate) const COLLEAGUE: UserId = UserId(8);

/// All of an account.
pub(crate) struct Account {
    id: AccountId,
    seq: i64,
    pub(crate) threads: BTreeMap<ConversationId, ThreadOf>,
    order: Vec<ConversationId>,
    pub(crate) events: Vec<Event>,
}

/// A conversation with its messages.
#[derive(Clone)]
pub(crate) struct ThreadOf {
    pub(crate) conversation: Conversation,
    pub(crate) customer: Customer,
    pub(crate) messages: Vec<Message>,
    pub(crate) tags: Vec<TagId>,
}

impl Account {
    pub(crate) fn new() -> Self {
        Self {
            id: AccountId::random(),
            seq: 0,
            threads: BTreeMap::new(),
            order: Vec::new(),
            events: Vec::new(),
        }
    }

    pub(crate) fn seq(&self) -> EventSeq {
        EventSeq(self.seq)
    }

    pub(crate) fn directory(&self) -> Directory {
        Directory {
            me: ME,
            company: "Acme".to_owned(),
            ..Directory::default()
        }
    }

    /// The conversation that was made as this one, counted from zero.
    pub(crate) fn nth(&self, n: usize) -> ConversationId {
        self.order[n % self.order.len()]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// A customer begins a conversation.
    pub(crate) fn begins(&mut self, subject: &str, body: &str) -> ConversationId {
        let (id, customer) = (ConversationId::random(), CustomerId::random());
        let number = i64::try_from(self.threads.len()).unwrap() + 1;
        let at = stamp(self.seq);
        let conversation: Conversation = serde_json::from_value(json!({
            "object": "conversation", "id": id, "number": number, "source": "email",
            "created_at": at, "updated_at": at, "last_activity_at": at, "status": "open",
            "snoozed_until_reply": false, "read": false, "priority": "not_priority",
            "account_id": self.id, "customer_id": customer, "last_message_seq": 1, "version": 0,
            "subject": subject, "waiting_since": at,
        }))
        .unwrap();
        let customer: Customer = serde_json::from_value(json!({
            "object": "customer", "id": customer, "name": format!("Customer {number}"),
            "email": format!("c{number}@example.com"), "title": format!("Customer {number}"),
            "created_at": at, "updated_at": at, "account_id": self.id, "first_seen": "2026-11-20",
            "last_seen_at": at, "verified": false,
        }))
        .unwrap();
        self.threads.insert(
            id,
            ThreadOf {
                conversation,
                customer,
                messages: Vec::new(),
                tags: Vec::new(),
            },
        );
        self.order.push(id);
        self.tells(EventKind::ConversationCreated, id, |_| {});
        self.writes(id, None, body);
        id
    }

    /// Somebody writes: a user, or the customer.
    pub(crate) fn writes(
        &mut self,
        id: ConversationId,
        by: Option<UserId>,
        body: &str,
    ) -> MessageId {
        let message = MessageId::random();
        let (seq, account) = (self.seq + 1, self.id);
        self.tells(EventKind::MessageCreated, id, |it| {
            let customer = by.is_none().then_some(it.customer.id);
            let written: Message = serde_json::from_value(json!({
                "object": "message", "id": message, "seq": seq, "body": body, "type": "reply",
                "content_type": "text", "private": false, "source": "email",
                "created_at": stamp(seq), "conversation_id": id, "account_id": account,
                "user_id": by, "customer_id": customer, "delivery_state": "queued",
                "attachments": [],
            }))
            .unwrap();
            it.messages.push(written);
            it.conversation.last_message_seq = EventSeq(seq);
            it.conversation.last_activity_at = Some(UtcStamp(Timestamp::from_seconds(seq)));
        });
        let written = self.threads[&id].messages.last().cloned();
        let event = self.events.last_mut().unwrap();
        event.message_id = Some(message);
        event.message = written;
        message
    }

    /// A conversation changes.
    pub(crate) fn changes(&mut self, id: ConversationId, change: impl FnOnce(&mut ThreadOf)) {
        self.tells(EventKind::ConversationUpdated, id, change);
    }

    /// A conversation is archived for good, or leaves the agent's view.
    pub(crate) fn loses(&mut self, id: ConversationId) {
        self.threads.remove(&id);
        self.order.retain(|it| *it != id);
        self.seq += 1;
        let mut event = bare(self.seq, EventKind::ConversationDeleted);
        event.conversation_id = Some(id);
        self.events.push(event);
    }

    /// A conversation's customer is erased, and the conversation with it.
    pub(crate) fn erases(&mut self, id: ConversationId) {
        let customer = self.threads[&id].customer.id;
        self.seq += 1;
        let mut event = bare(self.seq, EventKind::CustomerDeleted);
        event.customer_id = Some(customer);
        self.events.push(event);
        self.loses(id);
    }

    /// Something happens that the agent may not see.
    pub(crate) fn hides(&mut self) {
        self.seq += 1;
        self.events.push(bare(self.seq, EventKind::Hidden));
    }

    pub(crate) fn close(&mut self, id: ConversationId) {
        let at = UtcStamp(Timestamp::from_seconds(self.seq + 1));
        self.changes(id, |it| {
            it.conversation.status = Status::Closed;
            it.conversation.closed_at = Some(at);
        });
    }

    /// What happened after a number.
    pub(crate) fn since(&self, seq: EventSeq) -> Vec<Event> {
        self.events
            .iter()
            .filter(|it| it.seq > seq)
            .cloned()
            .collect()
    }

    /// All of it, as a snapshot's lines say it.
    pub(crate) fn snapshot(&self) -> Vec<ConversationFull> {
        self.order.iter().map(|id| self.full(*id)).collect()
    }

    pub(crate) fn full(&self, id: ConversationId) -> ConversationFull {
        let it = self.threads[&id].clone();
        let tags = it.tags.iter().map(|id| tag(*id)).collect();
        it.conversation
            .with(Some(it.customer), it.messages, tags, Vec::new())
    }

    fn tells(&mut self, kind: EventKind, id: ConversationId, change: impl FnOnce(&mut ThreadOf)) {
        self.seq += 1;
        let it = self.threads.get_mut(&id).unwrap();
        it.conversation.version += 1;
        change(it);
        let mut event = bare(self.seq, kind);
        event.conversation_id = Some(id);
        event.conversation = Some(it.conversation.clone());
        event.tag_ids = Some(it.tags.clone());
        if kind == EventKind::ConversationCreated {
            event.customer_id = Some(it.customer.id);
            event.customer = Some(it.customer.clone());
        }
        self.events.push(event);
    }
}

fn bare(seq: i64, kind: EventKind) -> Event {
    serde_json::from_value(json!({ "seq": seq, "at": stamp(seq), "kind": kind })).unwrap()
}

fn tag(id: TagId) -> frontdesk_protocol::entity::Tag {
    serde_json::from_value(json!({
        "object": "tag", "id": id, "name": "tag", "created_at": stamp(0), "updated_at": stamp(0),
    }))
    .unwrap()
}

fn stamp(seconds: i64) -> UtcStamp {
    UtcStamp(Timestamp::from_seconds(seconds))
}
