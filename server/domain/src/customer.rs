//! Customers and the ways to recognise them.

use crate::json::Json;
use crate::{AccountId, CompanyId, CustomerId, IdentityId, IdentityKind, Timestamp};

/// Somebody who writes to the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub account_id: AccountId,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub external_id: Option<String>,
    pub profile_photo_url: Option<String>,
    pub company_id: Option<CompanyId>,
    pub host: Option<String>,
    pub pathname: Option<String>,
    pub current_url: Option<String>,
    pub browser: Option<String>,
    pub os: Option<String>,
    pub ip: Option<String>,
    pub time_zone: Option<String>,
    pub metadata: Option<Json>,
    pub first_seen: Timestamp,
    pub last_seen_at: Timestamp,
    /// Whether a signature proved who this is. Unproven customers are never merged silently.
    pub verified: bool,
    /// Set while nobody wants to hear from them: what they write is kept, as spam.
    pub blocked_at: Option<Timestamp>,
    /// Set when another customer has taken this one's place.
    pub merged_into: Option<CustomerId>,
    pub version: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Customer {
    /// A customer of whom nothing is known yet.
    #[must_use]
    pub fn new(id: CustomerId, account_id: AccountId, now: Timestamp) -> Self {
        Self {
            id,
            account_id,
            name: None,
            email: None,
            phone: None,
            external_id: None,
            profile_photo_url: None,
            company_id: None,
            host: None,
            pathname: None,
            current_url: None,
            browser: None,
            os: None,
            ip: None,
            time_zone: None,
            metadata: None,
            first_seen: now,
            last_seen_at: now,
            verified: false,
            blocked_at: None,
            merged_into: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// What to call this customer when there is nothing better.
    #[must_use]
    pub fn title(&self) -> &str {
        self.name
            .as_deref()
            .or(self.email.as_deref())
            .unwrap_or("Anonymous User")
    }
}

/// One way to recognise a customer. The value is unique per account and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: IdentityId,
    pub customer_id: CustomerId,
    pub kind: IdentityKind,
    pub value: String,
}
