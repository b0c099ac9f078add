//! `openapi`: the description of the API.

use super::error::CliError;
use super::say;
use crate::http::openapi::document;
use clap::Args;

/// Print the API's OpenAPI description
#[derive(Debug, Args)]
pub(super) struct Openapi;

impl Openapi {
    pub(super) fn run(self) -> Result<(), CliError> {
        say::line(format_args!("{:#}", document()))
    }
}
