//! `export`: everything about a customer or an account in one archive.

use super::desk::{Access, Desk, InAccount};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::export::{self, Subject};
use crate::files::FileStore;
use clap::Args;
use frontdesk_domain::CustomerId;
use futures_util::TryStreamExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// Export everything about a customer, or a whole account, as one archive
///
/// On SQLite the server must be stopped; while it runs, use GET /api/v1/export or
/// GET /api/v1/customers/ID/export. The archive holds lines of JSON and the files; docs/EXPORT.md says
/// what is in them. There are no passwords, keys or tokens in it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  frontdesk-server export acme.tar --account Acme\n  frontdesk-server export ada.tar --customer 0d4a2f6e-5f0c-4c37-9d0e-2f5f7c1f2b11"
)]
pub(super) struct Export {
    /// Where to write it; there must be no such file yet
    #[arg(value_name = "FILE")]
    into: PathBuf,
    /// Only this customer, with those who were merged into them
    #[arg(long, value_name = "CUSTOMER", value_parser = super::erase::customer_id)]
    customer: Option<CustomerId>,
    #[command(flatten)]
    account: InAccount,
}

impl Export {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let desk = Desk::open(options, Access::Write)?;
        let store = FileStore::of(desk.config())?;
        let account = self.account.find(&desk).await?;
        let subject = self.customer.map_or(Subject::Account, Subject::Customer);
        desk.act(account.id, move |unit, actor| {
            export::permit(unit, actor, subject)
        })
        .await?;
        let made = export::prepare(desk.db(), &desk.config().data, account.id, subject).await?;
        let archive = export::archive(made, &store, desk.db().now());
        let written = write(&self.into, archive).await;
        desk.close();
        let bytes = written.map_err(|source| CliError::Write {
            path: self.into.clone(),
            source,
        })?;
        say::line(format_args!(
            "exported   {}, {} KiB",
            self.into.display(),
            bytes / 1024
        ))
    }
}

/// Writes the archive; one that could not be finished goes.
async fn write(into: &Path, mut archive: crate::files::Content) -> std::io::Result<u64> {
    let mut options = std::fs::OpenOptions::new();
    let opened = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(into)?;
    let mut file = tokio::fs::File::from_std(opened);
    let filling = async {
        let mut count = 0;
        while let Some(bytes) = archive.try_next().await? {
            file.write_all(&bytes).await?;
            count += bytes.len() as u64;
        }
        file.sync_all().await?;
        Ok(count)
    };
    let filled = filling.await;
    if filled.is_err() {
        std::fs::remove_file(into)?;
    }
    filled
}
