//! What the routes do, one file per noun: read the request, call a use case, shape the answer.

pub(crate) mod browser_sessions;
pub(crate) mod bulk;
pub(crate) mod canned_responses;
pub(crate) mod companies;
pub(crate) mod conversations;
pub(crate) mod customers;
pub(crate) mod drafts;
pub(crate) mod events;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod issues;
mod lenient;
pub(crate) mod merges;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod nouns;
pub(crate) mod ping;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod shares;
pub(crate) mod snapshot;
pub(crate) mod tags;
pub(crate) mod take;
pub(crate) mod visitors;
pub(crate) mod widget_settings;
