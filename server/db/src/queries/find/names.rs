//! Whom and what the names in a search mean: customers, users and tags.

use crate::conn::Conn;
use crate::error::DbError;
use crate::queries::filter::Clause;
use crate::queries::search::Wanted;
use crate::queries::{tags, users};
use crate::sql::Sql;
use crate::value::first;
use frontdesk_domain::account::User;
use frontdesk_domain::search::{Assigned, Search, Wish};
use frontdesk_domain::tag::Tag;
use frontdesk_domain::{AccountId, Actor, CustomerId, TagId, UserId};
use std::collections::HashMap;

/// One name means no more customers than this.
const MOST_CUSTOMERS: usize = 64;

/// What the names of one search mean.
#[derive(Debug, Default)]
pub(super) struct Names {
    customers: HashMap<String, Vec<CustomerId>>,
    users: Vec<User>,
    tags: Vec<Tag>,
    me: Option<UserId>,
}

impl Names {
    pub(super) fn customers(&self, name: &str) -> &[CustomerId] {
        self.customers.get(name).map_or(&[], Vec::as_slice)
    }

    /// The users whose name or address has this in it; `me` is whoever asks.
    pub(super) fn users(&self, name: &str) -> Vec<UserId> {
        let name = name.to_lowercase();
        if name == "me" {
            return self.me.into_iter().collect();
        }
        let named = |user: &&User| {
            let known = [
                Some(&user.email),
                user.full_name.as_ref(),
                user.display_name.as_ref(),
            ];
            let mut known = known.into_iter().flatten();
            known.any(|text| text.to_lowercase().contains(&name))
        };
        self.users
            .iter()
            .filter(named)
            .map(|user| user.id)
            .collect()
    }

    pub(super) fn me(&self) -> Vec<UserId> {
        self.me.into_iter().collect()
    }

    /// The tags of this name.
    pub(super) fn tags(&self, name: &str) -> Vec<TagId> {
        let name = name.to_lowercase();
        let named = self
            .tags
            .iter()
            .filter(|tag| tag.name.to_lowercase() == name);
        named.map(|tag| tag.id).collect()
    }
}

/// Looks up the names of a search.
pub(super) fn resolve(
    conn: &mut dyn Conn,
    actor: &Actor,
    search: &Search,
) -> Result<Names, DbError> {
    let mut names = Names {
        me: actor.user_id(),
        ..Names::default()
    };
    for condition in &search.conditions {
        match &condition.wish {
            Wish::From(name) | Wish::To(name) => {
                let found = customers_named(conn, actor.account_id, name, MOST_CUSTOMERS)?;
                names.customers.insert(name.clone(), found);
                names.know_users(conn, actor.account_id)?;
            }
            Wish::Assignee(Assigned::Somebody(_)) => names.know_users(conn, actor.account_id)?,
            Wish::Tag(_) if names.tags.is_empty() => {
                names.tags = tags::of_account(conn, actor.account_id)?;
            }
            _ => {}
        }
    }
    Ok(names)
}

impl Names {
    fn know_users(&mut self, conn: &mut dyn Conn, account_id: AccountId) -> Result<(), DbError> {
        if self.users.is_empty() {
            self.users = users::of_account(conn, account_id)?;
        }
        Ok(())
    }
}

/// The newest customers with these words in their name, address, number or outside id.
pub(super) fn customers_named(
    conn: &mut dyn Conn,
    account_id: AccountId,
    text: &str,
    limit: usize,
) -> Result<Vec<CustomerId>, DbError> {
    let wanted = Wanted::typed(text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut clause = Clause::new(conn.dialect());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let newest = clause.newest("customer_search", account_id, &wanted, i64::MAX, limit);
    let join = clause.join();
    clause.compare("k.account_id =", &account_id);
    let text = format!(
        "SELECT k.id FROM ({newest}) h {join} customers k ON k.n = h.n
         WHERE {} AND k.merged_into IS NULL ORDER BY k.n DESC",
        clause.text()
    );
    let sql = Sql::composed("FIND_CUSTOMERS", text);
    conn.all_values(&sql, &clause.values(), first)
}
