//! `restore`: a desk out of a backup.

use super::error::CliError;
use super::{block_on, say};
use crate::backup::{Manifest, restore, settle};
use crate::config::key_file;
use clap::Args;
use frontdesk_db::queries::parking::Parked;
use std::path::PathBuf;

/// Restore a backup into a new folder, or see whether it could be
///
/// Everything is checked before the folder gets its name: checksums, the database's pages and
/// references, event numbers, uploads. What waited to be sent when the backup was taken is not
/// sent by the restored desk. Put secret.key into the folder before the server starts on it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  frontdesk-server restore desk.tar --into /var/lib/frontdesk-restored\n  frontdesk-server restore desk.tar --verify"
)]
pub(super) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    backup: PathBuf,
    /// The folder to make; nothing may be in it
    #[arg(long, value_name = "DIR", required_unless_present = "verify")]
    into: Option<PathBuf>,
    /// Without --into: only check, beside the backup, and leave nothing behind
    #[arg(long)]
    verify: bool,
}

impl Restore {
    pub(super) fn run(self) -> Result<(), CliError> {
        let into = match &self.into {
            Some(into) => into.clone(),
            None => self.backup.with_extension("verify"),
        };
        let checked = restore(&self.backup, &into)?;
        show(&checked.manifest)?;
        if self.into.is_none() {
            return say::line("all is well; nothing was kept");
        }
        let mut parked = Parked::default();
        block_on(async {
            parked = settle(&checked.database(), &checked.manifest).await?;
            Ok(())
        })?;
        checked.keep()?;
        let Parked {
            jobs,
            calls,
            messages,
            scheduled,
        } = parked;
        say::line(format_args!(
            "parked     {jobs} jobs, {calls} webhook calls, {messages} messages on their way, {scheduled} replies for later; what should still go out, send again by hand"
        ))?;
        say::line(format_args!("restored into {}", into.display()))?;
        say::line(format_args!(
            "put {} there before you start the server, then: frontdesk-server serve --data {}",
            key_file::NAME,
            into.display()
        ))
    }
}

fn show(manifest: &Manifest) -> Result<(), CliError> {
    let rows: u64 = manifest.rows.values().sum();
    let uploads = manifest.entries.len().saturating_sub(1);
    say::line(format_args!(
        "taken at   {}, schema {}",
        manifest.taken_at, manifest.schema
    ))?;
    say::line(format_args!(
        "checked    {} accounts, {rows} rows, {uploads} uploads",
        manifest.accounts.len()
    ))?;
    if let Some(bucket) = &manifest.bucket {
        say::line(format_args!(
            "uploads    stayed in {bucket}: set files.store as it was, or for a trial copy the bucket first, since a desk removes what it does not need"
        ))?;
    }
    for path in &manifest.missing {
        say::line(format_args!(
            "missing    {path}: it was gone when the backup was made"
        ))?;
    }
    Ok(())
}
