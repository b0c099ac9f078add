//! What can be typed after `cargo xtask`.

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use crate::parts;

/// Frontdesk's own chores
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) chore: Chore,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Chore {
    /// Bring what the tests need, then check and test everything
    ///
    /// Installs missing Debian packages when run as root and names them otherwise, starts a private
    /// PostgreSQL for the tests and removes it at the end. With CI=true nothing may be skipped.
    Test {
        /// Run only this part; may be given several times
        #[arg(long, value_name = "PART", value_parser = PossibleValuesParser::new(parts::names()))]
        only: Vec<String>,
    },
    /// Let the server's machine fail, again and again, for as long as it takes
    ///
    /// The server is killed under load, loses its disk, its database, its time, at one moment after
    /// another. Every seed is printed; what was found stands in docs/RELIABILITY.md.
    Torture {
        /// How many times each thing happens
        #[arg(long, value_name = "N", default_value_t = 100)]
        rounds: u64,
    },
    /// Write the manual pages and completions of both programs below deploy/
    Pages,
    /// Make the pictures in docs/images/ anew from what the tests draw
    Pictures,
    /// Check the rules that no compiler knows: sizes, leftovers, borders between crates, forgotten files
    Tidy,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_unknown_part_is_refused() {
        assert!(Cli::try_parse_from(["xtask", "test", "--only", "nothing"]).is_err());
        assert!(Cli::try_parse_from(["xtask", "test", "--only", "tidy", "--only", "fmt"]).is_ok());
    }
}
