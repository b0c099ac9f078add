//! A desk in memory that carries decisions out as the databases do.

use crate::build;
use frontdesk_domain::account::{Inbox, User};
use frontdesk_domain::change::{Merge, Merged};
use frontdesk_domain::conversation::Cell;
use frontdesk_domain::decision::Subject;
use frontdesk_domain::message::Sender;
use frontdesk_domain::{
    AccountId, Change, Conversation, ConversationId, Customer, CustomerId, Decision, EventDraft,
    EventKind, EventSeq, MergeId, Message, MessageId, MessageKind, Role, TagId, Timestamp, UserId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything an account has, and a stranger from another one.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) account: AccountId,
    pub(crate) users: Vec<User>,
    pub(crate) inboxes: Vec<Inbox>,
    pub(crate) tag_ids: Vec<TagId>,
    pub(crate) customers: Vec<Customer>,
    pub(crate) conversations: Vec<Conversation>,
    pub(crate) messages: Vec<Message>,
    /// Where each message was written, wherever it is now.
    pub(crate) origins: BTreeMap<MessageId, ConversationId>,
    pub(crate) tags: BTreeSet<(ConversationId, TagId)>,
    pub(crate) merges: Vec<Merge>,
    pub(crate) moved: BTreeMap<MergeId, Moved>,
    pub(crate) counts: Vec<(Cell, i64)>,
    pub(crate) events: Vec<(EventSeq, EventDraft)>,
    pub(crate) audits: usize,
    pub(crate) now: Timestamp,
}

