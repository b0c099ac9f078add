//! Mail: how it leaves by a mail server, and how it is fetched from one. What a mail is stands in the
//! connectors, what becomes of one that came in the use cases; here are the network, secrets and limits.

mod answer;
mod deliver;
mod enclosed;
mod fetch;
mod gmail;
mod health;
mod imap;
mod letter;
mod past;
mod patience;
mod position;
mod post;
mod probe;
mod ses;
mod smtp;
mod trouble;
mod unread;
mod watch;

pub(crate) use deliver::way;
pub(crate) use gmail::{Consented, Google, ask_owner, consented};
pub(crate) use health::Ailments;
pub(crate) use probe::probe;
pub(crate) use unread::{OLDEST, write_unread};
pub(crate) use watch::start;
