//! `migrate`: a desk on SQLite moves to PostgreSQL.

use super::desk::{self, Access};
use super::error::CliError;
use super::options::Options;
use super::progress::Shown;
use super::say;
use crate::config::{DatabaseAt, PostgresUrl};
use clap::Args;
use frontdesk_db::carry::{Holding, to_postgres};
use frontdesk_db::{Clock, Db, SystemClock};
use std::sync::Arc;

/// Move the desk from SQLite to PostgreSQL
///
/// The server must be stopped. All of it is copied into an empty database in one transaction, read
/// back and compared table by table; unless all is equal, nothing is kept there. The SQLite file
/// stays as it is. The data folder goes on holding secret.key and the uploads.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  frontdesk-server migrate --data /var/lib/frontdesk --to postgres://frontdesk:secret@db/frontdesk"
)]
pub(super) struct Migrate {
    /// The empty database: `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(long, value_name = "URL")]
    to: String,
    /// Also print every table's rows and hash
    #[arg(long)]
    proof: bool,
}

/// Whether the hashes that were compared are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    Shown,
    Kept,
}

impl Migrate {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        let config = options.load(Vec::new())?.config;
        let DatabaseAt::Sqlite(file) = &config.database.url else {
            return Err(CliError::usage(
                "the desk is on PostgreSQL already\n  hint: to move from SQLite, give --database sqlite:FILE or leave database.url out",
            ));
        };
        if !self.to.starts_with("postgres://") && !self.to.starts_with("postgresql://") {
            return Err(CliError::usage(
                "--to needs postgres://USER:PASSWORD@HOST/DATABASE",
            ));
        }
        let target = PostgresUrl::new(self.to);
        let path = config.data.join(file);
        if !path.exists() {
            return Err(CliError::usage(format!(
                "there is no desk in {}\n  hint: say where it is with --data DIR",
                config.data.display()
            )));
        }
        let lock = desk::prepare(&config, Access::Write)?;
        // Brings the file to this program's schema, with a copy of it beside, as a start would.
        Db::open(&config.place(), Arc::new(SystemClock))?.close();
        let mut shown = Shown::default();
        let now = SystemClock.now();
        let moved = to_postgres(&path, target.reveal(), now, &mut |it| shown.show(it));
        shown.end();
        drop(lock);
        let proof = if self.proof {
            Proof::Shown
        } else {
            Proof::Kept
        };
        show(&moved?, proof)
    }
}

fn show(moved: &[Holding], proof: Proof) -> Result<(), CliError> {
    let rows: u64 = moved.iter().map(|table| table.rows).sum();
    if proof == Proof::Shown {
        let row = |table: &Holding| {
            [
                table.table.clone(),
                table.rows.to_string(),
                table.hash.clone(),
            ]
        };
        say::table(
            ["TABLE", "ROWS", "HASH ON BOTH SIDES"],
            moved.iter().map(row),
        )?;
    }
    say::line(format_args!(
        "moved {rows} rows of {} tables; both sides hold the same",
        moved.len()
    ))?;
    say::line(
        "set database.url to the new address and start the server; keep the SQLite file until you have a backup",
    )
}
