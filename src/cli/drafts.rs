//! The arguments of the commands around what an AI drafts.

use super::Each;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Draft {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// What shall be different from the draft that stands there, such as "shorter"
    #[arg(long, value_name = "TEXT")]
    pub wish: Option<String>,
    /// Stop the draft that is being written
    #[arg(long, conflicts_with_all = ["wish", "prompt", "json"])]
    pub stop: bool,
    /// Print what a model is told, and ask none
    #[arg(long, conflicts_with_all = ["wish", "json"])]
    pub prompt: bool,
    /// Print the draft as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Drafts {
    #[command(subcommand)]
    pub what: Option<DraftsWhat>,
    /// Print JSON, as the server sent it
    #[arg(long, conflicts_with = "ids")]
    pub json: bool,
    /// Print the numbers of the conversations alone
    #[arg(long)]
    pub ids: bool,
}

/// What is done with drafts.
#[derive(Debug, Subcommand)]
pub enum DraftsWhat {
    /// Print the draft of a conversation, and what it rests on
    Show {
        /// The number of the conversation, with or without #, or its id
        #[arg(value_name = "NUMBER|ID")]
        conversation: String,
        /// Print the draft as JSON
        #[arg(long)]
        json: bool,
    },
    /// Send the drafts of conversations
    Approve {
        /// Send this instead of what the draft says
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
        /// Also send those that rest on a text for the company only
        #[arg(long)]
        internal: bool,
        #[command(flatten)]
        each: Each,
    },
    /// Say that the drafts of conversations are not used
    Reject {
        /// Why
        #[arg(long, value_name = "REASON")]
        reason: String,
        #[command(flatten)]
        each: Each,
    },
}
