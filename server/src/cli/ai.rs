//! `ai`: the model that drafts replies.

use super::error::CliError;
use super::options::Options;
use super::say;
use crate::ai::try_out;
use clap::Subcommand;

/// The model that drafts replies
#[derive(Debug, Subcommand)]
pub(super) enum Ai {
    /// Ask the model one small question, and say exactly what is wrong where there is no answer
    ///
    /// Nothing of any customer is sent. It may be run while the server runs. It ends with 1 when a
    /// model does not answer.
    Test,
}

impl Ai {
    pub(super) async fn run(self, options: &Options) -> Result<(), CliError> {
        match self {
            Self::Test => test(options).await,
        }
    }
}

async fn test(options: &Options) -> Result<(), CliError> {
    let config = options.load(Vec::new())?.config;
    let steps = try_out(&config).await;
    say::steps(&steps)?;
    match steps.iter().filter(|step| step.said.is_err()).count() {
        0 => Ok(()),
        bad => Err(CliError::Unwell(bad)),
    }
}
