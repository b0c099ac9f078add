//! Everything that talks to the server.
//!
//! `api` asks and tells over HTTP. `live` follows what happens: it opens a `socket`, speaks
//! through the pure `channel` client, fills gaps by `catch_up`, and comes back by itself.

pub mod address;
pub mod api;
pub mod backoff;
pub mod catch_up;
pub mod channel;
pub mod live;
pub mod socket;
mod trust;
