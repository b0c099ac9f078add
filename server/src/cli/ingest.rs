//! `ingest`: a mail from a pipe, as mail servers hand it over.

use super::error::CliError;
use super::options::Options;
use crate::pipe::{Envelope, Mailbox, Spool, SpoolError};
use clap::Args;
use frontdesk_connectors::email::is_ours;
use std::io;

/// Take a mail from standard input
///
/// For mail servers: the mail is on the disk when this ends with 0, and the server takes it from there
/// within a second, or when it starts. It works while the server runs, and while its database is away.
/// It has to run on the machine of the server and as its user, with the same data folder. Other ends
/// are those of sysexits.h: 67 where no mailbox has the address, 65 where the mail is larger than
/// 64 MiB, 75 where it should be tried again later.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  frontdesk-server ingest --to support@example.com < mail.eml\n  In /etc/aliases:  support: \"|/usr/bin/frontdesk-server ingest --mailbox support@example.com\"\n  In Postfix's master.cf:  argv=/usr/bin/frontdesk-server ingest --to ${recipient}"
)]
pub(super) struct Ingest {
    /// An address the mail was delivered to; may be said more than once
    #[arg(long = "to", value_name = "ADDRESS")]
    recipients: Vec<String>,
    /// The mailbox it is for, by one of its addresses, where --to does not say
    #[arg(long, value_name = "ADDRESS")]
    mailbox: Option<String>,
}

impl Ingest {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        // A configuration that cannot be read is mended by somebody; the mail must not go back.
        let loaded = options.load(Vec::new()).map_err(|error| later(&error))?;
        let spool = Spool::at(&loaded.config.data);
        let mailboxes = spool.mailboxes().map_err(|error| later(&error))?;
        let mailboxes = mailboxes.ok_or_else(|| later(&"no server has run on this data folder"))?;
        let mailbox = self.mailbox(&mailboxes)?;
        let envelope = Envelope {
            account_id: mailbox.account_id,
            connection_id: mailbox.connection_id,
            recipients: self.recipients.clone(),
        };
        spool
            .put(&envelope, io::stdin().lock())
            .map_err(|error| match error {
                SpoolError::TooLarge => CliError::MailTooLarge,
                SpoolError::Io(error) => later(&error),
            })
    }

    /// The mailbox that has one of the addresses; the only one where none was said.
    fn mailbox<'m>(&self, all: &'m [Mailbox]) -> Result<&'m Mailbox, CliError> {
        let said: Vec<String> = match &self.mailbox {
            Some(address) => vec![address.to_lowercase()],
            None => self.recipients.iter().map(|it| it.to_lowercase()).collect(),
        };
        let found = said
            .iter()
            .find_map(|address| all.iter().find(|mailbox| has(mailbox, address)));
        match (found, all) {
            (Some(mailbox), _) => Ok(mailbox),
            (None, [only]) if said.is_empty() => Ok(only),
            (None, _) if said.is_empty() => Err(CliError::usage(
                "say which mailbox this is for with --mailbox or --to",
            )),
            (None, _) => Err(CliError::NoMailbox(said.join(", "))),
        }
    }
}

fn has(mailbox: &Mailbox, address: &str) -> bool {
    let ours: Vec<&str> = mailbox.addresses.iter().map(String::as_str).collect();
    is_ours(address, &ours)
}

fn later(why: &dyn std::fmt::Display) -> CliError {
    CliError::MailLater(why.to_string())
}
