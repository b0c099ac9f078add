//! What a search asks besides words, and the search for conversations by that alone.

use super::cursor::{FindCursor, Place};
use super::names::Names;
use super::{Findings, Hit};
use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::{Clause, Reach};
use crate::queries::list::{Composed, Cursor};
use crate::queries::{conversations, customers};
use crate::sql::Sql;
use frontdesk_domain::search::{Assigned, Being, Condition, Having, Search, Sign, Wish};
use frontdesk_domain::{CustomerId, MessageId, UserId};

/// A search with what its names mean, and who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) reach: &'a Reach,
    pub(super) search: &'a Search,
    pub(super) names: &'a Names,
}

/// What rows a condition is about: messages of conversations, or conversations alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Messages,
    Conversations,
}

impl Question<'_> {
    /// Adds who asks and everything that is asked but words.
    pub(super) fn ask(&self, clause: &mut Clause, rows: Rows) {
        clause.listed(self.reach);
        for Condition { sign, wish } in &self.search.conditions {
            let condition = self.condition(clause, rows, wish);
            match (condition, sign) {
                (Some(condition), Sign::With) => clause.and(condition),
                (Some(condition), Sign::Without) => clause.and(format!("NOT ({condition})")),
                (None, _) => {}
            }
        }
    }

    fn condition(&self, clause: &mut Clause, rows: Rows, wish: &Wish) -> Option<String> {
        Some(match wish {
            Wish::Text(text) => return self.words(clause, rows, text),
            Wish::From(name) => self.from(clause, rows, name),
            Wish::To(name) => self.to(clause, rows, name),
            Wish::Status(status) => format!("c.status = {}", clause.bind(status)),
            Wish::Tag(name) => {
                let tags = clause.list(&self.names.tags(name));
                format!(
                    "EXISTS (SELECT 1 FROM conversation_tags t WHERE t.conversation_id = c.id
                     AND t.tag_id IN ({tags}))"
                )
            }
            Wish::Assignee(Assigned::Nobody) | Wish::Is(Being::Unassigned) => {
                "c.assignee_id IS NULL".to_owned()
            }
            Wish::Assignee(Assigned::Me) => assigned(clause, &self.names.me()),
            Wish::Assignee(Assigned::Somebody(name)) => assigned(clause, &self.names.users(name)),
            Wish::Channel(source) => format!("c.source = {}", clause.bind(source)),
            Wish::Before(at) => format!("{} < {}", time(rows), clause.bind(at)),
            Wish::After(at) => format!("{} >= {}", time(rows), clause.bind(at)),
            Wish::Has(having) => has(*having, rows).to_owned(),
            Wish::Is(Being::Read) => "c.is_read = 1".to_owned(),
            Wish::Is(Being::Unread) => "c.is_read = 0".to_owned(),
            Wish::Is(Being::Priority) => "c.priority = 'priority'".to_owned(),
            Wish::Is(Being::Assigned) => "c.assignee_id IS NOT NULL".to_owned(),
            Wish::Is(Being::Waiting) => "c.waiting_since IS NOT NULL".to_owned(),
            Wish::Number(number) => format!("c.number = {}", clause.bind(number)),
            Wish::Message(id) => self.message(clause, rows, id),
        })
    }

    /// Words are the business of the index, but for words that no message of a conversation
    /// may have.
    fn words(&self, clause: &mut Clause, rows: Rows, text: &str) -> Option<String> {
        if rows == Rows::Messages {
            return None;
        }
        let hits = clause.hits(self.reach, text);
        Some(format!("c.id IN (SELECT m.conversation_id FROM {hits})"))
    }

    fn from(&self, clause: &mut Clause, rows: Rows, name: &str) -> String {
        let customers = clause.list(self.names.customers(name));
        let users = clause.list(&self.names.users(name));
        match rows {
            Rows::Messages => format!(
                "(COALESCE(m.customer_id IN ({customers}), FALSE) OR COALESCE(m.user_id IN ({users}), FALSE))"
            ),
            Rows::Conversations => format!(
                "(COALESCE(c.customer_id IN ({customers}), FALSE) OR EXISTS (SELECT 1 FROM messages w
                 WHERE w.conversation_id = c.id AND w.user_id IN ({users})))"
            ),
        }
    }

    /// What a company wrote to a customer; of conversations, those with the customer.
    fn to(&self, clause: &mut Clause, rows: Rows, name: &str) -> String {
        let customers = clause.list(self.names.customers(name));
        let with = format!("COALESCE(c.customer_id IN ({customers}), FALSE)");
        match rows {
            Rows::Messages => format!("({with} AND m.customer_id IS NULL AND m.is_private = 0)"),
            Rows::Conversations => with,
        }
    }

    /// A message by its own id, or by the Message-ID of its mail.
    fn message(&self, clause: &mut Clause, rows: Rows, id: &str) -> String {
        let (account, mail) = (clause.bind(&self.reach.account_id), clause.bind(id));
        let mut ids = format!(
            "SELECT i.message_id FROM mail_ids i WHERE i.account_id = {account} AND i.mail_id = {mail}"
        );
        if let Ok(own) = id.parse::<MessageId>() {
            let own = clause.bind(&own);
            ids.push_str(&format!(
                " UNION ALL SELECT o.id FROM messages o WHERE o.id = {own}"
            ));
        }
        match rows {
            Rows::Messages => format!("m.id IN ({ids})"),
            Rows::Conversations => {
                format!("c.id IN (SELECT n.conversation_id FROM messages n WHERE n.id IN ({ids}))")
            }
        }
    }

    /// The customers that what is asked can only be about, if it says so.
    pub(super) fn only_customers(&self) -> Option<&[CustomerId]> {
        let with = self
            .search
            .conditions
            .iter()
            .filter(|it| it.sign == Sign::With);
        with.filter_map(|it| match &it.wish {
            Wish::To(name) => Some(self.names.customers(name)),
            Wish::From(name) if self.names.users(name).is_empty() => {
                Some(self.names.customers(name))
            }
            _ => None,
        })
        .min_by_key(|customers| customers.len())
    }
}

