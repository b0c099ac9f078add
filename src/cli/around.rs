//! The arguments of the commands around conversations: who is there, what the desk is connected with, what
//! customers sent along.

use clap::{Args, ValueEnum};
use frontdesk_protocol::kind::Availability;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Available {
    /// How colleagues see you
    #[arg(value_name = "WHICH", value_enum)]
    pub to: Presence,
}

/// How colleagues see somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Presence {
    Online,
    Away,
    Offline,
}

impl From<Presence> for Availability {
    fn from(presence: Presence) -> Self {
        match presence {
            Presence::Online => Self::Online,
            Presence::Away => Self::Away,
            Presence::Offline => Self::Offline,
        }
    }
}

#[derive(Debug, Args)]
pub struct Connections {
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Attachments {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// Save them into this folder; nothing there is written over
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Print JSON, as the server sent it
    #[arg(long, conflicts_with = "into")]
    pub json: bool,
}
