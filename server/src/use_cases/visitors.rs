//! What a chat visitor's page may do to its customer. Nobody signed in here: the customer's id is
//! the visitor's credential, and a site's signature the only proof of who somebody is.

mod chats;
mod create;
mod describe;
mod fields;
mod find;
mod identity;

pub(crate) use chats::{chats, open_to};
pub(crate) use create::create;
pub(crate) use describe::{account_of, describe};
pub(crate) use fields::Said;
pub(crate) use find::find;
pub(crate) use identity::{Caller, Claim, Door, Proof, may_enter};
