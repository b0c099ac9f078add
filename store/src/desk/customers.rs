//! Customers, each kept once.

use super::cache::Cache;
use super::read::{json, to_json};
use super::{Desk, standing::Number};
use crate::StoreError;
use frontdesk_protocol::entity::{Customer, CustomerBasic, CustomerFull};
use frontdesk_protocol::id::CustomerId;
use frontdesk_protocol::time::{Timestamp, UtcStamp};
use rusqlite::{OptionalExtension as _, Result, params};

impl Desk {
    /// Keeps a customer with tags, company and notes, as it was asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put_customer(&mut self, customer: &CustomerFull) -> std::result::Result<(), StoreError> {
        let mut it = customer.clone();
        // These are kept where they belong.
        it.conversations = None;
        it.messages = None;
        self.write(|cache| cache.keep_customer(&it, Detail::Whole))
    }

    /// A customer, as far as it is known here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer(
        &self,
        id: CustomerId,
    ) -> std::result::Result<Option<CustomerFull>, StoreError> {
        self.cache()
            .customer(id)
            .map_err(|cause| self.met(StoreError::Read(cause)))
    }
}

/// How much of a customer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Basic,
    Whole,
}

impl Cache<'_> {
    /// A customer, as far as it is known here.
    pub(crate) fn customer(&self, id: CustomerId) -> Result<Option<CustomerFull>> {
        self.db
            .prepare_cached("SELECT customer FROM customers WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| json(row, 0))
            .optional()
    }

    /// Keeps what an event or a snapshot says of a customer, beside what was asked for.
    pub(crate) fn meet_customer(&mut self, it: &Customer) -> Result<()> {
        const WHOLE: &str = "SELECT whole FROM customers WHERE id = ?1";
        let is_whole = self
            .db
            .prepare_cached(WHOLE)?
            .query_row([it.id.as_bytes()], |row| row.get::<_, bool>(0))
            .optional()?;
        let mut full = it.clone().full();
        if is_whole != Some(true) {
            return self.keep_customer(&full, Detail::Basic);
        }
        if let Some(known) = self.customer(it.id)? {
            full.tags = known.tags;
            full.company = known.company;
            full.notes = known.notes;
            full.issues = known.issues;
            full.lines = known.lines;
        }
        self.keep_customer(&full, Detail::Whole)
    }

    /// Forgets a customer. Conversations stay until events say otherwise.
    pub(crate) fn forget_customer(&mut self, id: CustomerId) -> Result<()> {
        let n: Option<Number> = self
            .db
            .prepare_cached("DELETE FROM customers WHERE id = ?1 RETURNING n")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        n.map_or(Ok(()), |n| self.unindex_customer(n))
    }

    /// Notes since when a customer is blocked, until the server tells.
    pub(crate) fn set_blocked(&self, id: CustomerId, since: Option<Timestamp>) -> Result<()> {
        let Some(mut it) = self.customer(id)? else {
            return Ok(());
        };
        it.blocked_at = since.map(UtcStamp);
        self.db
            .prepare_cached("UPDATE customers SET customer = ?2 WHERE id = ?1")?
            .execute(params![id.as_bytes(), to_json(&it)?])
            .map(drop)
    }

    fn keep_customer(&mut self, it: &CustomerFull, detail: Detail) -> Result<()> {
        const KNOWN: &str = "SELECT n, customer = ?2 FROM customers WHERE id = ?1";
        const ADD: &str =
            "INSERT INTO customers (id, title, whole, customer) VALUES (?1, ?2, ?3, ?4)";
        const CHANGE: &str =
            "UPDATE customers SET title = ?2, whole = ?3, customer = ?4 WHERE id = ?1";
        let text = to_json(it)?;
        let known: Option<(Number, bool)> = self
            .db
            .prepare_cached(KNOWN)?
            .query_row((it.id.as_bytes(), &text), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((_, true)) = known {
            return Ok(());
        }
        let sql = if known.is_some() { CHANGE } else { ADD };
        let whole = i64::from(detail == Detail::Whole);
        self.db
            .prepare_cached(sql)?
            .execute(params![it.id.as_bytes(), it.title, whole, text])?;
        match known {
            Some((n, _)) => {
                self.unindex_customer(n)?;
                self.index_customer(n, it)
            }
            None => self.index_customer(self.db.last_insert_rowid(), it),
        }
    }
}

/// A customer as messages name it.
pub(crate) fn basic(it: &CustomerFull) -> CustomerBasic {
    CustomerBasic {
        id: it.id,
        name: it.name.clone(),
        email: it.email.clone(),
        created_at: it.created_at,
        updated_at: it.updated_at,
        phone: it.phone.clone(),
        external_id: it.external_id.clone(),
        profile_photo_url: it.profile_photo_url.clone(),
        company_id: it.company_id,
        host: it.host.clone(),
        pathname: it.pathname.clone(),
        current_url: it.current_url.clone(),
        browser: it.browser.clone(),
        os: it.os.clone(),
        metadata: it.metadata.clone(),
        title: it.title.clone(),
    }
}
