//! `seed`: an example desk to look at.

use super::desk::{Access, Desk};
use super::error::CliError;
use super::options::Options;
use super::say;
use crate::seed::{SeedOptions, SeedPlace, seed};
use clap::Args;

/// Make an example desk: a shop with a year of conversations
///
/// Everybody can know its password, so nobody should reach it from outside.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// Make it although there are accounts already
    #[arg(long)]
    beside_others: bool,
    /// How many conversations the shop has had
    #[arg(long, value_name = "COUNT")]
    conversations: Option<usize>,
    /// Another number makes another desk, the same one the same
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

impl Seed {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        let desk = Desk::open(options, Access::Write)?;
        let mut wanted = SeedOptions::new(desk.db().now());
        if self.beside_others {
            wanted.place = SeedPlace::BesideOthers;
        }
        wanted.conversations = self.conversations.unwrap_or(wanted.conversations);
        wanted.seed = self.seed.unwrap_or(wanted.seed);
        let made = seed(desk.db(), wanted).await?;
        desk.close();
        say::line(format_args!("conversations  {}", made.conversations))?;
        say::line(format_args!("account        {}", made.account_id))?;
        say::line(format_args!(
            "sign in with   {} {}",
            made.email, made.password
        ))
    }
}
