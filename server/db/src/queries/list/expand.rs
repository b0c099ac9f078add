//! Conversations with all that clients show of them: one statement of each kind for a whole
//! page.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::many::Many;
use crate::queries::messages::{self, MessageView};
use crate::queries::{customers, mentions, tags, users};
use frontdesk_domain::account::User;
use frontdesk_domain::mention::Mention;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{AccountId, Conversation, ConversationId, Customer, CustomerId, UserId};
use std::collections::HashMap;

/// How many messages of a conversation are shown in a list: its newest.
pub const MESSAGES_SHOWN: i64 = 100;

/// A conversation with the people, messages and tags that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationView {
    pub conversation: Conversation,
    pub customer: Option<Customer>,
    /// Oldest first, private ones too.
    pub messages: Vec<MessageView>,
    pub tags: Vec<Tag>,
    pub mentions: Vec<MentionView>,
}

/// That a user was named in a message, with the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionView {
    pub mention: Mention,
    pub user: Option<User>,
}

static TAGS: Many = Many::new(
    "LIST_TAGS",
    "SELECT x.conversation_id, t.id, t.account_id, t.name, t.description, t.color, t.created_at, t.updated_at
     FROM conversation_tags x JOIN tags t ON t.id = x.tag_id WHERE x.conversation_id IN (?*)",
);

static MENTIONS: Many = Many::new(
    "LIST_MENTIONS",
    "SELECT id, account_id, conversation_id, message_id, user_id, seen_at, created_at FROM mentions
     WHERE (account_id = ?1) IS TRUE AND conversation_id IN (?*)",
);

/// Loads what belongs to conversations of the account, and keeps their order.
///
/// # Errors
/// When the database does not answer.
pub fn expand(
    conn: &mut dyn Conn,
    account_id: AccountId,
    conversations: Vec<Conversation>,
) -> Result<Vec<ConversationView>, DbError> {
    let ids: Vec<ConversationId> = conversations.iter().map(|it| it.id).collect();
    let people: Vec<CustomerId> = conversations.iter().map(|it| it.customer_id).collect();
    let customers = customers::by_ids(conn, account_id, &people)?;
    let mut messages = newest(conn, &ids)?;
    let mut tags = tags(conn, &ids)?;
    let mut mentions = mentions(conn, account_id, &ids)?;
    let views = conversations.into_iter().map(|conversation| {
        let id = conversation.id;
        ConversationView {
            customer: customers.get(&conversation.customer_id).cloned(),
            messages: messages.remove(&id).unwrap_or_default(),
            tags: tags.remove(&id).unwrap_or_default(),
            mentions: mentions.remove(&id).unwrap_or_default(),
            conversation,
        }
    });
    Ok(views.collect())
}

fn newest(
    conn: &mut dyn Conn,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<MessageView>>, DbError> {
    let skipped = MESSAGES_SHOWN - 1;
    let mut rows = messages::NEWEST_OF.all(conn, &[&skipped], ids, messages::read)?;
    rows.sort_unstable_by_key(|(message, _)| message.seq);
    let mut threads: HashMap<ConversationId, Vec<MessageView>> = HashMap::new();
    for view in messages::complete(conn, rows)? {
        let thread = threads.entry(view.message.conversation_id);
        thread.or_default().push(view);
    }
    Ok(threads)
}

fn mentions(
    conn: &mut dyn Conn,
    account_id: AccountId,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<MentionView>>, DbError> {
    let mut found = MENTIONS.all(conn, &[&account_id], ids, mentions::read)?;
    found.sort_by_key(|mention| (mention.created_at, mention.id));
    let named: Vec<UserId> = found.iter().map(|mention| mention.user_id).collect();
    let users = users::by_ids(conn, account_id, &named)?;
    let mut mentions: HashMap<ConversationId, Vec<MentionView>> = HashMap::new();
    for mention in found {
        let user = users.get(&mention.user_id).cloned();
        let of = mentions.entry(mention.conversation_id);
        of.or_default().push(MentionView { mention, user });
    }
    Ok(mentions)
}

fn tags(
    conn: &mut dyn Conn,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Vec<Tag>>, DbError> {
    let mut found: Vec<(ConversationId, Tag)> =
        TAGS.all(conn, &[], ids, |row| Ok((row.get()?, tags::read(row)?)))?;
    found.sort_by_key(|(_, tag)| (tag.created_at, tag.id));
    let mut tags: HashMap<ConversationId, Vec<Tag>> = HashMap::new();
    for (id, tag) in found {
        tags.entry(id).or_default().push(tag);
    }
    Ok(tags)
}
