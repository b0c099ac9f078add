//! From a query to the customers it means.

use super::full::{Association, Expand};
use crate::http::ApiError;
use crate::http::input::given;
use frontdesk_db::queries::customers::{CustomerFilter, Page};
use frontdesk_domain::TagId;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a list of customers can be narrowed to.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct CustomersQuery {
    /// Counts from 1.
    page: Option<String>,
    /// 50 unless given, and at most 200, or 10000 with `format=csv`.
    page_size: Option<String>,
    /// The same as `page_size`.
    limit: Option<String>,
    /// Words of the name or the address; `key:value` is looked for in the metadata.
    q: Option<String>,
    company_id: Option<String>,
    external_id: Option<String>,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    host: Option<String>,
    tag_id: Option<String>,
    /// Any of these tags.
    #[schemars(rename = "tag_ids[]")]
    tag_ids: Vec<String>,
    issue_id: Option<String>,
    /// `false` leaves out who has neither a name nor an address.
    include_anonymous: Option<String>,
    /// `csv` for a table.
    format: Option<String>,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
}

/// How many fit on a page when nobody says.
const PAGE: i64 = 50;

/// A text that was given.
fn text(value: Option<&String>) -> Option<String> {
    value.filter(|text| !text.is_empty()).cloned()
}

impl CustomersQuery {
    pub(super) fn filter(&self) -> Result<CustomerFilter, ApiError> {
        let bad = |_| ApiError::invalid("tag_ids", "is invalid");
        let tag_ids: Result<Vec<TagId>, _> = self.tag_ids.iter().map(|id| id.parse()).collect();
        let with_anonymous: Option<bool> =
            given("include_anonymous", self.include_anonymous.as_ref())?;
        Ok(CustomerFilter {
            text: self.q.clone().filter(|text| !text.trim().is_empty()),
            company_id: given("company_id", self.company_id.as_ref())?,
            external_id: text(self.external_id.as_ref()),
            name: text(self.name.as_ref()),
            email: text(self.email.as_ref()),
            phone: text(self.phone.as_ref()),
            host: text(self.host.as_ref()),
            tag_id: given("tag_id", self.tag_id.as_ref())?,
            tag_ids: tag_ids.map_err(bad)?,
            issue_id: given("issue_id", self.issue_id.as_ref())?,
            known_only: with_anonymous == Some(false),
        })
    }

    pub(super) fn format(&self) -> Format {
        match self.format.as_deref() {
            Some("csv") => Format::Csv,
            _ => Format::Json,
        }
    }

    pub(super) fn page(&self, format: Format) -> Result<Page, ApiError> {
        let longest = match format {
            Format::Json => 200,
            Format::Csv => 10_000,
        };
        let number: Option<i64> = given("page", self.page.as_ref())?;
        let size: Option<i64> = match given("page_size", self.page_size.as_ref())? {
            Some(size) => Some(size),
            None => given("limit", self.limit.as_ref())?,
        };
        Ok(Page {
            number: number.unwrap_or(1).max(1),
            size: size.unwrap_or(PAGE).clamp(1, longest),
        })
    }
}

/// What to show with a customer.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ShowQuery {
    /// `messages`, `conversations`, `notes`, `tags`, `company` or `issues`; the company and the
    /// tags when nothing is asked for.
    #[schemars(rename = "expand[]")]
    expand: Vec<String>,
}

impl ShowQuery {
    /// What is asked for; other words mean nothing.
    pub(super) fn expand(&self) -> Expand {
        if self.expand.is_empty() {
            return Expand::default();
        }
        let named = self.expand.iter().filter_map(|word| match word.as_str() {
            "messages" => Some(Association::Messages),
            "conversations" => Some(Association::Conversations),
            "notes" => Some(Association::Notes),
            "tags" => Some(Association::Tags),
            "company" => Some(Association::Company),
            "issues" => Some(Association::Issues),
            "lines" => Some(Association::Lines),
            _ => None,
        });
        Expand(named.collect())
    }
}
