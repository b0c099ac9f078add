//! The arguments of the commands that change conversations, look for them and carry them out of
//! the desk: what the screen does, for scripts.

use clap::{Args, Subcommand, ValueEnum};
use frontdesk_protocol::id::{BulkRunId, MergeId, MessageId, ScheduledReplyId};
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
pub struct Prioritize {
    /// Whether they come first
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Rank::High)]
    pub to: Rank,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Move {
    /// The name of the inbox
    #[arg(long, value_name = "INBOX")]
    pub to: String,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Merge {
    /// Those that go: numbers, with or without #, or ids; - reads them from the standard input
    #[arg(
        value_name = "NUMBER|ID|-",
        required_unless_present = "undo",
        requires = "into"
    )]
    pub conversations: Vec<String>,
    /// The one that stays, of the same customer
    #[arg(long, value_name = "NUMBER|ID")]
    pub into: Option<String>,
    /// Take a merge back, by the id that was printed
    #[arg(long, value_name = "MERGE", conflicts_with_all = ["conversations", "into"])]
    pub undo: Option<MergeId>,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, Args)]
pub struct Link {
    /// The other conversation
    #[arg(long = "with", value_name = "NUMBER|ID")]
    pub other: String,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct Related {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct SamePerson {
    /// The conversation whose customer stays
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// The customer who becomes one with them: an id, as `frontdesk related` prints it, or a name
    #[arg(long = "as", value_name = "CUSTOMER")]
    pub customer: String,
    /// Do it; without this it is only said what would be done
    #[arg(long)]
    pub yes: bool,
    /// Do it although a signature has proven who one of them is
    #[arg(long, requires = "yes")]
    pub across_proof: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Split {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Those that go: ids of messages, as `frontdesk show --json` prints them
    #[arg(value_name = "MESSAGE", required = true)]
    pub messages: Vec<MessageId>,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, Args)]
pub struct Forward {
    /// The address of whoever shall read it
    #[arg(long, value_name = "EMAIL")]
    pub to: String,
    /// What stands above it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub text: String,
    #[command(flatten)]
    pub each: Each,
}

#[derive(Debug, Args)]
pub struct New {
    /// Whom to write to: an address, a number with its country such as +358401234567, a name, or
    /// the id of a customer
    #[arg(value_name = "WHO")]
    pub to: String,
    /// The text, or - to read it from the standard input
    #[arg(value_name = "TEXT|-", allow_hyphen_values = true)]
    pub text: String,
    /// By which channel; when nothing is said, by what the customer is known by
    #[arg(long, value_name = "CHANNEL", value_enum)]
    pub by: Option<Way>,
    /// What a mail is about
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// The inbox it leaves by, by its name
    #[arg(long, value_name = "INBOX")]
    pub inbox: Option<String>,
    /// A name of this conversation; under the same name it is begun once, however often this runs
    #[arg(long, value_name = "NAME")]
    pub once: Option<String>,
    /// A file that goes along; may be given several times
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
    #[command(flatten)]
    pub how: How,
}

/// By which channel somebody is written to first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Way {
    Email,
    Sms,
    Whatsapp,
    /// They read it when they come back to the page
    Chat,
}

#[derive(Debug, Args)]
pub struct Later {
    #[command(subcommand)]
    pub what: Option<LaterWhat>,
    /// Print one JSON object for each
    #[arg(long)]
    pub json: bool,
}

/// What is done to replies that go out later.
#[derive(Debug, Subcommand)]
pub enum LaterWhat {
    /// Take replies back
    Cancel {
        #[arg(value_name = "ID", required = true)]
        ids: Vec<ScheduledReplyId>,
    },
    /// Let a reply go out at another time
    Move {
        #[arg(value_name = "ID")]
        id: ScheduledReplyId,
        /// Such as "2h", "tomorrow 9" or "fri 14:00"
        #[arg(long, value_name = "WHEN")]
        at: String,
    },
}

#[derive(Debug, Args)]
pub struct Views {
    #[command(subcommand)]
    pub what: Option<ViewsWhat>,
    /// Print one JSON object for each view, with how many stand in it
    #[arg(long)]
    pub json: bool,
}

/// What is done to the views of the server.
#[derive(Debug, Subcommand)]
pub enum ViewsWhat {
    /// Keep a search under a name
    Add {
        /// What it shall be called
        #[arg(value_name = "NAME")]
        name: String,
        /// A search, as `frontdesk search` takes it
        #[arg(value_name = "SEARCH", required = true)]
        query: Vec<String>,
        /// In which order its conversations stand
        #[arg(long, value_name = "ORDER", value_enum, default_value_t = Order::Newest)]
        sort: Order,
        /// Let others see it: everybody, or a team by its name
        #[arg(long, value_name = "WHO")]
        share: Option<String>,
    },
    /// Give a view another name
    Rename {
        #[arg(value_name = "NAME")]
        name: String,
        /// What it shall be called
        #[arg(value_name = "NEW")]
        new: String,
    },
    /// Remove a view
    Remove {
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// In which order conversations stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    Newest,
    Oldest,
    WaitingLongest,
    Priority,
    WakesNext,
}

#[derive(Debug, Args)]
pub struct Logs {
    /// How many lines at most, the newest
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Print where the log is, and nothing of it
    #[arg(long)]
    pub path: bool,
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
    /// Mark them as spam
    #[arg(long, group = "status")]
    pub spam: bool,
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
    /// number: message:; what begins with - is kept out, and stands behind --
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
    /// Mend what check finds: write what was meant, and make the rest a comment. The file as it was
    /// is kept beside it
    Fix {
        /// Mend this file instead of the usual one
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Say what would be changed, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Print a JSON Schema of the configuration file, for editors
    Schema,
}
