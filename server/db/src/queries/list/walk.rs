//! How a list finds its next conversations: along indexes that have its order, or, where few
//! rows of another table hold them all, from those.

use super::cursor::{Cursor, Direction, Key};
use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::conversations;
use crate::queries::filter::{Clause, ConversationFilter, Lane, Reach, seen_condition};
use crate::queries::search::Wanted;
use crate::sql::{Sql, statements};
use crate::value::{Columns, Value};
use frontdesk_domain::Conversation;

/// Up to this many rows a list is found from the few that match and sorted; beyond, matches are
/// so dense that walking the list itself finds them soon.
const FEW: i64 = 1_000;

statements! {
    TAGGED = "SELECT COUNT(*) FROM (SELECT 1 FROM conversation_tags WHERE tag_id = ?1 LIMIT ?2) AS few";
    MENTIONED = "SELECT COUNT(*) FROM (SELECT 1 FROM mentions WHERE user_id = ?1 LIMIT ?2) AS few";
    WITH_FILES = "SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE account_id = ?1 AND has_files = 1 LIMIT ?2) AS few";
}

/// A conversation and its place in the order.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) conversation: Conversation,
    n: i64,
}

impl Found {
    pub(crate) fn key(&self) -> Key {
        Key {
            sorted_at: self.conversation.sorted_at(),
            n: self.n,
        }
    }
}

fn read(row: &mut Columns<'_>) -> Result<Found, DbError> {
    Ok(Found {
        conversation: conversations::read(row)?,
        n: row.get()?,
    })
}

/// A statement with what is bound to it.
pub(crate) struct Composed {
    pub(crate) sql: Sql,
    clause: Clause,
}

impl Composed {
    pub(crate) fn new(sql: Sql, clause: Clause) -> Self {
        Self { sql, clause }
    }

    pub(crate) fn values(&self) -> Vec<Value<'_>> {
        self.clause.values()
    }
}

/// The next conversations from a place on, nearest first.
pub(crate) fn walk(
    conn: &mut dyn Conn,
    reach: &Reach,
    filter: &ConversationFilter,
    at: Option<Cursor>,
    limit: usize,
) -> Result<Vec<Found>, DbError> {
    if filter
        .text
        .as_deref()
        .is_some_and(|text| Wanted::typed(text).is_empty())
    {
        return Ok(Vec::new());
    }
    let steps = match seed(conn, reach, filter)? {
        Some(seed) => vec![from_seed(conn.dialect(), reach, filter, seed, at, limit)],
        None => along_lanes(conn.dialect(), reach, filter, at, limit),
    };
    let mut found = Vec::with_capacity(limit);
    for step in &steps {
        found.append(&mut conn.all_values(&step.sql, &step.values(), read)?);
    }
    if steps.len() > 1 {
        found.sort_unstable_by_key(Found::key);
        found.dedup_by_key(|found| found.n);
        if !is_backwards(at) {
            found.reverse();
        }
        found.truncate(limit);
    }
    Ok(found)
}

/// Another table's rows to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seed {
    Words,
    Tag,
    Mention,
    Files,
}

impl Seed {
    const ALL: [Self; 4] = [Self::Words, Self::Tag, Self::Mention, Self::Files];

    /// What to begin with where every match has to be found anyway.
    pub(crate) fn first(filter: &ConversationFilter) -> Option<Self> {
        Self::ALL.into_iter().find(|seed| seed.suits(filter))
    }

    fn suits(self, filter: &ConversationFilter) -> bool {
        match self {
            Self::Words => filter.text.is_some(),
            Self::Tag => filter.tag_id.is_some(),
            Self::Mention => filter.mention.is_some(),
            Self::Files => filter.has_attachment == Some(true),
        }
    }

