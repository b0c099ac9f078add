//! The commands, one file each.

mod find;
mod login;
mod logout;
mod ls;
mod send;
mod show;
mod tail;

use crate::cli::{Cli, Command};
use crate::config::{self, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::sign_in::Desk;

/// Does what the arguments say.
///
/// # Errors
/// When it could not be done.
pub async fn run(cli: Cli, environment: &Environment) -> Result<(), Error> {
    let paths = Paths::find(environment).ok_or(Error::NoHome)?;
    let config = config::load(&cli.settings, environment, &paths)?;
    let desk = Desk::new(config, paths, environment);
    match cli.command {
        Command::Login(args) => login::run(&desk, args).await,
        Command::Logout(args) => logout::run(&desk, &args).await,
        Command::Ls(args) => ls::run(&desk, &args).await,
        Command::Show(args) => show::run(&desk, &args).await,
        Command::Tail(args) => tail::run(&desk, &args).await,
        Command::Reply(args) => send::reply(&desk, args).await,
        Command::Note(args) => send::note(&desk, args).await,
    }
}
