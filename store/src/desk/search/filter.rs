//! What beside words is asked of a search: operators such as `is:open` and `from:ada`, with the
//! names in them looked up. They mean what they mean on the server.

use crate::desk::cache::Cache;
use crate::desk::read::json;
use crate::desk::standing::Number;
use frontdesk_inbox::{Directory, Row};
use frontdesk_protocol::entity::Message;
use frontdesk_protocol::id::{CustomerId, MessageId, TagId, UserId};
use frontdesk_protocol::kind::{MessageKind, Priority, Source, Status};
use frontdesk_protocol::search::{Assigned, Being, Having, Search, Sign, Wish};
use frontdesk_protocol::time::Timestamp;
use rusqlite::Result;

/// All that has to be so, or must not.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    of_conversations: Vec<(Sign, OfConversation)>,
    of_messages: Vec<(Sign, OfMessage)>,
}

/// What a conversation says of itself.
#[derive(Debug)]
enum OfConversation {
    Status(Status),
    Tag(Vec<TagId>),
    AssignedTo(Vec<UserId>),
    Unassigned,
    Channel(Source),
    Read,
    Priority,
    Waiting,
    Number(i64),
    HasNote,
    HasTag,
}

/// What a message says, or a conversation by its messages.
#[derive(Debug)]
enum OfMessage {
    From {
        name: String,
        users: Vec<UserId>,
    },
    To(String),
    Before(Timestamp),
    After(Timestamp),
    HasFile,
    /// Nothing where what is asked for is no id of a message: which Message-ID a mail has, only the
    /// server knows.
    Id(Option<MessageId>),
}

impl Filter {
    /// What is asked for beside words.
    pub(crate) fn of(search: &Search, directory: &Directory) -> Self {
        let mut filter = Self::default();
        for condition in &search.conditions {
            let sign = condition.sign;
            match read(&condition.wish, directory) {
                Some(Asked::OfConversation(it)) => filter.of_conversations.push((sign, it)),
                Some(Asked::Not(it)) => filter.of_conversations.push((turned(sign), it)),
                Some(Asked::OfMessage(it)) => filter.of_messages.push((sign, it)),
                None => {}
            }
        }
        filter
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.of_conversations.is_empty() && self.of_messages.is_empty()
    }

    /// Whether every message of a conversation may be one that is looked for.
    pub(crate) fn asks_of_messages(&self) -> bool {
        !self.of_messages.is_empty()
    }

    /// The status all of them have, if that is asked for.
    pub(crate) fn status(&self) -> Option<Status> {
        self.of_conversations.iter().find_map(|it| match it {
            (Sign::With, OfConversation::Status(status)) => Some(*status),
            _ => None,
        })
    }

    /// The number of the one that is asked for.
    pub(crate) fn number(&self) -> Option<i64> {
        self.of_conversations.iter().find_map(|it| match it {
            (Sign::With, OfConversation::Number(number)) => Some(*number),
            _ => None,
        })
    }