    /// The conversations to begin with, as a query.
    pub(crate) fn query(
        self,
        clause: &mut Clause,
        reach: &Reach,
        filter: &ConversationFilter,
    ) -> String {
        match (self, filter) {
            (
                Self::Words,
                ConversationFilter {
                    text: Some(text), ..
                },
            ) => format!(
                "SELECT DISTINCT m.conversation_id FROM {}",
                clause.hits(reach, text)
            ),
            (
                Self::Tag,
                ConversationFilter {
                    tag_id: Some(tag), ..
                },
            ) => {
                let tag = clause.bind(tag);
                format!("SELECT conversation_id FROM conversation_tags WHERE tag_id = {tag}")
            }
            (
                Self::Mention,
                ConversationFilter {
                    mention: Some(mention),
                    ..
                },
            ) => {
                let user = clause.bind(&mention.user_id);
                let seen = seen_condition(mention.seen);
                format!(
                    "SELECT DISTINCT k.conversation_id FROM mentions k WHERE k.user_id = {user}{seen}"
                )
            }
            _ => {
                let account = clause.bind(&reach.account_id);
                format!(
                    "SELECT DISTINCT f.conversation_id FROM messages f
                     WHERE f.account_id = {account} AND f.has_files = 1"
                )
            }
        }
    }
}

/// The rows to begin with, when a filter has such and they are few. Words always are: the hits
/// that count are limited.
fn seed(
    conn: &mut dyn Conn,
    reach: &Reach,
    filter: &ConversationFilter,
) -> Result<Option<Seed>, DbError> {
    if filter.text.is_some() {
        return Ok(Some(Seed::Words));
    }
    if let Some(tag) = filter.tag_id
        && conn.count(&TAGGED, &[&tag, &FEW])? < FEW
    {
        return Ok(Some(Seed::Tag));
    }
    if let Some(mention) = filter.mention
        && conn.count(&MENTIONED, &[&mention.user_id, &FEW])? < FEW
    {
        return Ok(Some(Seed::Mention));
    }
    if filter.has_attachment == Some(true)
        && conn.count(&WITH_FILES, &[&reach.account_id, &FEW])? < FEW
    {
        return Ok(Some(Seed::Files));
    }
    Ok(None)
}

/// A statement for each kind of rows that a filter could begin with.
pub(crate) fn from_seeds(
    dialect: Dialect,
    reach: &Reach,
    filter: &ConversationFilter,
    at: Option<Cursor>,
    limit: usize,
) -> Vec<Composed> {
    let seeds = Seed::ALL.into_iter().filter(|seed| seed.suits(filter));
    seeds
        .map(|seed| from_seed(dialect, reach, filter, seed, at, limit))
        .collect()
}

fn from_seed(
    dialect: Dialect,
    reach: &Reach,
    filter: &ConversationFilter,
    seed: Seed,
    at: Option<Cursor>,
    limit: usize,
) -> Composed {
    let mut clause = Clause::new(dialect);
    let rows = seed.query(&mut clause, reach, filter);
    let from = seeded(&clause, &rows);
    select("LIST_SEEDED", clause, &from, reach, filter, at, limit)
}

/// Conversations out of the rows of a query.
pub(crate) fn seeded(clause: &Clause, rows: &str) -> String {
    let join = clause.join();
    format!("({rows}) d {join} conversations c ON c.id = d.conversation_id")
}

/// A statement for each index that a filter walks along.
pub(crate) fn along_lanes(
    dialect: Dialect,
    reach: &Reach,
    filter: &ConversationFilter,
    at: Option<Cursor>,
    limit: usize,
) -> Vec<Composed> {
    let lanes = Lane::of(dialect, reach, filter);
    let along = |lane: &Lane| {
        let mut clause = Clause::new(dialect);
        lane.keep(&mut clause);
        let from = lane.table(dialect);
        select("LIST_LANE", clause, &from, reach, filter, at, limit)
    };
    lanes.iter().map(along).collect()
}

fn select(
    name: &'static str,
    mut clause: Clause,
    from: &str,
    reach: &Reach,
    filter: &ConversationFilter,
    at: Option<Cursor>,
    limit: usize,
) -> Composed {
    clause.listed(reach);
    clause.filter(filter);
    if let Some(at) = at {
        clause.beyond(at);
    }
    let order = if is_backwards(at) { "ASC" } else { "DESC" };
    let limit = clause.bind(&i64::try_from(limit).unwrap_or(i64::MAX));
    let text = format!(
        "SELECT {}, c.n FROM {from} WHERE {} ORDER BY c.sorted_at {order}, c.n {order} LIMIT {limit}",
        conversations::COLUMNS,
        clause.text(),
    );
    Composed::new(Sql::composed(name, text), clause)
}

fn is_backwards(at: Option<Cursor>) -> bool {
    at.is_some_and(|cursor| cursor.direction == Direction::Previous)
}
