//! Questions pages ask with a query: which customer, and which threads.

use crate::http::ApiError;
use crate::http::handlers::lenient::{TextOrNumber, lenient_id, says_nothing};
use crate::use_cases::visitors::Claim;
use frontdesk_domain::decide::Field;
use frontdesk_domain::{AccountId, CustomerId, InboxId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whom a page looks for. Blank values are as if they were left out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Whom {
    account_id: Option<String>,
    /// The site's own id of the visitor.
    external_id: Option<TextOrNumber>,
    email: Option<String>,
    host: Option<String>,
    /// By which inbox the visitor comes in; the primary one when left out.
    #[serde(deserialize_with = "lenient_id")]
    inbox_id: Option<InboxId>,
    /// HMAC-SHA256 in hex over `external_id` with the inbox's secret.
    identity_hash: Option<String>,
    /// The same as `identity_hash`.
    signature: Option<String>,
}

/// The customer who was looked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Identified {
    pub(super) customer_id: Option<CustomerId>,
}

/// A question that can be answered.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) account_id: AccountId,
    pub(super) inbox_id: Option<InboxId>,
    pub(super) claim: Claim,
    pub(super) host: Option<String>,
}

impl Whom {
    /// The question, when all of it is there.
    pub(super) fn read(self) -> Result<Asked, ApiError> {
        let Self {
            account_id,
            external_id,
            email,
            host,
            inbox_id,
            identity_hash,
            signature,
        } = self;
        let sent = [
            ("account_id", account_id.is_some()),
            ("external_id", external_id.is_some()),
            ("email", email.is_some()),
            ("host", host.is_some()),
            ("inbox_id", inbox_id.is_some()),
        ];
        let said = |text: Option<String>| text.filter(|text| !says_nothing(text));
        let (Some(account_id), Some(external_id)) =
            (said(account_id), said(external_id.map(TextOrNumber::text)))
        else {
            return Err(incomplete("Send account_id and external_id", &sent));
        };
        Ok(Asked {
            account_id: account_id.parse().map_err(|_| ApiError::BadRequest)?,
            inbox_id,
            claim: Claim {
                external_id: Field::Set(external_id),
                email: said(email).map_or(Field::Keep, Field::Set),
                signature: identity_hash.or(signature),
            },
            host: said(host),
        })
    }
}

/// Whose threads a page asks for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ChatsQuery {
    customer_id: Option<String>,
    account_id: Option<String>,
    #[serde(deserialize_with = "lenient_id")]
    inbox_id: Option<InboxId>,
}

impl ChatsQuery {
    /// The account, the customer and perhaps the inbox.
    pub(super) fn read(self) -> Result<(AccountId, CustomerId, Option<InboxId>), ApiError> {
        let sent = [
            ("account_id", self.account_id.is_some()),
            ("customer_id", self.customer_id.is_some()),
            ("inbox_id", self.inbox_id.is_some()),
        ];
        let (Some(account_id), Some(customer_id)) = (self.account_id, self.customer_id) else {
            return Err(incomplete("Send account_id and customer_id", &sent));
        };
        Ok((
            account_id.parse().map_err(|_| ApiError::BadRequest)?,
            customer_id.parse().map_err(|_| ApiError::BadRequest)?,
            self.inbox_id,
        ))
    }
}

fn incomplete(message: &'static str, sent: &[(&str, bool)]) -> ApiError {
    let came = sent.iter().filter(|(_, came)| *came);
    ApiError::BadParameters {
        message,
        received: came.map(|(name, _)| (*name).to_owned()).collect(),
    }
}
