//! The arguments of the commands that change conversations, look for them and carry them out of
//! the desk: what the screen does, for scripts.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Which conversations, and how it is told what came of each.
#[derive(Debug, Args)]
pub struct Each {
    /// Numbers, with or without #, or ids; - reads them from the standard input, the first word
    /// of each line
    #[arg(value_name = "NUMBER|ID|-", required = true)]
    pub conversations: Vec<String>,
    #[command(flatten)]
    pub how: How,
}

/// How something is done, and how it is told.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct How {
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print one JSON object for each conversation
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Assign {
    /// me, nobody, an address, a name, or team:NAME
    #[arg(long, value_name = "WHO")]
    pub to: String,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Snooze {
    /// Such as "2h", "tomorrow 9", "fri 14:00", "next week", or "reply" for when the customer
    /// writes
    #[arg(long, value_name = "WHEN")]
    pub until: String,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Tag {
    /// Put a tag on; may be repeated
    #[arg(long, value_name = "TAG", required_unless_present = "remove")]
    pub add: Vec<String>,
    /// Take a tag off; may be repeated
    #[arg(long, value_name = "TAG")]
    pub remove: Vec<String>,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Search {
    /// Words, "phrases", and from: to: status: tag: assignee: channel: before: after: has: is:
    /// number:; what begins with - is kept out, and stands behind --
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// Print JSON, as the server sent it
    #[arg(long, conflicts_with = "ids")]
    pub json: bool,
    /// Print the numbers alone, each once
    #[arg(long)]
    pub ids: bool,
    /// How many findings at most
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct Follow {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Print one JSON object for each event
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Numbers or ids; - reads them from the standard input. Without any, all you may see
    #[arg(value_name = "NUMBER|ID|-")]
    pub conversations: Vec<String>,
    /// Only those with this status
    #[arg(long, value_enum, default_value_t = super::Which::All, conflicts_with = "conversations")]
    pub status: super::Which,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub format: Format,
}

/// How conversations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object in each line, as the server sent it
    Jsonl,
    /// Texts to be read
    Text,
}

#[derive(Debug, Args)]
pub struct Configuration {
    #[command(subcommand)]
    pub what: ConfigurationWhat,
}

/// What can be asked about the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigurationWhat {
    /// Look whether the configuration is right, and say all that is wrong with it
    Check {
        /// Look at this file instead of the usual one
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print a JSON Schema of the configuration file, for editors
    Schema,
}
