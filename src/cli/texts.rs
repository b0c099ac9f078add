//! The arguments of the commands around texts that are kept: macros, canned replies, templates, and what an AI
//! makes of a text.

use super::{Each, How};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Macros {
    #[command(subcommand)]
    pub what: Option<MacrosWhat>,
}

/// What is done with macros.
#[derive(Debug, Subcommand)]
pub enum MacrosWhat {
    /// Run a macro: its text is written and its steps are done, in each conversation
    Run {
        #[arg(value_name = "NAME")]
        name: String,
        /// A name of this run; under the same name its text is sent once, however often this runs
        #[arg(long, value_name = "NAME")]
        once: Option<String>,
        #[command(flatten)]
        each: Each,
    },
    /// Print macros as they stand in a configuration file; without names, all of them
    Export {
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Put the macros of a file into your configuration
    Import(Import),
}

#[derive(Debug, Args)]
pub struct Canned {
    #[command(subcommand)]
    pub what: Option<CannedWhat>,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

/// What is done with canned replies.
#[derive(Debug, Subcommand)]
pub enum CannedWhat {
    /// Print canned replies as text that can be imported; without names, all of them
    Export {
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Put the canned replies of a file on the server, for all colleagues
    Import(Import),
}

/// Something that was exported.
#[derive(Debug, Args)]
pub struct Import {
    /// The file, or - to read it from the standard input
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    /// Write it also over those of the same name that say something else
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, Args)]
pub struct Templates {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Rewrite {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// The text, or - to read it from the standard input
    #[arg(value_name = "TEXT|-", allow_hyphen_values = true)]
    pub text: String,
    /// What shall be different, such as "shorter" or "more formal"
    #[arg(long, value_name = "TEXT")]
    pub wish: String,
}

#[derive(Debug, Args)]
pub struct HandOver {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
}
