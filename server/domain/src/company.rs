//! The organisations customers belong to.

use crate::json::Json;
use crate::{AccountId, CompanyId, Timestamp};

/// The organisation a customer belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub id: CompanyId,
    pub account_id: AccountId,
    pub name: String,
    /// What the account itself calls it.
    pub external_id: Option<String>,
    pub website_url: Option<String>,
    pub description: Option<String>,
    pub logo_image_url: Option<String>,
    pub industry: Option<String>,
    pub slack_channel_id: Option<String>,
    pub slack_channel_name: Option<String>,
    pub slack_team_id: Option<String>,
    pub slack_team_name: Option<String>,
    pub metadata: Option<Json>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
