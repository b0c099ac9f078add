//! Visits to customers' pages, recorded by storytime.

use crate::json::Json;
use crate::{AccountId, BrowserSessionId, CustomerId, Timestamp};

/// A recorded visit to a customer's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserSession {
    pub id: BrowserSessionId,
    pub account_id: AccountId,
    pub customer_id: Option<CustomerId>,
    pub metadata: Option<Json>,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// One recorded step of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayEvent {
    /// The order within the server; pages of a recording continue after it.
    pub n: i64,
    pub event: Json,
    pub created_at: Timestamp,
}
