//! A condition as it grows: text with placeholders, and what is bound to them.

use super::{Assignee, ConversationFilter, HITS, Reach};
use crate::conn::Dialect;
use crate::queries::list::{Cursor, Direction};
use crate::queries::many;
use crate::queries::search;
use crate::value::{ToValue, Value};
use frontdesk_domain::AccountId;
use frontdesk_domain::actor::View;

/// An argument that outlives what it was taken from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bound {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl Bound {
    fn of(value: &(impl ToValue + ?Sized)) -> Self {
        match value.to_value() {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(number),
            Value::Real(number) => Self::Real(number),
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(text),
            Self::Blob(bytes) => Value::Blob(bytes),
        }
    }
}

/// Conditions joined by AND. Conversations go by `c`.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    dialect: Dialect,
    conditions: Vec<String>,
    args: Vec<Bound>,
}

impl Clause {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            conditions: Vec::new(),
            args: Vec::new(),
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Binds a value and says its placeholder.
    pub(crate) fn bind(&mut self, value: &(impl ToValue + ?Sized)) -> String {
        self.args.push(Bound::of(value));
        format!("?{}", self.args.len())
    }

    /// Binds a list and says its placeholders; `NULL` for an empty one, which holds nothing.
    pub(crate) fn list<K: ToValue>(&mut self, ids: &[K]) -> String {
        if ids.is_empty() {
            return "NULL".to_owned();
        }
        let places: Vec<String> = many::filled(ids).map(|id| self.bind(id)).collect();
        places.join(", ")
    }

    /// Adds a condition.
    pub(crate) fn and(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    /// Adds the condition that a column compares to a value in this way.
    pub(crate) fn compare(&mut self, left: &str, value: &(impl ToValue + ?Sized)) {
        let place = self.bind(value);
        self.and(format!("{left} {place}"));
    }

    /// Adds the condition that a column has a value, when there is one.
    pub(crate) fn equal<T: ToValue>(&mut self, column: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.compare(&format!("{column} ="), value);
        }
    }

    /// The condition, never empty.
    pub(crate) fn text(&self) -> String {
        if self.conditions.is_empty() {
            "1 = 1".to_owned()
        } else {
            self.conditions.join(" AND ")
        }
    }

