//! Replies kept for reuse.

use crate::failure::Outcome;
use crate::http::handlers::nouns::{Listed, Resource};
use crate::http::{Wrapped, wire};
use crate::use_cases::canned_responses::CannedResponseFields;
use frontdesk_db::queries::canned_responses;
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{AccountId, canned};
use frontdesk_protocol::entity::CannedResponse;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said about a canned response. What is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct CannedResponseBody {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    content: Option<String>,
}

impl Wrapped for CannedResponseBody {
    const KEY: &'static str = "canned_response";
}

impl From<CannedResponseBody> for CannedResponseFields {
    fn from(body: CannedResponseBody) -> Self {
        Self {
            name: body.name,
            content: body.content,
        }
    }
}

impl Listed for canned::CannedResponse {
    const ALL: fn(&mut dyn Conn, AccountId) -> Result<Vec<Self>, DbError> =
        canned_responses::of_account;
}

impl Resource for canned::CannedResponse {
    type Body = CannedResponseBody;
    type Shown = CannedResponse;

    const PATH: &'static str = "/api/canned_responses";

    fn shown(&self, _: &mut dyn Conn) -> Outcome<CannedResponse> {
        Ok(wire::canned_response(self))
    }
}
