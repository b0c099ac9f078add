//! Messages by the words in them, the newest first. The index knows which messages have the
//! words; windows of these are looked at one after the other until a page is full, so that a
//! word that every message has costs no more than others.

use super::cursor::{FindCursor, LastWord, Place};
use super::snippet;
use super::through::{Question, Rows};
use super::{Around, Findings, Hit};
use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::filter::Clause;
use crate::queries::messages;
use crate::queries::search::Wanted;
use crate::sql::Sql;
use crate::value::first;
use frontdesk_domain::search::{Search, Sign, Wish};
use frontdesk_domain::{ConversationId, Message};

/// How many messages with the words are looked at for one page.
const LOOKED_AT: i64 = 4_000;

/// How much larger each window is than the one before.
const GROWTH: i64 = 8;

/// A message with its place in the index, and whether it has files.
struct Row {
    message: (Message, bool),
    n: i64,
}

/// A page of messages below a place in the index.
///
/// All words that begin with what was typed cost the index far more than one word does. So a
/// last word that may go on is first looked for as it stands, and that is all there is to do
/// when it fills a page.
pub(super) fn find(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    place: Option<(i64, LastWord)>,
    limit: usize,
) -> Result<Findings, DbError> {
    let (below, last) = place.unwrap_or((i64::MAX, LastWord::Whole));
    let (mut rows, mut next) = page(conn, question, last, below, limit)?;
    let mut found_by = last;
    if place.is_none() && question.search.unfinished && rows.len() < limit {
        found_by = LastWord::Begun;
        (rows, next) = page(conn, question, found_by, below, limit)?;
    }
    let next = next.map(|below| {
        FindCursor(Place::Message {
            below,
            last: found_by,
        })
    });
    Ok(Findings {
        hits: hits(conn, question, rows)?,
        next,
    })
}

fn page(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    last: LastWord,
    below: i64,
    limit: usize,
) -> Result<Page, DbError> {
    let wanted = wanted(question.search, last);
    if wanted.is_empty() {
        return Ok((Vec::new(), None));
    }
    match question.only_customers() {
        Some(_) => of_customers(conn, question, &wanted, below, limit),
        None => by_windows(conn, question, &wanted, below, limit),
    }
}

/// The conversations of the newest messages below a place that have the words, so many of them, and
/// the place to go on from.
pub(super) fn chosen(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    below: i64,
    size: i64,
) -> Result<(Vec<ConversationId>, Option<FindCursor>), DbError> {
    let wanted = wanted(question.search, LastWord::Whole);
    if wanted.is_empty() {
        return Ok((Vec::new(), None));
    }
    let window = Window { below, size };
    let mut clause = Clause::new(conn.dialect());
    let newest = window.query(&mut clause, question, &wanted);
    let join = clause.join();
    question.ask(&mut clause, Rows::Messages);
    let text = format!(
        "SELECT DISTINCT c.id FROM ({newest}) h {join} messages m ON m.n = h.n
         {join} conversations c ON c.id = m.conversation_id WHERE {}",
        clause.text()
    );
    let sql = Sql::composed("CHOOSE_BY_WORDS", text);
    let ids = conn.all_values(&sql, &clause.values(), first)?;
    let (lowest, count) = window.end(conn, question, &wanted)?;
    let next = lowest.filter(|_| count == size).map(|below| {
        FindCursor(Place::Message {
            below,
            last: LastWord::Whole,
        })
    });
    Ok((ids, next))
}

fn wanted(search: &Search, last: LastWord) -> Wanted {
    let mut wanted = Wanted::default();
    for condition in &search.conditions {
        match (&condition.wish, condition.sign) {
            (Wish::Text(text), Sign::With) => wanted.with(text),
            (Wish::Text(text), Sign::Without) => wanted.without(text),
            _ => {}
        }
    }
    if search.unfinished && last == LastWord::Begun {
        wanted.unfinished();
    }
    wanted
}

type Page = (Vec<Row>, Option<i64>);

fn by_windows(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    wanted: &Wanted,
    below: i64,
    limit: usize,
) -> Result<Page, DbError> {
    let mut window = Window {
        below,
        size: i64::try_from(limit + 1).unwrap_or(i64::MAX),
    };
    let (mut found, mut looked_at) = (Vec::new(), 0);
    loop {
        let missing = limit + 1 - found.len();
        found.append(&mut window.rows(conn, question, wanted, missing)?);
        if found.len() > limit {
            return Ok(cut(found, limit));
        }
        let (lowest, count) = window.end(conn, question, wanted)?;
        looked_at += count;
        let Some(lowest) = lowest.filter(|_| count == window.size) else {
            return Ok((found, None));
        };
        if looked_at >= LOOKED_AT {
            return Ok((found, Some(lowest)));
        }
        window = Window {
            below: lowest,
            size: (window.size * GROWTH).min(LOOKED_AT),
        };
    }
}

fn cut(mut found: Vec<Row>, limit: usize) -> Page {
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.n);
    (found, next)
}

