//! The commands of `frontdesk-server`, one file each.

mod ai;
mod ask;
mod audit;
mod backup;
mod config;
mod connections;
mod desk;
mod doctor;
mod erase;
mod error;
mod export;
mod import;
mod inbox;
mod ingest;
mod init;
mod jobs;
mod key;
mod knowledge;
mod migrate;
mod openapi;
mod options;
mod pages;
mod progress;
mod quarantine;
mod restore;
mod retention;
mod say;
mod seed;
mod serve;
mod user;
mod webhook;

use clap::{Parser, Subcommand};
use error::CliError;
use options::Options;
use std::ffi::OsString;
use std::process::ExitCode;

/// Frontdesk's server.
#[derive(Debug, Parser)]
#[command(name = "frontdesk-server", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Init(init::Init),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Inbox(inbox::Inbox),
    Ingest(ingest::Ingest),
    #[command(subcommand)]
    Connections(connections::Connections),
    #[command(subcommand)]
    Key(key::Key),
    #[command(subcommand)]
    Ai(ai::Ai),
    #[command(subcommand)]
    Knowledge(knowledge::Knowledge),
    #[command(subcommand)]
    Jobs(jobs::Jobs),
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    #[command(subcommand)]
    Webhook(webhook::Webhook),
    #[command(subcommand)]
    Audit(audit::Audit),
    Seed(seed::Seed),
    Import(import::Import),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Migrate(migrate::Migrate),
    Doctor(doctor::Doctor),
    Erase(erase::Erase),
    Export(export::Export),
    #[command(subcommand)]
    Retention(retention::Retention),
    Completions(pages::Completions),
    Man(pages::Man),
    Openapi(openapi::Openapi),
    #[command(subcommand)]
    Config(config::Config),
}

/// Runs the command that the arguments ask for.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(asked) => return say::usage(&asked),
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say::failure(&error),
    }
}

fn run(cli: Cli) -> Result<(), CliError> {
    let Cli { options, command } = cli;
    match command {
        Command::Serve(serve) => serve.run(&options),
        Command::Init(init) => block_on(init.run(&options)),
        Command::User(user) => block_on(user.run(&options)),
        Command::Inbox(inbox) => block_on(inbox.run(&options)),
        Command::Ingest(ingest) => ingest.run(&options),
        Command::Connections(connections) => block_on(connections.run(&options)),
        Command::Key(key) => block_on(key.run(&options)),
        Command::Ai(ai) => block_on(ai.run(&options)),
        Command::Knowledge(knowledge) => block_on(knowledge.run(&options)),
        Command::Jobs(jobs) => block_on(jobs.run(&options)),
        Command::Quarantine(quarantine) => block_on(quarantine.run(&options)),
        Command::Webhook(webhook) => block_on(webhook.run(&options)),
        Command::Audit(audit) => block_on(audit.run(&options)),
        Command::Seed(seed) => block_on(seed.run(&options)),
        Command::Import(import) => block_on(import.run(&options)),
        Command::Backup(backup) => backup.run(&options),
        Command::Restore(restore) => restore.run(),
        Command::Migrate(migrate) => migrate.run(&options),
        Command::Doctor(doctor) => doctor.run(&options),
        Command::Erase(erase) => block_on(erase.run(&options)),
        Command::Export(export) => block_on(export.run(&options)),
        Command::Retention(retention) => block_on(retention.run(&options)),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
        Command::Openapi(openapi) => openapi.run(),
        Command::Config(config) => config.run(&options),
    }
}

/// Runs a short command to its end.
fn block_on(command: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_err(CliError::Runtime)?.block_on(command)
}
