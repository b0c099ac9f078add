//! Work that customers are waiting for.

use crate::{AccountId, IssueId, IssueState, Timestamp, UserId};

/// A piece of work that customers are waiting for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub id: IssueId,
    pub account_id: AccountId,
    pub title: String,
    pub body: Option<String>,
    pub state: IssueState,
    pub github_issue_url: Option<String>,
    pub creator_id: UserId,
    pub assignee_id: Option<UserId>,
    pub closed_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
