//! What agents send of a customer.

use crate::http::input::Double;
use crate::http::{Wrapped, wire};
use crate::use_cases::customers::{CustomerFields, Welcome};
use frontdesk_domain::CompanyId;
use frontdesk_domain::decide::Field;
use frontdesk_protocol::entity::Raw;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a customer. What is left out stays; null clears.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct CustomerBody {
    name: Double<String>,
    email: Double<String>,
    phone: Double<String>,
    /// What the company itself calls the customer.
    external_id: Double<OwnId>,
    profile_photo_url: Double<String>,
    company_id: Double<CompanyId>,
    host: Double<String>,
    pathname: Double<String>,
    current_url: Double<String>,
    browser: Double<String>,
    os: Double<String>,
    time_zone: Double<String>,
    /// An object.
    metadata: Double<Raw>,
    /// Whether what they write goes to the spam.
    blocked: Option<bool>,
}

/// Companies call customers by texts or by numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OwnId {
    Text(String),
    Number(serde_json::Number),
}

impl OwnId {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Wrapped for CustomerBody {
    const KEY: &'static str = "customer";
}

impl From<CustomerBody> for CustomerFields {
    fn from(body: CustomerBody) -> Self {
        Self {
            name: body.name.field(),
            email: body.email.field(),
            phone: body.phone.field(),
            external_id: match body.external_id.field() {
                Field::Keep => Field::Keep,
                Field::Clear => Field::Clear,
                Field::Set(id) => Field::Set(id.into_text()),
            },
            profile_photo_url: body.profile_photo_url.field(),
            company_id: body.company_id.field(),
            host: body.host.field(),
            pathname: body.pathname.field(),
            current_url: body.current_url.field(),
            browser: body.browser.field(),
            os: body.os.field(),
            time_zone: body.time_zone.field(),
            metadata: wire::json_field(body.metadata.field()),
            welcome: body.blocked.map(|blocked| match blocked {
                true => Welcome::Blocked,
                false => Welcome::Welcome,
            }),
        }
    }
}
