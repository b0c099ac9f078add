//! The arguments of the commands that change conversations, look for them and carry them out of
//! the desk: what the screen does, for scripts.

use clap::{Args, Subcommand, ValueEnum};
use frontdesk_protocol::id::BulkRunId;
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
pub struct Draft {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// What shall be different from the draft that stands there, such as "shorter"
    #[arg(long, value_name = "TEXT")]
    pub wish: Option<String>,
    /// Print the draft as JSON
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
pub struct Bulk {
    /// A search, as `frontdesk search` takes it: words, "phrases", status: tag: assignee: and so on
    #[arg(
        value_name = "SEARCH",
        required_unless_present_any = ["undo", "watch"],
        conflicts_with_all = ["undo", "watch"]
    )]
    pub query: Vec<String>,
    /// Close them
    #[arg(long, group = "status")]
    pub close: bool,
    /// Open them again
    #[arg(long, group = "status")]
    pub reopen: bool,
    /// Let them rest until then, as in `frontdesk snooze`
    #[arg(long, value_name = "WHEN", group = "status")]
    pub snooze: Option<String>,
    /// Assign them, as in `frontdesk assign --to`
    #[arg(long, value_name = "WHO")]
    pub assign: Option<String>,
    /// Put a tag on; may be repeated
    #[arg(long, value_name = "TAG")]
    pub add_tag: Vec<String>,
    /// Take a tag off; may be repeated
    #[arg(long, value_name = "TAG")]
    pub remove_tag: Vec<String>,
    /// Give them priority, or take it away
    #[arg(long, value_name = "WHICH", value_enum)]
    pub priority: Option<Rank>,
    /// Mark them read
    #[arg(long)]
    pub read: bool,
    /// Take them out of all lists
    #[arg(long)]
    pub archive: bool,
    /// Write a note that only agents see in each
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Answer each customer; where somebody wrote meanwhile, nothing is sent
    #[arg(long, value_name = "TEXT")]
    pub reply: Option<String>,
    /// Take back what a run has done
    #[arg(long, value_name = "RUN")]
    pub undo: Option<BulkRunId>,
    /// Wait for a run that was begun before
    #[arg(long, value_name = "RUN", conflicts_with = "undo")]
    pub watch: Option<BulkRunId>,
    /// Do it although there are more than 25, or more than one customer is answered
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub how: How,
}

/// Whether a conversation comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rank {
    High,
    Normal,
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
