//! `erase`: a customer goes for good.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::files::FileStore;
use crate::use_cases::privacy::{self, erase};
use clap::Args;
use frontdesk_db::queries::erasing::Erased;
use frontdesk_domain::{CustomerId, Erasing};

/// Erase a customer: everything that is known of them, with a report of what went
///
/// On SQLite the server must be stopped; while it runs, use POST /api/v1/customers/ID/erase. Agents'
/// screens forget the customer when they hear of it. Backups that were made before still hold it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  frontdesk-server erase 0d4a2f6e-5f0c-4c37-9d0e-2f5f7c1f2b11 --how anonymise"
)]
pub(super) struct Erase {
    /// The customer's id
    #[arg(value_name = "CUSTOMER", value_parser = customer_id)]
    customer: CustomerId,
    /// delete removes the conversations, anonymise keeps them without texts and names
    #[arg(long, value_name = "HOW", value_parser = erasing)]
    how: Erasing,
    #[command(flatten)]
    account: InAccount,
}

impl Erase {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let store = FileStore::of(&options.load(Vec::new())?.config)?;
        let desk = Desk::open(options, Access::Write)?;
        let account = self.account.find(&desk).await?;
        let (id, how) = (self.customer, self.how);
        let report = desk
            .act(account.id, move |unit, actor| erase(unit, actor, id, how))
            .await?;
        privacy::remove_files(desk.db(), &store).await?;
        desk.close();
        say::line(format_args!(
            "erased customer {id} ({how}), report {}",
            report.id
        ))?;
        show(report.erased)
    }
}

fn show(erased: Erased) -> Result<(), CliError> {
    let counts = [
        ("customers", erased.customers),
        ("conversations", erased.conversations),
        ("messages", erased.messages),
        ("files", erased.files),
        ("drafts", erased.drafts),
        ("notes", erased.notes),
        ("identities", erased.identities),
        ("visits", erased.visits),
        ("merges", erased.merges),
        ("mails", erased.mails),
        ("kept answers", erased.answers),
        ("webhook calls", erased.calls),
        ("audit lines that stay, by id", erased.audit_lines),
    ];
    for (what, count) in counts {
        say::line(format_args!("{count:8}  {what}"))?;
    }
    Ok(())
}

/// A customer's id.
pub(super) fn customer_id(text: &str) -> Result<CustomerId, String> {
    text.parse()
        .map_err(|_| "must be a customer's id, as the API and `show` have it".to_owned())
}

/// What erasing does.
pub(super) fn erasing(text: &str) -> Result<Erasing, String> {
    text.parse()
        .map_err(|_| "must be delete or anonymise".to_owned())
}