fn assigned(clause: &mut Clause, users: &[UserId]) -> String {
    let users = clause.list(users);
    format!("COALESCE(c.assignee_id IN ({users}), FALSE)")
}

fn time(rows: Rows) -> &'static str {
    match rows {
        Rows::Messages => "m.created_at",
        Rows::Conversations => "c.sorted_at",
    }
}

fn has(having: Having, rows: Rows) -> &'static str {
    match (having, rows) {
        (Having::Attachment, Rows::Messages) => "m.has_files = 1",
        (Having::Attachment, Rows::Conversations) => {
            "EXISTS (SELECT 1 FROM messages f WHERE f.conversation_id = c.id AND f.has_files = 1)"
        }
        (Having::Note, _) => {
            "EXISTS (SELECT 1 FROM messages o WHERE o.conversation_id = c.id AND o.kind = 'note')"
        }
        (Having::Tag, _) => {
            "EXISTS (SELECT 1 FROM conversation_tags g WHERE g.conversation_id = c.id)"
        }
    }
}

/// Conversations by what is asked, the latest activity first.
pub(super) fn find(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    at: Option<Cursor>,
    limit: usize,
) -> Result<Findings, DbError> {
    let asked = composed(conn, question, at, limit + 1);
    let mut found = conn.all_values(&asked.sql, &asked.values(), |row| {
        Ok((conversations::read(row)?, row.get::<i64>()?))
    })?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|(last, n)| FindCursor(Place::Conversation(Cursor::after(last.sorted_at(), *n))));
    let people: Vec<CustomerId> = found.iter().map(|(it, _)| it.customer_id).collect();
    let customers = customers::by_ids(conn, question.reach.account_id, &people)?;
    let hits = found.into_iter().map(|(conversation, _)| Hit {
        customer: customers.get(&conversation.customer_id).cloned(),
        conversation,
        message: None,
        snippet: None,
    });
    Ok(Findings {
        hits: hits.collect(),
        next,
    })
}

fn composed(
    conn: &dyn Conn,
    question: &Question<'_>,
    at: Option<Cursor>,
    limit: usize,
) -> Composed {
    let mut clause = Clause::new(conn.dialect());
    if let Some(customers) = question.only_customers() {
        let customers = clause.list(customers);
        clause.and(format!("c.customer_id IN ({customers})"));
    }
    question.ask(&mut clause, Rows::Conversations);
    if let Some(at) = at {
        clause.beyond(at);
    }
    let limit = clause.bind(&i64::try_from(limit).unwrap_or(i64::MAX));
    let text = format!(
        "SELECT {}, c.n FROM conversations c WHERE {} ORDER BY c.sorted_at DESC, c.n DESC LIMIT {limit}",
        conversations::COLUMNS,
        clause.text(),
    );
    Composed::new(Sql::composed("FIND_CONVERSATIONS", text), clause)
}
