//! What pages say of their visitors, in the loose forms in which browser clients send it.

use crate::http::handlers::lenient::{
    LONGEST, TextOrNumber, cut, filled, lenient_id, line, says_nothing,
};
use crate::http::input::Double;
use crate::http::{ApiError, FieldErrors, Wrapped, wire};
use crate::use_cases::visitors::{Claim, Said};
use frontdesk_domain::decide::Field;
use frontdesk_domain::json::Json;
use frontdesk_domain::text::clean_line;
use frontdesk_domain::{AccountId, InboxId, Timestamp};
use frontdesk_protocol::entity::Raw;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields of a customer that its own page may set. Others are ignored.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct VisitorFields {
    pub(crate) account_id: Option<AccountId>,
    /// By which inbox the visitor comes in; the primary one when left out.
    #[serde(deserialize_with = "lenient_id")]
    pub(crate) inbox_id: Option<InboxId>,
    name: Double<String>,
    email: Double<String>,
    /// The site's own id of the visitor.
    external_id: Double<TextOrNumber>,
    phone: Double<String>,
    profile_photo_url: Double<String>,
    host: Double<String>,
    pathname: Double<String>,
    current_url: Double<String>,
    browser: Double<String>,
    os: Double<String>,
    time_zone: Double<String>,
    /// An object; anything else is dropped.
    metadata: Double<Raw>,
    /// A date, or a date and time.
    first_seen: Option<String>,
    /// HMAC-SHA256 in hex over `external_id`, else over `email`, with the inbox's secret.
    identity_hash: Option<String>,
    /// The same as `identity_hash`.
    signature: Option<String>,
}

impl Wrapped for VisitorFields {
    const KEY: &'static str = "customer";
}

/// The same fields under the key of the metadata route.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Described(pub(crate) VisitorFields);

impl Wrapped for Described {
    const KEY: &'static str = "metadata";
}

impl VisitorFields {
    /// Who the page claims its visitor to be, and what else it says of them.
    pub(super) fn read(self) -> Result<(Claim, Said), ApiError> {
        let mut reader = Reader::default();
        let external_id = Double(
            self.external_id
                .0
                .map(|inner| inner.map(TextOrNumber::text)),
        );
        let claim = Claim {
            external_id: reader.claimed("external_id", external_id),
            email: reader.claimed("email", self.email),
            signature: self.identity_hash.or(self.signature),
        };
        let said = Said {
            name: reader.bounded("name", self.name),
            phone: reader.bounded("phone", self.phone),
            profile_photo_url: reader.bounded("profile_photo_url", self.profile_photo_url),
            host: cut(self.host),
            pathname: cut(self.pathname),
            current_url: cut(self.current_url),
            browser: cut(self.browser),
            os: cut(self.os),
            time_zone: cut(self.time_zone),
            metadata: object(self.metadata),
            first_seen: reader.moment("first_seen", self.first_seen.as_deref()),
            ip: None,
        };
        reader.done().map(|()| (claim, said))
    }
}

/// Reads fields and collects what is wrong with them.
#[derive(Debug, Default)]
struct Reader(FieldErrors);

impl Reader {
    /// A claim is compared and signed as it came, so it is refused where it would be cleaned.
    fn claimed(&mut self, name: &str, value: Double<String>) -> Field<String> {
        let field = filled(value, |text| (!says_nothing(&text)).then_some(text));
        if let Field::Set(text) = &field {
            if text.chars().count() > LONGEST {
                self.0.add(name, "is too long");
            } else if clean_line(text).original.is_some() {
                self.0.add(name, "is invalid");
            }
        }
        field
    }

    fn bounded(&mut self, name: &str, value: Double<String>) -> Field<String> {
        let field = line(value);
        if let Field::Set(text) = &field
            && text.chars().count() > LONGEST
        {
            self.0.add(name, "is too long");
        }
        field
    }

    fn moment(&mut self, name: &str, text: Option<&str>) -> Option<Timestamp> {
        let text = text.filter(|text| !says_nothing(text))?;
        let date = || Timestamp::parse(&format!("{}T00:00:00Z", text.trim()));
        let moment = Timestamp::parse(text).or_else(date);
        if moment.is_none() {
            self.0.add(name, "is invalid");
        }
        moment
    }

    fn done(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ApiError::Invalid(self.0))
        }
    }
}

/// Metadata is an object, or it is as if it had not been sent.
fn object(value: Double<Raw>) -> Field<Json> {
    match value.field() {
        Field::Set(raw) if raw.0.get().trim_start().starts_with('{') => {
            wire::json(&raw).map_or(Field::Keep, Field::Set)
        }
        Field::Clear => Field::Clear,
        Field::Set(_) | Field::Keep => Field::Keep,
    }
}
