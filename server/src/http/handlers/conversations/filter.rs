//! From a query to what a list is narrowed to.

use crate::http::input::given;
use crate::http::{Agent, ApiError};
use frontdesk_db::queries::filter::{Assignee, ConversationFilter, Mentioning};
use frontdesk_db::queries::list::PageRequest;
use frontdesk_domain::UserId;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a list of conversations can be narrowed to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct ListQuery {
    /// `open`, `closed` or `snoozed`.
    status: Option<String>,
    /// `priority` or `not_priority`.
    priority: Option<String>,
    /// `true` or `false`.
    read: Option<String>,
    /// A user's number, `me`, or empty for nobody.
    assignee_id: Option<String>,
    customer_id: Option<String>,
    inbox_id: Option<String>,
    source: Option<String>,
    tag_id: Option<String>,
    team_id: Option<String>,
    /// A user's number or `me`.
    mentioning: Option<String>,
    has_seen_mention: Option<String>,
    /// Text in a message.
    q: Option<String>,
    /// 50 at most.
    limit: Option<String>,
    /// A cursor from an earlier page.
    after: Option<String>,
}

fn user(field: &str, text: &str, agent: &Agent) -> Result<UserId, ApiError> {
    match text {
        "me" => Ok(agent.user_id()),
        other => other
            .parse()
            .map_err(|_| ApiError::invalid(field, "is invalid")),
    }
}

impl ListQuery {
    /// The filter this means for whoever asks.
    pub(crate) fn filter(&self, agent: &Agent) -> Result<ConversationFilter, ApiError> {
        let assignee = match self.assignee_id.as_deref().map(str::trim) {
            None => None,
            Some("" | "null") => Some(Assignee::Nobody),
            Some(text) => Some(Assignee::User(user("assignee_id", text, agent)?)),
        };
        let mention = match self.mentioning.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => Some(Mentioning {
                user_id: user("mentioning", text, agent)?,
                seen: given("has_seen_mention", self.has_seen_mention.as_ref())?,
            }),
        };
        Ok(ConversationFilter {
            status: given("status", self.status.as_ref())?,
            priority: given("priority", self.priority.as_ref())?,
            read: given("read", self.read.as_ref())?,
            assignee,
            team_id: given("team_id", self.team_id.as_ref())?,
            customer_id: given("customer_id", self.customer_id.as_ref())?,
            inbox_id: given("inbox_id", self.inbox_id.as_ref())?,
            source: given("source", self.source.as_ref())?,
            tag_id: given("tag_id", self.tag_id.as_ref())?,
            mention,
            text: self.q.clone().filter(|text| !text.trim().is_empty()),
            after: None,
            before: None,
            has_attachment: None,
        })
    }

    /// The page that is asked for.
    pub(crate) fn page(&self) -> Result<PageRequest, ApiError> {
        let standard = PageRequest::default();
        let limit: Option<usize> = given("limit", self.limit.as_ref())?;
        let bad = |_| ApiError::invalid("after", "is no place in this list");
        let at = match self.after.as_deref().filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(text.parse().map_err(bad)?),
        };
        Ok(PageRequest {
            limit: limit.map_or(standard.limit, |n| n.clamp(1, standard.limit)),
            at,
        })
    }
}