/// Some of the messages that have the words: the newest below a place.
#[derive(Debug, Clone, Copy)]
struct Window {
    below: i64,
    size: i64,
}

impl Window {
    fn rows(
        self,
        conn: &mut dyn Conn,
        question: &Question<'_>,
        wanted: &Wanted,
        limit: usize,
    ) -> Result<Vec<Row>, DbError> {
        let mut clause = Clause::new(conn.dialect());
        let newest = self.query(&mut clause, question, wanted);
        let join = clause.join();
        let from = format!(
            "({newest}) h {join} messages m ON m.n = h.n
             {join} conversations c ON c.id = m.conversation_id"
        );
        select("FIND_MESSAGES", conn, question, clause, &from, limit)
    }

    /// The lowest place in the window and how many messages are in it.
    fn end(
        self,
        conn: &mut dyn Conn,
        question: &Question<'_>,
        wanted: &Wanted,
    ) -> Result<(Option<i64>, i64), DbError> {
        let mut clause = Clause::new(conn.dialect());
        let newest = self.query(&mut clause, question, wanted);
        let sql = Sql::composed(
            "FIND_WINDOW",
            format!("SELECT MIN(h.n), COUNT(*) FROM ({newest}) h"),
        );
        let found = conn.all_values(&sql, &clause.values(), |row| Ok((row.get()?, row.get()?)))?;
        Ok(found.first().copied().unwrap_or((None, 0)))
    }

    fn query(self, clause: &mut Clause, question: &Question<'_>, wanted: &Wanted) -> String {
        let account_id = question.reach.account_id;
        clause.newest("message_search", account_id, wanted, self.below, self.size)
    }
}

/// Messages in the conversations of a few customers: each is looked up in the index.
fn of_customers(
    conn: &mut dyn Conn,
    question: &Question<'_>,
    wanted: &Wanted,
    below: i64,
    limit: usize,
) -> Result<Page, DbError> {
    let mut clause = Clause::new(conn.dialect());
    let customers = question.only_customers().unwrap_or_default();
    let customers = clause.list(customers);
    clause.and(format!("c.customer_id IN ({customers})"));
    clause.compare("m.n <", &below);
    let account_id = question.reach.account_id;
    match clause.dialect() {
        Dialect::Sqlite => {
            let query = clause.bind(&wanted.fts5(account_id));
            clause.and(format!(
                "EXISTS (SELECT 1 FROM message_search s WHERE s.message_search MATCH {query} AND s.rowid = m.n)"
            ));
        }
        Dialect::Postgres => {
            let query = clause.bind(&wanted.tsquery());
            clause.and(format!(
                "EXISTS (SELECT 1 FROM message_search s WHERE s.n = m.n AND s.terms @@ to_tsquery('simple', {query}))"
            ));
        }
    }
    let join = clause.join();
    let from = format!("conversations c {join} messages m ON m.conversation_id = c.id");
    let found = select(
        "FIND_OF_CUSTOMERS",
        conn,
        question,
        clause,
        &from,
        limit + 1,
    )?;
    Ok(cut(found, limit))
}

fn select(
    name: &'static str,
    conn: &mut dyn Conn,
    question: &Question<'_>,
    mut clause: Clause,
    from: &str,
    limit: usize,
) -> Result<Vec<Row>, DbError> {
    question.ask(&mut clause, Rows::Messages);
    if question.reach.customer.is_some() {
        clause.and("m.is_private = 0");
    }
    let limit = clause.bind(&i64::try_from(limit).unwrap_or(i64::MAX));
    let text = format!(
        "SELECT {}, m.n FROM {from} WHERE {} ORDER BY m.n DESC LIMIT {limit}",
        messages::COLUMNS,
        clause.text()
    );
    let sql = Sql::composed(name, text);
    conn.all_values(&sql, &clause.values(), |row| {
        Ok(Row {
            message: messages::read(row)?,
            n: row.get()?,
        })
    })
}

fn hits(conn: &mut dyn Conn, question: &Question<'_>, rows: Vec<Row>) -> Result<Vec<Hit>, DbError> {
    let texts = question.search.conditions.iter();
    let words: Vec<&str> = texts
        .filter_map(|it| match (&it.wish, it.sign) {
            (Wish::Text(text), Sign::With) => Some(text.as_str()),
            _ => None,
        })
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let views = messages::complete(conn, rows.into_iter().map(|row| row.message).collect())?;
    let ids: Vec<ConversationId> = views.iter().map(|it| it.message.conversation_id).collect();
    let around = Around::of(conn, question.reach, &ids)?;
    let hits = views.into_iter().filter_map(|view| {
        let conversation = around
            .conversations
            .get(&view.message.conversation_id)?
            .clone();
        let body = view.message.body.as_deref().unwrap_or_default();
        Some(Hit {
            snippet: Some(snippet::cut(body, &words)),
            customer: around.customers.get(&conversation.customer_id).cloned(),
            message: Some(view),
            conversation,
        })
    });
    Ok(hits.collect())
}
