//! What is written to customers and to colleagues.

use super::How;
use clap::Args;
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Debug, Args)]
pub struct Reply {
    #[command(flatten)]
    pub written: Written,
    /// The text, or - to read it from the standard input
    #[arg(
        value_name = "TEXT|-",
        allow_hyphen_values = true,
        required_unless_present = "template",
        conflicts_with = "template"
    )]
    pub text: Option<String>,
    /// Send a template instead of a text: its name or its id, as `frontdesk templates` lists them
    #[arg(long, value_name = "NAME|ID", conflicts_with = "attach")]
    pub template: Option<String>,
    /// What stands in a place of the template, such as 1=Ada; may be given several times
    #[arg(long = "var", value_name = "PLACE=VALUE", requires = "template")]
    pub places: Vec<Place>,
    /// Send even if something new was written since you looked
    #[arg(long)]
    pub force: bool,
    /// Let it go out later, such as "tomorrow 9"; not if the customer writes first
    #[arg(long, value_name = "WHEN", conflicts_with = "attach")]
    pub at: Option<String>,
    /// A file that goes along; may be given several times
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Note {
    #[command(flatten)]
    pub written: Written,
    /// The text, or - to read it from the standard input
    #[arg(value_name = "TEXT|-", allow_hyphen_values = true)]
    pub text: String,
    /// A file that goes along; may be given several times
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

/// Where something that was written goes.
#[derive(Debug, Args)]
pub struct Written {
    /// The number of the conversation, with or without #, or its id; - reads several from the
    /// standard input
    #[arg(value_name = "NUMBER|ID|-")]
    pub conversation: String,
    /// A name of this message; under the same name it is sent once, however often this runs
    #[arg(long, value_name = "NAME")]
    pub once: Option<String>,
    #[command(flatten)]
    pub how: How,
}

/// What stands in a place of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub value: String,
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        match given.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
                Ok(Self {
                    name: name.trim().to_owned(),
                    value: value.trim().to_owned(),
                })
            }
            _ => Err("it is not of the form PLACE=VALUE, such as 1=Ada"),
        }
    }
}
