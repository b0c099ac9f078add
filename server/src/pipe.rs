//! Mail from a program on this machine, such as the mail server: put into a folder by
//! `frontdesk-server ingest`, taken from there by the server. So it is accepted while the server or its
//! database is away, and a mail that was accepted is on the disk.

mod drain;
mod spool;

pub(crate) use drain::start;
pub use spool::{Envelope, Mailbox, Spool, SpoolError};