/// What a merge of customers moved.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moved {
    pub(crate) conversations: Vec<ConversationId>,
    messages: Vec<MessageId>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let account = AccountId::random();
        let elsewhere = AccountId::random();
        let mut disabled = build::user(5, account, Role::Member);
        disabled.disabled_at = Some(build::START);
        let mut proven = build::customer(account);
        proven.verified = true;
        proven.external_id = Some("proven".to_owned());
        let mut named = build::customer(account);
        named.name = Some("Ana".to_owned());
        named.last_seen_at = build::START.plus_seconds(60);
        Self {
            account,
            users: vec![
                build::user(1, account, Role::Admin),
                build::user(2, account, Role::Member),
                build::user(3, account, Role::Member),
                build::user(4, account, Role::Viewer),
                disabled,
                build::user(9, elsewhere, Role::Admin),
            ],
            inboxes: vec![
                build::inbox(account),
                build::inbox(account),
                build::inbox(elsewhere),
            ],
            tag_ids: vec![TagId::random(), TagId::random()],
            customers: vec![build::customer(account), named, proven],
            conversations: Vec::new(),
            messages: Vec::new(),
            origins: BTreeMap::new(),
            tags: BTreeSet::new(),
            merges: Vec::new(),
            moved: BTreeMap::new(),
            counts: Vec::new(),
            events: Vec::new(),
            audits: 0,
            now: build::START,
        }
    }

    pub(crate) fn newest_seq(&self) -> EventSeq {
        self.events.last().map_or(EventSeq(0), |(seq, _)| *seq)
    }

    pub(crate) fn conversation(&self, id: ConversationId) -> &Conversation {
        let found = self.conversations.iter().find(|c| c.id == id);
        found.expect("a conversation of this desk")
    }

    pub(crate) fn customer(&self, id: CustomerId) -> &Customer {
        let found = self.customers.iter().find(|c| c.id == id);
        found.expect("a customer of this desk")
    }

    /// The messages of a conversation in their order.
    pub(crate) fn thread(&self, id: ConversationId) -> Vec<&Message> {
        let mut thread: Vec<_> = self
            .messages
            .iter()
            .filter(|message| message.conversation_id == id)
            .collect();
        thread.sort_by_key(|message| message.seq);
        thread
    }

    pub(crate) fn message_ids(&self, id: ConversationId) -> Vec<MessageId> {
        self.thread(id).iter().map(|message| message.id).collect()
    }

    pub(crate) fn tags_of(&self, id: ConversationId) -> Vec<TagId> {
        let tags = self.tags.iter().filter(|(of, _)| *of == id);
        tags.map(|(_, tag)| *tag).collect()
    }

    pub(crate) fn conversations_of(&self, id: CustomerId) -> Vec<ConversationId> {
        let own = self.conversations.iter().filter(|c| c.customer_id == id);
        own.map(|c| c.id).collect()
    }

    /// Whether somebody wrote in a conversation, or something was merged into it, since a merge.
    pub(crate) fn touched_since(&self, merge: &Merge) -> bool {
        let Merged::Conversations { into, at_seq, .. } = &merge.what else {
            return false;
        };
        let written = self
            .thread(into.id)
            .iter()
            .any(|message| message.seq > *at_seq && message.kind != MessageKind::System);
        let merged = self.merges.iter().any(|other| {
            let same =
                matches!(&other.what, Merged::Conversations { into: i, .. } if i.id == into.id);
            same && other.id != merge.id
                && other.undone_at.is_none()
                && other.created_at >= merge.created_at
        });
        written || merged
    }

    /// Carries a decision out, as one unit of work.
    pub(crate) fn apply(&mut self, decision: Decision) {
        let mut numbers = BTreeMap::new();
        for event in decision.events {
            let seq = EventSeq(self.newest_seq().0 + 1);
            if let (EventKind::MessageCreated, Subject::Id(id)) = (event.kind, &event.subject) {
                assert!(numbers.insert(*id, seq).is_none(), "a message is told once");
            }
            self.events.push((seq, event));
        }
        for change in decision.changes {
            self.write(change, &numbers);
        }
    }

    fn write(&mut self, change: Change, numbers: &BTreeMap<uuid::Uuid, EventSeq>) {
        match change {
            Change::CreateConversation(mut new) => {
                new.number = i64::try_from(self.conversations.len()).expect("a small desk") + 1;
                self.count(None, new.cell());
                self.conversations.push(*new);
            }
            Change::UpdateConversation { before, after } => self.update(&before, *after),
            Change::AddMessage(message) => self.add(*message, numbers),
            Change::MarkMessagesSeen {
                conversation_id,
                at,
            } => self.see(conversation_id, at),
            Change::MarkMentionsSeen { .. } => {}
            Change::TagConversation {
                conversation_id,
                tag_id,
            } => assert!(self.tags.insert((conversation_id, tag_id))),
            Change::UntagConversation {
                conversation_id,
                tag_id,
            } => assert!(self.tags.remove(&(conversation_id, tag_id))),
            Change::UpdateCustomer { before, after } => {
                let stored = self.customers.iter_mut().find(|c| c.id == before.id);
                let stored = stored.expect("a customer of this desk");
                assert_eq!(*stored, *before, "a decision knows what is there");
                assert_eq!(after.version, before.version + 1);
                *stored = *after;
            }
            Change::MoveCustomer { merge_id, from, to } => self.move_customer(merge_id, from, to),
            Change::MoveCustomerBack { merge_id, to, .. } => self.move_back(merge_id, to),
            Change::MoveMessages { ids, to } => {
                for message in &mut self.messages {
                    if ids.contains(&message.id) {
                        message.conversation_id = to;
                    }
                }
            }
            Change::LinkConversations { .. } | Change::UnlinkConversations { .. } => {
                unreachable!("links are tried by example")
            }
            Change::RecordMerge(merge) => self.merges.push(*merge),
            Change::CloseMerge { id, at } => {
                let merge = self.merges.iter_mut().find(|merge| merge.id == id);
                let merge = merge.expect("a recorded merge");
                assert!(merge.undone_at.replace(at).is_none(), "undone only once");
            }
            Change::Audit(_) => self.audits += 1,
        }
    }

    fn update(&mut self, before: &Conversation, after: Conversation) {
        self.count(before.cell(), after.cell());
        let stored = self.conversations.iter_mut().find(|c| c.id == before.id);
        let stored = stored.expect("a conversation of this desk");
        assert_eq!(stored, before, "a decision knows what is there");
        assert_eq!(after.version, before.version + 1, "versions grow by one");
        *stored = after;
    }

    fn add(&mut self, mut message: Message, numbers: &BTreeMap<uuid::Uuid, EventSeq>) {
        message.seq = *numbers.get(&message.id.0).expect("a message is told of");
        let id = message.conversation_id;
        let conversation = self.conversations.iter_mut().find(|c| c.id == id);
        let conversation = conversation.expect("a conversation of this desk");
        conversation.last_message_seq = message.seq;
        self.origins.insert(message.id, id);
        self.messages.push(message);
    }

    fn see(&mut self, id: ConversationId, at: Timestamp) {
        for message in &mut self.messages {
            if message.conversation_id == id && is_unseen(message) {
                message.seen_at = Some(at);
            }
        }
    }

    fn move_customer(&mut self, merge_id: MergeId, from: CustomerId, to: CustomerId) {
        let mut moved = Moved::default();
        for conversation in &mut self.conversations {
            if conversation.customer_id == from {
                conversation.customer_id = to;
                conversation.version += 1;
                moved.conversations.push(conversation.id);
            }
        }
        for message in &mut self.messages {
            if message.sender == Sender::Customer(from) {
                message.sender = Sender::Customer(to);
                moved.messages.push(message.id);
            }
        }
        self.moved.insert(merge_id, moved);
    }

    fn move_back(&mut self, merge_id: MergeId, to: CustomerId) {
        let moved = self.moved.get(&merge_id).expect("a merge that moved");
        for conversation in &mut self.conversations {
            if moved.conversations.contains(&conversation.id) {
                conversation.customer_id = to;
                conversation.version += 1;
            }
        }
        for message in &mut self.messages {
            if moved.messages.contains(&message.id) {
                message.sender = Sender::Customer(to);
            }
        }
    }

    fn count(&mut self, before: Option<Cell>, after: Option<Cell>) {
        for (cell, by) in [(before, -1), (after, 1)] {
            let Some(cell) = cell else { continue };
            match self.counts.iter_mut().find(|(known, _)| *known == cell) {
                Some((_, count)) => *count += by,
                None => self.counts.push((cell, by)),
            }
        }
    }

    /// The users who may be given work.
    pub(crate) fn workers(&self) -> Vec<UserId> {
        let able = |user: &&User| {
            user.account_id == self.account && user.is_active() && user.role != Role::Viewer
        };
        self.users.iter().filter(able).map(|user| user.id).collect()
    }
}

/// Whether the customer has not seen this message, though it was for them.
pub(crate) fn is_unseen(message: &Message) -> bool {
    let theirs = matches!(message.sender, Sender::Customer(_));
    !theirs && !message.private && message.seen_at.is_none()
}
