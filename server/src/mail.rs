//! Mail: how it leaves by a mail server. What a mail is stands in the connectors; here are the network,
//! secrets and limits.

mod deliver;
mod health;
mod letter;
mod post;
mod smtp;

pub(crate) use deliver::way;
pub(crate) use health::Ailments;
