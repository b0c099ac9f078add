//! What is suggested about conversations, what is learnt from them, and what became of drafts.

use clap::{Args, Subcommand};
use frontdesk_protocol::id::KnowledgeId;

#[derive(Debug, Args)]
pub struct Suggest {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Take back what was sorted by itself, as far as nobody has changed it since
    #[arg(long)]
    pub undo: bool,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Learning {
    /// So many days back, at most a year
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: Option<u16>,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Knowledge {
    #[command(subcommand)]
    pub what: Option<KnowledgeWhat>,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

/// What is done with knowledge.
#[derive(Debug, Subcommand)]
pub enum KnowledgeWhat {
    /// Print a text
    Show {
        #[arg(value_name = "ID")]
        id: KnowledgeId,
    },
    /// Propose what a conversation has shown: what was asked first and answered last
    Propose {
        /// The number of the conversation, with or without #, or its id
        #[arg(value_name = "NUMBER|ID")]
        conversation: String,
        #[command(flatten)]
        worded: Worded,
    },
    /// Let drafts rest on what was proposed; for admins
    Approve {
        #[arg(value_name = "ID")]
        id: KnowledgeId,
        /// It is for the company only
        #[arg(long)]
        internal: bool,
        #[command(flatten)]
        worded: Worded,
    },
    /// Turn down what was proposed; for admins
    Reject {
        #[arg(value_name = "ID")]
        id: KnowledgeId,
    },
}

/// An entry of knowledge in other words.
#[derive(Debug, Args)]
pub struct Worded {
    /// Call it this
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Let it say this
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
}
