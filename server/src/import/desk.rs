//! What the files' names mean on this server.

use super::lines::At;
use super::{Problem, ids};
use frontdesk_domain::{AccountId, ConversationId, CustomerId, InboxId, Source, UserId};
use std::collections::{HashMap, HashSet};

/// The things imported so far, by what the files call them.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) accounts: HashMap<String, AccountId>,
    pub(super) inboxes: HashMap<String, InboxId>,
    pub(super) users: HashMap<String, UserId>,
    pub(super) customers: HashSet<String>,
    pub(super) conversations: HashMap<u64, Thread>,
}

/// What a message needs to know of its conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thread {
    pub(super) id: ConversationId,
    pub(super) account_id: AccountId,
    pub(super) source: Source,
}

impl Desk {
    /// The account of a line.
    pub(super) fn account(&self, at: At, name: &str) -> Result<AccountId, Problem> {
        let found = self.accounts.get(name).copied();
        found.ok_or_else(|| at.problem(format!("there is no account {name} in accounts.jsonl")))
    }

    /// The inbox of a line.
    pub(super) fn inbox(&self, at: At, name: &str) -> Result<InboxId, Problem> {
        let found = self.inboxes.get(name).copied();
        found.ok_or_else(|| at.problem(format!("there is no inbox {name} in inboxes.jsonl")))
    }

    /// The user a line names.
    pub(super) fn user(&self, at: At, name: &str) -> Result<UserId, Problem> {
        let found = self.users.get(name).copied();
        found.ok_or_else(|| at.problem(format!("there is no agent {name} in agents.jsonl")))
    }

    /// The customer a line names.
    pub(super) fn customer(
        &self,
        at: At,
        account_id: AccountId,
        name: &str,
    ) -> Result<CustomerId, Problem> {
        if self.customers.contains(name) {
            return Ok(CustomerId(ids::derived(account_id, "customer", name)));
        }
        Err(at.problem(format!("there is no customer {name} in customers.jsonl")))
    }
}
