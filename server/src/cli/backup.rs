//! `backup`: the whole desk in one file, while the server runs.

use super::error::CliError;
use super::options::Options;
use super::progress::Shown;
use super::say;
use crate::backup::{BackUp, Manifest, Uploads, back_up};
use crate::config::DatabaseAt;
use clap::Args;
use frontdesk_db::{Clock, SystemClock};
use std::path::PathBuf;

/// Back up the whole desk into one file
///
/// The server may run: the backup holds one moment of the database, and the uploads. It does not
/// hold secret.key, the configuration file, certificates, or uploads in a bucket: keep those elsewhere. The file is there
/// only when it is whole.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  frontdesk-server backup /var/backups/frontdesk-$(date +%F).tar"
)]
pub(super) struct Backup {
    /// Where to write it; there must be no such file yet
    #[arg(value_name = "FILE")]
    into: PathBuf,
}

impl Backup {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        let config = options.load(Vec::new())?.config;
        let place = config.place();
        if let DatabaseAt::Sqlite(file) = &config.database.url
            && !config.data.join(file).exists()
        {
            return Err(CliError::usage(format!(
                "there is no desk in {}\n  hint: say where it is with --data DIR",
                config.data.display()
            )));
        }
        let bucket = config.files.bucket();
        let wanted = BackUp {
            place: &place,
            uploads: match &bucket {
                Some(bucket) => Uploads::Bucket(bucket),
                None => Uploads::Here(&config.data),
            },
            into: &self.into,
            now: SystemClock.now(),
        };
        let mut shown = Shown::default();
        let made = back_up(&wanted, &mut |progress| shown.show(progress));
        shown.end();
        show(&self.into.display().to_string(), &made?)
    }
}

fn show(path: &str, made: &Manifest) -> Result<(), CliError> {
    let bytes: u64 = made.entries.iter().map(|entry| entry.bytes).sum();
    let rows: u64 = made.rows.values().sum();
    let uploads = made.entries.len().saturating_sub(1);
    say::line(format_args!("backup     {path}"))?;
    say::line(format_args!(
        "taken at   {}, schema {}",
        made.taken_at, made.schema
    ))?;
    say::line(format_args!(
        "holds      {} accounts, {rows} rows, {uploads} uploads, {} KiB",
        made.accounts.len(),
        bytes / 1024
    ))?;
    for path in &made.missing {
        say::line(format_args!("missing    {path}: not on the disk any more"))?;
    }
    for left in &made.not_included {
        say::line(format_args!("not in it  {left}"))?;
    }
    Ok(())
}
