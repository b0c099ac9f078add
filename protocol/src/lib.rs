//! What travels between Frontdesk's programs and the clients they did not write:
//! ids, kinds, stamps, frames, topics and the entities as sent.
//!
//! This crate knows no network, no database and no clock.

pub mod draft_text;
pub mod entity;
pub mod frame;
pub mod id;
pub mod kind;
pub mod search;
pub mod time;
pub mod topic;