    pub(crate) fn values(&self) -> Vec<Value<'_>> {
        self.args.iter().map(Bound::value).collect()
    }

    /// Only what comes after a place in the order of lists.
    pub(crate) fn beyond(&mut self, at: Cursor) {
        let (sorted_at, n) = (self.bind(&at.key.sorted_at), self.bind(&at.key.n));
        let beyond = match at.direction {
            Direction::Next => '<',
            Direction::Previous => '>',
        };
        self.and(format!("(c.sorted_at, c.n) {beyond} ({sorted_at}, {n})"));
    }

    /// What somebody may see, of what is in lists at all.
    pub(crate) fn listed(&mut self, reach: &Reach) {
        self.reach(reach);
        self.and("c.archived_at IS NULL");
    }

    /// What somebody may see.
    pub(crate) fn reach(&mut self, reach: &Reach) {
        self.compare("c.account_id =", &reach.account_id);
        self.equal("c.customer_id", reach.customer.as_ref());
        self.view(
            &reach.view,
            "c.assignee_id",
            "c.assignee_id IS NULL",
            "c.inbox_id",
        );
    }

    /// A view over any two columns that say who works on something and through which inbox it
    /// came.
    fn view(&mut self, view: &View, assignee: &str, nobody: &str, inbox: &str) {
        match view {
            View::All => {}
            View::OwnAndUnassigned { user_id } => {
                let me = self.bind(user_id);
                self.and(format!("({assignee} = {me} OR {nobody})"));
            }
            View::OwnInboxes { user_id, inboxes } => {
                let me = self.bind(user_id);
                if inboxes.is_empty() {
                    return self.and(format!("{assignee} = {me}"));
                }
                let places = self.list(inboxes);
                self.and(format!("({assignee} = {me} OR {inbox} IN ({places}))"));
            }
        }
    }

    /// What a filter asks of a conversation, but for its text: that one begins the search.
    pub(crate) fn filter(&mut self, filter: &ConversationFilter) {
        self.equal("c.status", filter.status.as_ref());
        self.equal("c.priority", filter.priority.as_ref());
        self.equal("c.is_read", filter.read.as_ref());
        self.equal("c.team_id", filter.team_id.as_ref());
        self.equal("c.customer_id", filter.customer_id.as_ref());
        self.equal("c.inbox_id", filter.inbox_id.as_ref());
        self.equal("c.source", filter.source.as_ref());
        match filter.assignee {
            Some(Assignee::User(user)) => self.compare("c.assignee_id =", &user),
            Some(Assignee::Nobody) => self.and("c.assignee_id IS NULL"),
            None => {}
        }
        if let Some(after) = filter.after {
            self.compare("c.sorted_at >=", &after);
        }
        if let Some(before) = filter.before {
            self.compare("c.sorted_at <", &before);
        }
        if let Some(tag) = filter.tag_id {
            let tag = self.bind(&tag);
            self.and(format!(
                "EXISTS (SELECT 1 FROM conversation_tags t WHERE t.conversation_id = c.id AND t.tag_id = {tag})"
            ));
        }
        if let Some(mention) = filter.mention {
            let user = self.bind(&mention.user_id);
            let seen = seen_condition(mention.seen);
            self.and(format!(
                "EXISTS (SELECT 1 FROM mentions k WHERE k.conversation_id = c.id AND k.user_id = {user}{seen})"
            ));
        }
        if let Some(wanted) = filter.has_attachment {
            let not = if wanted { "" } else { "NOT " };
            self.and(format!(
                "{not}EXISTS (SELECT 1 FROM messages f WHERE f.conversation_id = c.id AND f.has_files = 1)"
            ));
        }
    }

    /// The same over the kept counts, for a filter of which [`ConversationFilter::is_counted`].
    pub(crate) fn cells(&mut self, reach: &Reach, filter: &ConversationFilter) {
        self.compare("account_id =", &reach.account_id);
        self.equal("status", filter.status.as_ref());
        self.equal("priority", filter.priority.as_ref());
        self.equal("is_read", filter.read.as_ref());
        self.equal("inbox_id", filter.inbox_id.as_ref());
        self.equal("source", filter.source.as_ref());
        match filter.assignee {
            Some(Assignee::User(user)) => self.compare("assignee_id =", &user),
            Some(Assignee::Nobody) => self.and("assignee_id = 0"),
            None => {}
        }
        self.view(&reach.view, "assignee_id", "assignee_id = 0", "inbox_id");
    }

    /// The newest messages that hold a text, as a table `m`.
    pub(crate) fn hits(&mut self, reach: &Reach, text: &str) -> String {
        let wanted = search::Wanted::typed(text);
        let newest = self.newest("message_search", reach.account_id, &wanted, i64::MAX, HITS);
        let join = self.join();
        format!("({newest}) h {join} messages m ON m.n = h.n")
    }

    /// The newest rows of an index of texts that hold what is wanted, below a place: a query
    /// for their `n`.
    pub(crate) fn newest(
        &mut self,
        index: &'static str,
        account_id: AccountId,
        wanted: &search::Wanted,
        below: i64,
        limit: i64,
    ) -> String {
        let found = match self.dialect {
            Dialect::Sqlite => {
                let query = self.bind(&wanted.fts5(account_id));
                let below = self.bind(&below);
                format!(
                    "SELECT rowid AS n FROM {index} WHERE {index} MATCH {query} AND rowid < {below}"
                )
            }
            Dialect::Postgres => {
                let (account, query) = (self.bind(&account_id), self.bind(&wanted.tsquery()));
                let below = self.bind(&below);
                format!(
                    "SELECT n FROM {index} WHERE account_id = {account}
                     AND terms @@ to_tsquery('simple', {query}) AND n < {below}"
                )
            }
        };
        let limit = self.bind(&limit);
        format!("{found} ORDER BY n DESC LIMIT {limit}")
    }

    /// How to join: SQLite joins in the order written, PostgreSQL as it sees fit.
    pub(crate) fn join(&self) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => "CROSS JOIN",
            Dialect::Postgres => "JOIN",
        }
    }
}

/// Whether a mention was seen, as a further condition.
pub(crate) fn seen_condition(seen: Option<bool>) -> &'static str {
    match seen {
        None => "",
        Some(true) => " AND k.seen_at IS NOT NULL",
        Some(false) => " AND k.seen_at IS NULL",
    }
}
