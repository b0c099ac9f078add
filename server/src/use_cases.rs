//! One file per use case, each "load, decide, write" inside a unit of work. Routes, channels,
//! timers and connectors call these; nothing else changes the desk.

pub mod accounts;
pub(crate) mod archive;
pub(crate) mod canned_responses;
pub(crate) mod companies;
pub(crate) mod customers;
pub(crate) mod delete;
pub(crate) mod draft;
pub(crate) mod edit;
pub(crate) mod fields;
pub mod inboxes;
pub(crate) mod issues;
pub mod keys;
pub(crate) mod label;
pub(crate) mod load;
pub(crate) mod merge;
pub(crate) mod notes;
pub(crate) mod nouns;
pub(crate) mod read;
pub(crate) mod receive;
pub(crate) mod reply;
pub(crate) mod rewrite;
pub(crate) mod seen;
pub(crate) mod shares;
pub(crate) mod start;
pub(crate) mod tags;
pub(crate) mod uploads;
pub mod users;
pub(crate) mod visitors;
pub(crate) mod visits;
pub(crate) mod wake;
pub(crate) mod widget;
