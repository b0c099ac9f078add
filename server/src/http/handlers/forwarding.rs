//! Addresses that forward mail to an inbox.

use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::input::Double;
use crate::http::{Wrapped, wire};
use crate::use_cases::forwarding::ForwardingFields;
use frontdesk_db::queries::forwarding_addresses as rows;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, settings};
use frontdesk_protocol::entity::ForwardingAddress;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about an address. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ForwardingBody {
    #[serde(default)]
    forwarding_email_address: Option<String>,
    #[serde(default)]
    source_email_address: Double<String>,
    #[serde(default)]
    state: Double<String>,
    #[serde(default)]
    description: Double<String>,
}

impl Wrapped for ForwardingBody {
    const KEY: &'static str = "forwarding_address";
}

impl From<ForwardingBody> for ForwardingFields {
    fn from(body: ForwardingBody) -> Self {
        Self {
            forwarding_email_address: body.forwarding_email_address,
            source_email_address: body.source_email_address.field(),
            state: body.state.field(),
            description: body.description.field(),
        }
    }
}

impl Listed for settings::ForwardingAddress {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> = rows::of_account;
}

impl Resource for settings::ForwardingAddress {
    type Body = ForwardingBody;
    type Shown = ForwardingAddress;

    const PATH: &'static str = "/api/forwarding_addresses";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<ForwardingAddress> {
        Ok(wire::forwarding_address(self))
    }
}
