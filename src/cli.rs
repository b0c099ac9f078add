//! The arguments of the program, and nothing else.

mod around;
mod drafts;
mod learnt;
mod second_factor;
mod texts;
mod verbs;
mod written;

pub use around::{Attachments, Available, Connections, Presence};
pub use drafts::{Draft, Drafts, DraftsWhat};
pub use learnt::{Knowledge, KnowledgeWhat, Learning, Suggest, Worded};
pub use second_factor::{SecondFactor, SecondFactorWhat};
pub use texts::{Canned, CannedWhat, HandOver, Import, Macros, MacrosWhat, Rewrite, Templates};
pub use verbs::{
    Assign, Bulk, Configuration, ConfigurationWhat, Each, Export, Follow, Format, Forward, How,
    Later, LaterWhat, Link, Logs, Merge, Move, New, Order, Prioritize, Rank, Related, SamePerson,
    Search, Snooze, Split, Tag, Views, ViewsWhat, Way,
};
pub use written::{Note, Place, Reply, Written};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0   it is done
  1   it failed
  2   the command line is wrong
  3   the server refused, or something new was written since you looked
  4   the server cannot be reached
  5   of several things some are done and some are not
  64  the configuration is wrong";

/// A support inbox for the terminal.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub settings: Settings,
    /// What to do; without one the inbox opens
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be said with every command, and stands in the configuration otherwise.
#[derive(Debug, Clone, Default, Args)]
pub struct Settings {
    /// Read this configuration file instead of the usual one
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The address of the server, such as `https://desk.example.com`
    #[arg(long, global = true, value_name = "URL")]
    pub server: Option<String>,
    /// Allow an unencrypted connection to a server that is not this machine
    #[arg(long, global = true)]
    pub insecure_http: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<String>,
    /// A theme by name
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// The inbox as lines that follow each other, for screen readers
    #[arg(long, global = true)]
    pub linear: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in to a server
    Login(Login),
    /// Sign out
    Logout(Logout),
    /// Show your second factor, switch it on or off
    SecondFactor(SecondFactor),
    /// List conversations
    Ls(Ls),
    /// Show a conversation
    Show(Show),
    /// Print what happens, as it happens
    Tail(Tail),
    /// Reply to the customer
    Reply(Reply),
    /// List the replies that go out later, take one back or move it
    Later(Later),
    /// List the texts that may go out although the customer has not written lately
    Templates(Templates),
    /// Write a note that only agents see
    Note(Note),
    /// Have a reply drafted, and print it; nothing is sent
    Draft(Draft),
    /// Have a text of yours written otherwise, and print it
    Rewrite(Rewrite),
    /// Have a note written by which a conversation is handed over, and print it
    HandOver(HandOver),
    /// Write to a customer first: begin a conversation
    New(New),
    /// Assign conversations to somebody, to a team or to nobody
    Assign(Assign),
    /// Let conversations rest
    Snooze(Snooze),
    /// Close conversations
    Close(Each),
    /// Open conversations again, also what is spam
    Reopen(Each),
    /// Mark conversations as spam
    Spam(Each),
    /// Block the customers of conversations: what they write goes to the spam, and so do these
    Block(Each),
    /// Hear blocked customers again, and bring these conversations out of the spam
    Unblock(Each),
    /// Merge conversations of one customer into another, or take a merge back
    Merge(Merge),
    /// Link conversations with another, so that each shows the other
    Link(Link),
    /// Take the links of conversations with another away
    Unlink(Link),
    /// Show what stands beside a conversation: links, and who may be the same person
    Related(Related),
    /// Say that a customer is the same person as the customer of a conversation
    SamePerson(SamePerson),
    /// Split messages off into a conversation of their own
    Split(Split),
    /// Show a conversation to somebody else by mail; answers come back beside it
    Forward(Forward),
    /// Put tags on conversations and take them off
    Tag(Tag),
    /// Give conversations priority, or take it away
    Priority(Prioritize),
    /// Mark conversations read
    Read(Each),
    /// Mark conversations unread
    Unread(Each),
    /// Move conversations to another inbox
    Move(Move),
    /// List the views of the server, keep a search as one, remove one
    Views(Views),
    /// List your macros, run one, carry them from desk to desk
    Macros(Macros),
    /// List the canned replies of the desk, carry them from desk to desk
    Canned(Canned),
    /// List the drafts that wait for a decision
    Drafts(Drafts),
    /// Say how a conversation may be sorted, or take back what was sorted by itself
    Suggest(Suggest),
    /// List knowledge that was proposed, propose some, decide about it
    Knowledge(Knowledge),
    /// Say what became of drafts; for admins
    Learning(Learning),
    /// Do the same to every conversation that a search finds
    Bulk(Box<Bulk>),
    /// Look for messages, conversations and customers
    Search(Search),
    /// Show a conversation, and what is written in it from now on
    Follow(Follow),
    /// List the files of a conversation, or save them
    Attachments(Attachments),
    /// Print whole conversations, to keep or to carry elsewhere
    Export(Export),
    /// Be online, away or offline for your colleagues
    Availability(Available),
    /// Say how mailboxes and other connections are; for admins
    Connections(Connections),
    /// Look at the configuration
    Config(Configuration),
    /// Print this program's own log
    Logs(Logs),
    /// Look at the terminal, the configuration and the server, and say what does not work
    Doctor(Doctor),
    /// Print completions for a shell
    Completions(Completions),
    /// Write the manual pages, one for each command
    Man(Man),
    /// Try it: a desk with example data on this machine
    #[cfg(feature = "local")]
    Demo(Demo),
    /// Learn it: a short guided tour over the desk with example data
    #[cfg(feature = "local")]
    Tutor,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    /// The folder to write them into
    #[arg(long, value_name = "DIR")]
    pub into: PathBuf,
}

