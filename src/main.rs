//! The program: reads its arguments, runs one command and answers with an exit code.

use clap::Parser as _;
use frontdesk::cli::Cli;
use frontdesk::environment::Environment;
use frontdesk::{commands, output};
use std::process::ExitCode;

fn main() -> ExitCode {
    frontdesk::restore_terminal_on_panic();
    let cli = Cli::parse();
    let environment = Environment::of_process();
    let runtime = match commands::runtime(cli.command.as_ref()) {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&error.into()),
    };
    match runtime.block_on(commands::run(cli, &environment)) {
        Ok(()) if frontdesk::has_panicked() => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => output::fail(&error),
    }
}
