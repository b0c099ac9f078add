//! The REST surface: one table of routes, and what all of them share.

mod address;
mod caller;
mod cors;
mod error;
mod guard;
mod handlers;
mod input;
pub mod openapi;
mod reply;
pub mod route;
mod router;
pub mod routes;
pub(crate) mod wire;

pub(crate) use address::Address;
pub(crate) use caller::{Agent, Caller, MaybeAgent, Via, by_socket_token, member};
pub(crate) use cors::Page;
pub(crate) use error::{ApiError, FieldErrors};
pub(crate) use guard::pace;
pub(crate) use handlers::bulk::RunBody;
pub(crate) use input::{Id, Ids, Input, Plain, Query, Repeat, Wrapped};
pub(crate) use reply::{Created, Gone, data};
pub(crate) use router::router;
