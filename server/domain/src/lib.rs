//! Frontdesk's decisions. Plain types and pure functions: what is there, what is asked and what
//! time it is go in; a [`Decision`] or a [`Refusal`] comes out.
//!
//! This crate knows no database, no network, no clock, no async and no JSON.

pub mod account;
pub mod actor;
pub mod ai;
pub mod auto;
pub mod bulk;
pub mod canned;
pub mod change;
pub mod company;
pub mod connection;
pub mod context;
pub mod conversation;
pub mod customer;
pub mod decide;
pub mod decision;
pub mod draft;
pub mod file;
pub mod hours;
pub mod issue;
pub mod json;
pub mod key;
pub mod knowledge;
pub mod line;
pub mod mail;
pub mod mention;
pub mod message;
pub mod note;
pub mod notify;
pub mod policy;
pub mod privacy;
pub mod refusal;
pub mod scheduled;
pub mod scope;
pub mod settings;
pub mod sorting;
pub mod tag;
pub mod text;
pub mod view;
pub mod visit;
pub mod webhook;
pub mod widget;

pub use actor::{Actor, Who};
pub use change::Change;
pub use conversation::Conversation;
pub use customer::Customer;
pub use decision::{Decision, EventDraft};
pub use message::Message;
pub use refusal::Refusal;

pub use frontdesk_protocol::id::*;
pub use frontdesk_protocol::kind::*;
pub use frontdesk_protocol::search;
pub use frontdesk_protocol::time::Timestamp;
