//! Issues.

use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Wrapped, wire};
use crate::use_cases::issues::IssueFields;
use frontdesk_db::queries::issues;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, IssueState, UserId, issue};
use frontdesk_protocol::entity::Issue;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about an issue. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct IssueBody {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    body: Double<String>,
    #[serde(default)]
    state: Option<IssueState>,
    #[serde(default)]
    github_issue_url: Double<String>,
    #[serde(default)]
    assignee_id: Double<UserId>,
}

impl Wrapped for IssueBody {
    const KEY: &'static str = "issue";
}

impl From<IssueBody> for IssueFields {
    fn from(body: IssueBody) -> Self {
        Self {
            title: body.title,
            body: body.body.field(),
            state: body.state,
            github_issue_url: body.github_issue_url.field(),
            assignee_id: body.assignee_id.field(),
        }
    }
}

impl Listed for issue::Issue {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = issues::of_account;
}

impl Resource for issue::Issue {
    type Body = IssueBody;
    type Shown = Issue;

    const PATH: &'static str = "/api/issues";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<Issue> {
        Ok(wire::issue(self))
    }
}
