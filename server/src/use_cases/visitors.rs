//! What a chat visitor's page may do to its customer. Nobody signed in here: the customer's id is
//! the visitor's credential, and a site's signature the only proof of who somebody is.

mod create;
mod fields;
mod identity;

pub(crate) use create::create;
pub(crate) use fields::{LONGEST, Said};
pub(crate) use identity::{Caller, Claim, Door, Proof};
