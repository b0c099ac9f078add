//! Customers, narrowed by filters and by what somebody typed, a page at a time.

use crate::conn::{Conn, Dialect};
use crate::error::DbError;
use crate::queries::narrow::Narrowed;
use crate::value::{ToValue as _, Value, first};
use frontdesk_domain::{AccountId, CompanyId, Customer, IssueId, TagId};

/// More words than these do not narrow a list further.
const WORDS: usize = 8;

/// More letters than these of a word do not narrow a list further; SQLite bounds its patterns.
const LETTERS: usize = 200;

/// Which customers to list; what is `None` or empty does not matter. Texts must be equal, letter
/// for letter. Customers whom a merge replaced are never listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Words that must each be part of the name or the address, in whatever case, or stand as
    /// `key:value` in the metadata.
    pub text: Option<String>,
    pub company_id: Option<CompanyId>,
    pub external_id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub host: Option<String>,
    pub tag_id: Option<TagId>,
    /// Any of these tags.
    pub tag_ids: Vec<TagId>,
    pub issue_id: Option<IssueId>,
    /// Only customers with a name or an address.
    pub known_only: bool,
}

/// Which page of a list. The first page is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub number: i64,
    pub size: i64,
}

/// One page, and how many customers all pages hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerPage {
    pub customers: Vec<Customer>,
    pub total: i64,
}

/// The customers that pass a filter, who was seen last first.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut dyn Conn,
    account_id: AccountId,
    filter: &CustomerFilter,
    page: Page,
) -> Result<CustomerPage, DbError> {
    let words: Vec<Word> = filter
        .text
        .iter()
        .flat_map(|text| text.split_whitespace())
        .take(WORDS)
        .map(Word::of)
        .collect();
    let mut narrowed = Narrowed::by(
        "c.account_id = ?1 AND c.merged_into IS NULL",
        &[account_id.to_value()],
    );
    fields(&mut narrowed, filter);
    links(&mut narrowed, filter);
    for word in &words {
        word.narrow(&mut narrowed, conn.dialect());
    }
    let counting = narrowed.statement("CUSTOMERS_COUNT", "SELECT COUNT(*) FROM customers c");
    let total = conn.all_values(&counting, narrowed.args(), first)?;
    let size = page.size.max(0);
    let skipped = page.number.saturating_sub(1).max(0).saturating_mul(size);
    narrowed.push(
        " ORDER BY c.last_seen_at DESC, c.n DESC LIMIT ?1 OFFSET ?2",
        &[size.to_value(), skipped.to_value()],
    );
    let listing = narrowed.statement(
        "CUSTOMERS_LIST",
        concat!("SELECT ", columns!("c."), " FROM customers c"),
    );
    Ok(CustomerPage {
        customers: conn.all_values(&listing, narrowed.args(), super::read)?,
        total: total.first().copied().unwrap_or(0),
    })
}

/// Narrows by what is in the row itself.
fn fields<'a>(narrowed: &mut Narrowed<'a>, filter: &'a CustomerFilter) {
    if let Some(id) = &filter.company_id {
        narrowed.and("c.company_id = ?1", &[id.to_value()]);
    }
    for (piece, text) in [
        ("c.external_id = ?1", &filter.external_id),
        ("c.name = ?1", &filter.name),
        ("c.email = ?1", &filter.email),
        ("c.phone = ?1", &filter.phone),
        ("c.host = ?1", &filter.host),
    ] {
        if let Some(text) = text {
            narrowed.and(piece, &[text.to_value()]);
        }
    }
    if filter.known_only {
        narrowed.and("(c.name IS NOT NULL OR c.email IS NOT NULL)", &[]);
    }
}

/// Narrows by what points at the row.
fn links<'a>(narrowed: &mut Narrowed<'a>, filter: &'a CustomerFilter) {
    if let Some(id) = &filter.tag_id {
        narrowed.and(
            "c.id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?1)",
            &[id.to_value()],
        );
    }
    if !filter.tag_ids.is_empty() {
        narrowed.and_in(
            "c.id IN (SELECT customer_id FROM customer_tags WHERE tag_id IN (",
            filter.tag_ids.iter().map(|id| id.to_value()),
            "))",
        );
    }
    if let Some(id) = &filter.issue_id {
        narrowed.and(
            "c.id IN (SELECT customer_id FROM customer_issues WHERE issue_id = ?1)",
            &[id.to_value()],
        );
    }
}

/// One word somebody typed, ready to be bound.
enum Word {
    /// Part of the name or the address. SQLite folds the case of a-z only, so the word comes in
    /// small and in large letters.
    Part { small: String, large: String },
    /// An entry of the metadata. SQLite wants the key as a path.
    Entry {
        key: String,
        path: String,
        value: String,
    },
}

impl Word {
    fn of(word: &str) -> Self {
        match word.split_once(':') {
            Some((key, value))
                if !key.is_empty() && !value.is_empty() && !key.contains(['"', '\\']) =>
            {
                Self::Entry {
                    key: key.to_owned(),
                    path: format!("$.\"{key}\""),
                    value: value.to_owned(),
                }
            }
            _ => {
                let word: String = word.chars().take(LETTERS).collect();
                Self::Part {
                    small: pattern(&word.to_lowercase()),
                    large: pattern(&word.to_uppercase().to_ascii_lowercase()),
                }
            }
        }
    }

    fn narrow<'a>(&'a self, narrowed: &mut Narrowed<'a>, dialect: Dialect) {
        match self {
            Self::Part { small, large } => narrowed.and(
                "(LOWER(c.name) LIKE ?1 ESCAPE '!' OR LOWER(c.name) LIKE ?2 ESCAPE '!'
                OR LOWER(c.email) LIKE ?1 ESCAPE '!' OR LOWER(c.email) LIKE ?2 ESCAPE '!')",
                &[Value::Text(small), Value::Text(large)],
            ),
            Self::Entry { key, path, value } => match dialect {
                Dialect::Sqlite => narrowed.and(
                    "CASE WHEN json_valid(c.metadata) THEN CASE json_type(c.metadata, ?1)
                    WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
                    ELSE CAST(c.metadata ->> ?1 AS TEXT) END END = ?2",
                    &[Value::Text(path), Value::Text(value)],
                ),
                Dialect::Postgres => {
                    narrowed.and(POSTGRES_ENTRY, &[Value::Text(key), Value::Text(value)]);
                }
            },
        }
    }
}

/// PostgreSQL fails on JSON it cannot hold itself: a NUL, half a surrogate pair, a number beyond
/// all bounds, a great depth. One customer's such metadata must not keep anybody from searching,
/// so it is left out.
const POSTGRES_ENTRY: &str = r"CASE WHEN LENGTH(c.metadata) < 16384 AND c.metadata !~
    '\\u0000|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]|[eE][-+]?[0-9]{4}|(\[\s*){64}'
    THEN CAST(c.metadata AS JSONB) ->> ?1 END = ?2";

/// A pattern that finds a text anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.chars() {
        if matches!(letter, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