#[derive(Debug, Args)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[cfg(feature = "local")]
#[derive(Debug, Args)]
pub struct Demo {
    /// Open no inbox; say how to reach the desk and keep it running
    #[arg(long)]
    pub serve: bool,
}

#[derive(Debug, Default, Args)]
pub struct Login {
    /// Your address
    #[arg(long, value_name = "EMAIL")]
    pub email: Option<String>,
    /// Read the password from the first line of the standard input, and from the next a code, where one is wanted
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Debug, Args)]
pub struct Logout {
    /// Also delete everything this program has stored here about servers
    #[arg(long)]
    pub wipe: bool,
}

#[derive(Debug, Args)]
pub struct Ls {
    /// Only those with this status
    #[arg(long, value_enum, default_value_t = Which::Open)]
    pub status: Which,
    /// Only those assigned to you
    #[arg(long, conflicts_with = "unassigned")]
    pub mine: bool,
    /// Only those assigned to nobody
    #[arg(long)]
    pub unassigned: bool,
    /// Only those where a colleague named you and you have not looked
    #[arg(long)]
    pub mentions: bool,
    /// Print JSON, as the server sent it
    #[arg(long, conflicts_with = "ids")]
    pub json: bool,
    /// Print the numbers alone
    #[arg(long)]
    pub ids: bool,
    /// How many at most
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// Which conversations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    Open,
    Closed,
    Snoozed,
    Spam,
    All,
}

impl Which {
    /// The filter of the list, where one is needed.
    #[must_use]
    pub fn filter(self) -> Option<(&'static str, String)> {
        let status = match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Snoozed => "snoozed",
            Self::Spam => "spam",
            Self::All => return None,
        };
        Some(("status", status.to_owned()))
    }
}

#[derive(Debug, Args)]
pub struct Show {
    /// The number of the conversation, with or without #, or its id
    #[arg(value_name = "NUMBER|ID")]
    pub conversation: String,
    /// The whole story of the customer: all their conversations, in the order of time
    #[arg(long)]
    pub story: bool,
    /// Print JSON, as the server sent it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Tail {
    /// Print one JSON object for each event
    #[arg(long)]
    pub json: bool,
    /// Begin after this event number instead of where the last run stopped
    #[arg(long, value_name = "SEQ")]
    pub after: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_make_sense() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_dash_is_a_text() {
        let cli = Cli::try_parse_from(["frontdesk", "reply", "12", "-"]).unwrap();
        let Some(Command::Reply(reply)) = cli.command else {
            panic!("not a reply")
        };
        assert_eq!(reply.text.as_deref(), Some("-"));
    }

    #[test]
    fn help_states_the_exit_codes() {
        let help = Cli::command().render_long_help().to_string();
        for code in ["0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "64 "] {
            assert!(help.contains(&format!("\n  {code}")), "{code}");
        }
    }
}
