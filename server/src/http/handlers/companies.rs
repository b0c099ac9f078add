//! Companies that customers belong to.

use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Wrapped, wire};
use crate::use_cases::companies::CompanyFields;
use frontdesk_db::queries::companies;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, company};
use frontdesk_protocol::entity::{Company, Raw};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a company. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CompanyBody {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    external_id: Double<String>,
    #[serde(default)]
    website_url: Double<String>,
    #[serde(default)]
    description: Double<String>,
    #[serde(default)]
    logo_image_url: Double<String>,
    #[serde(default)]
    industry: Double<String>,
    #[serde(default)]
    slack_channel_id: Double<String>,
    #[serde(default)]
    slack_channel_name: Double<String>,
    #[serde(default)]
    slack_team_id: Double<String>,
    #[serde(default)]
    slack_team_name: Double<String>,
    #[serde(default)]
    metadata: Double<Raw>,
}

impl Wrapped for CompanyBody {
    const KEY: &'static str = "company";
}

impl From<CompanyBody> for CompanyFields {
    fn from(body: CompanyBody) -> Self {
        Self {
            name: body.name,
            external_id: body.external_id.field(),
            website_url: body.website_url.field(),
            description: body.description.field(),
            logo_image_url: body.logo_image_url.field(),
            industry: body.industry.field(),
            slack_channel_id: body.slack_channel_id.field(),
            slack_channel_name: body.slack_channel_name.field(),
            slack_team_id: body.slack_team_id.field(),
            slack_team_name: body.slack_team_name.field(),
            metadata: wire::json_field(body.metadata.field()),
        }
    }
}

impl Listed for company::Company {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = companies::of_account;
}

impl Resource for company::Company {
    type Body = CompanyBody;
    type Shown = Company;

    const PATH: &'static str = "/api/companies";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<Company> {
        Ok(wire::company(self))
    }
}