    /// Whether a conversation is as it is asked for, as far as it says so itself.
    pub(crate) fn allows_row(&self, cache: &Cache<'_>, n: Number, row: &Row) -> Result<bool> {
        for (sign, asked) in &self.of_conversations {
            if !sign.fits(asked.holds(cache, n, row)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a message of a conversation is as it is asked for.
    pub(crate) fn allows_message(
        &self,
        cache: &Cache<'_>,
        row: &Row,
        message: &Message,
    ) -> Result<bool> {
        for (sign, asked) in &self.of_messages {
            if !sign.fits(asked.holds(cache, row, message)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a conversation is as it is asked for of its messages, where none of them is the
    /// one that was found.
    pub(crate) fn allows_whole(&self, cache: &Cache<'_>, n: Number, row: &Row) -> Result<bool> {
        for (sign, asked) in &self.of_messages {
            if !sign.fits(asked.holds_of_whole(cache, n, row)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What a wish that is no word asks of whom.
enum Asked {
    OfConversation(OfConversation),
    /// The opposite of it.
    Not(OfConversation),
    OfMessage(OfMessage),
}

fn read(wish: &Wish, directory: &Directory) -> Option<Asked> {
    use OfConversation as C;
    use OfMessage as M;
    let of_message = |it| Some(Asked::OfMessage(it));
    let asked = match wish {
        Wish::Text(_) => return None,
        Wish::From(name) => {
            return of_message(M::From {
                name: name.to_lowercase(),
                users: users(directory, name),
            });
        }
        Wish::To(name) => return of_message(M::To(name.to_lowercase())),
        Wish::Before(at) => return of_message(M::Before(*at)),
        Wish::After(at) => return of_message(M::After(*at)),
        Wish::Has(Having::Attachment) => return of_message(M::HasFile),
        Wish::Is(Being::Unread) => return Some(Asked::Not(C::Read)),
        Wish::Is(Being::Assigned) => return Some(Asked::Not(C::Unassigned)),
        Wish::Status(status) => C::Status(*status),
        Wish::Tag(name) => C::Tag(tags(directory, name)),
        Wish::Assignee(Assigned::Me) => C::AssignedTo(vec![directory.me]),
        Wish::Assignee(Assigned::Somebody(name)) => C::AssignedTo(users(directory, name)),
        Wish::Assignee(Assigned::Nobody) | Wish::Is(Being::Unassigned) => C::Unassigned,
        Wish::Channel(source) => C::Channel(*source),
        Wish::Has(Having::Note) => C::HasNote,
        Wish::Has(Having::Tag) => C::HasTag,
        Wish::Is(Being::Read) => C::Read,
        Wish::Is(Being::Priority) => C::Priority,
        Wish::Is(Being::Waiting) => C::Waiting,
        Wish::Number(number) => C::Number(*number),
        Wish::Message(id) => return of_message(M::Id(id.parse().ok())),
    };
    Some(Asked::OfConversation(asked))
}

const fn turned(sign: Sign) -> Sign {
    match sign {
        Sign::With => Sign::Without,
        Sign::Without => Sign::With,
    }
}

fn users(directory: &Directory, name: &str) -> Vec<UserId> {
    let name = name.to_lowercase();
    if name == "me" {
        return vec![directory.me];
    }
    let known = |it: &Option<Option<String>>| {
        let text = it.as_ref().and_then(Option::as_deref);
        text.is_some_and(|it| has(it, &name))
    };
    let users = directory.users.iter();
    users
        .filter(|it| known(&it.display_name) || known(&it.full_name) || has(&it.email, &name))
        .map(|it| it.id)
        .collect()
}

fn tags(directory: &Directory, name: &str) -> Vec<TagId> {
    let name = name.to_lowercase();
    let tags = directory.tags.iter();
    tags.filter(|it| it.name.to_lowercase() == name)
        .map(|it| it.id)
        .collect()
}

fn has(text: &str, lower: &str) -> bool {
    text.to_lowercase().contains(lower)
}

impl OfConversation {
    fn holds(&self, cache: &Cache<'_>, n: Number, row: &Row) -> Result<bool> {
        const NOTE: &str = "SELECT 1 FROM messages
            WHERE conversation = ?1 AND message ->> '$.type' = 'note' LIMIT 1";
        let it = &row.conversation;
        Ok(match self {
            Self::Status(status) => it.status == *status,
            Self::Tag(tags) => row.tags.iter().any(|tag| tags.contains(tag)),
            Self::AssignedTo(users) => it.assignee_id.is_some_and(|it| users.contains(&it)),
            Self::Unassigned => it.assignee_id.is_none(),
            Self::Channel(source) => it.source == *source,
            Self::Read => it.read,
            Self::Priority => it.priority == Priority::High,
            Self::Waiting => it.waiting_since.is_some(),
            Self::Number(number) => it.number == *number,
            Self::HasNote => cache.db.prepare_cached(NOTE)?.exists([n])?,
            Self::HasTag => !row.tags.is_empty(),
        })
    }
}

impl OfMessage {
    fn holds(&self, cache: &Cache<'_>, row: &Row, message: &Message) -> Result<bool> {
        let customer = row.conversation.customer_id;
        Ok(match self {
            Self::From { name, users } => match (message.user_id, message.customer_id) {
                (Some(user), _) => users.contains(&user),
                (None, Some(_)) => is_called(cache, customer, name)?,
                (None, None) => false,
            },
            Self::To(name) => {
                let is_theirs = message.customer_id.is_some()
                    || message.private
                    || message.kind == MessageKind::Note;
                !is_theirs && is_called(cache, customer, name)?
            }
            Self::Before(at) => message.created_at.0 < *at,
            Self::After(at) => message.created_at.0 >= *at,
            Self::HasFile => !message.attachments.is_empty(),
            Self::Id(id) => *id == Some(message.id),
        })
    }

    fn holds_of_whole(&self, cache: &Cache<'_>, n: Number, row: &Row) -> Result<bool> {
        const WROTE: &str = "SELECT message FROM messages WHERE conversation = ?1
            AND message ->> '$.user_id' IS NOT NULL ORDER BY seq";
        const FILE: &str = "SELECT 1 FROM messages WHERE conversation = ?1
            AND json_array_length(message, '$.attachments') > 0 LIMIT 1";
        const ID: &str = "SELECT 1 FROM messages WHERE conversation = ?1
            AND message ->> '$.id' = ?2 LIMIT 1";
        let it = &row.conversation;
        let active = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
        Ok(match self {
            Self::From { name, users } => {
                is_called(cache, it.customer_id, name)? || {
                    let mut statement = cache.db.prepare_cached(WROTE)?;
                    let mut rows = statement.query([n])?;
                    let mut wrote = false;
                    while let Some(row) = rows.next()?.filter(|_| !wrote && !users.is_empty()) {
                        let message: Message = json(row, 0)?;
                        wrote = message.user_id.is_some_and(|user| users.contains(&user));
                    }
                    wrote
                }
            }
            Self::To(name) => is_called(cache, it.customer_id, name)?,
            Self::Before(at) => active < *at,
            Self::After(at) => active >= *at,
            Self::HasFile => cache.db.prepare_cached(FILE)?.exists([n])?,
            Self::Id(Some(id)) => cache.db.prepare_cached(ID)?.exists((n, id.to_string()))?,
            Self::Id(None) => false,
        })
    }
}

/// Whether a customer's name or address has this in it.
fn is_called(cache: &Cache<'_>, id: CustomerId, lower: &str) -> Result<bool> {
    let Some(it) = cache.customer(id)? else {
        return Ok(false);
    };
    let known = [it.name, it.email];
    Ok(known.iter().flatten().any(|it| has(it, lower)))
}
