//! The commands, one file each.

mod around;
mod ask;
mod authenticator;
mod block;
mod bulk;
mod canned;
mod configuration;
#[cfg(feature = "local")]
pub mod demo;
mod doctor;
mod draft;
mod drafts;
mod each;
mod enclose;
mod export;
mod find;
mod first_run;
mod follow;
mod forward;
mod imported;
mod knowledge;
mod later;
mod learning;
mod link;
mod login;
mod logout;
mod logs;
mod ls;
mod macros;
mod merge;
mod names;
mod new;
mod pages;
mod retry;
mod same_person;
mod screen;
mod search;
mod second_factor;
mod send;
mod show;
mod split;
mod story;
mod suggest;
mod tail;
mod templates;
mod texts;
mod triage;
mod views;

use crate::cli::{Cli, Command};
use crate::config::{self, Config, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::sign_in::Desk;
use tokio::runtime::{Builder, Runtime};

/// What a command runs on. One thread is enough for a client, which waits for one server and one
/// terminal; a server of our own wants them all.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime(command: Option<&Command>) -> std::io::Result<Runtime> {
    let mut builder = match command {
        #[cfg(feature = "local")]
        Some(Command::Demo(_) | Command::Tutor) => Builder::new_multi_thread(),
        _ => Builder::new_current_thread(),
    };
    builder.enable_all().build()
}

/// Does what the arguments say.
///
/// # Errors
/// When it could not be done.
pub async fn run(cli: Cli, environment: &Environment) -> Result<(), Error> {
    let paths = Paths::find(environment).ok_or(Error::NoHome)?;
    let config = match &cli.command {
        // What is wrong with the configuration is what is asked for.
        Some(Command::Config(_)) => Config::default(),
        _ => config::load(&cli.settings, environment, &paths)?,
    };
    let desk = Desk::new(config, paths, environment);
    let Some(command) = cli.command else {
        return Box::pin(screen::run(&desk, environment)).await;
    };
    match command {
        Command::Login(args) => login::run(&desk, args).await,
        Command::Logout(args) => logout::run(&desk, &args).await,
        Command::SecondFactor(args) => second_factor::run(&desk, args).await,
        Command::Ls(args) => ls::run(&desk, &args).await,
        Command::Show(args) => show::run(&desk, &args).await,
        Command::Tail(args) => tail::run(&desk, &args).await,
        Command::Reply(args) => send::reply(&desk, args).await,
        Command::Later(args) => later::run(&desk, &args).await,
        Command::Templates(args) => templates::run(&desk, &args).await,
        Command::Note(args) => send::note(&desk, args).await,
        Command::Draft(args) => draft::run(&desk, &args).await,
        Command::Rewrite(args) => texts::rewrite(&desk, &args).await,
        Command::HandOver(args) => texts::hand_over(&desk, &args).await,
        Command::Assign(args) => triage::assign(&desk, &args).await,
        Command::Snooze(args) => triage::snooze(&desk, &args).await,
        Command::Close(args) => triage::close(&desk, &args).await,
        Command::Reopen(args) => triage::reopen(&desk, &args).await,
        Command::Spam(args) => triage::spam(&desk, &args).await,
        Command::Block(args) => block::block(&desk, &args).await,
        Command::Unblock(args) => block::unblock(&desk, &args).await,
        Command::Merge(args) => merge::run(&desk, &args).await,
        Command::Link(args) => link::link(&desk, &args).await,
        Command::Unlink(args) => link::unlink(&desk, &args).await,
        Command::Related(args) => link::related(&desk, &args).await,
        Command::SamePerson(args) => same_person::run(&desk, &args).await,
        Command::Split(args) => split::run(&desk, &args).await,
        Command::Forward(args) => forward::run(&desk, &args).await,
        Command::Tag(args) => triage::tag(&desk, &args).await,
        Command::New(args) => new::run(&desk, &args).await,
        Command::Priority(args) => triage::priority(&desk, &args).await,
        Command::Read(args) => triage::read(&desk, &args).await,
        Command::Unread(args) => triage::unread(&desk, &args).await,
        Command::Move(args) => triage::move_to(&desk, &args).await,
        Command::Views(args) => views::run(&desk, &args).await,
        Command::Macros(args) => macros::run(&desk, &args).await,
        Command::Canned(args) => canned::run(&desk, &args).await,
        Command::Drafts(args) => drafts::run(&desk, &args).await,
        Command::Suggest(args) => suggest::run(&desk, &args).await,
        Command::Knowledge(args) => knowledge::run(&desk, &args).await,
        Command::Learning(args) => learning::run(&desk, &args).await,
        Command::Logs(args) => logs::run(&desk, &args),
        Command::Bulk(args) => bulk::run(&desk, &args).await,
        Command::Search(args) => search::run(&desk, &args).await,
        Command::Follow(args) => follow::run(&desk, &args).await,
        Command::Attachments(args) => around::attachments(&desk, &args).await,
        Command::Availability(args) => around::availability(&desk, &args).await,
        Command::Connections(args) => around::connections(&desk, &args).await,
        Command::Export(args) => export::run(&desk, &args).await,
        Command::Completions(args) => pages::completions(&args),
        Command::Man(args) => pages::man(&args),
        Command::Config(args) => configuration::run(&args, &cli.settings, environment, &desk.paths),
        Command::Doctor(args) => doctor::run(&desk, environment, &args).await,
        #[cfg(feature = "local")]
        Command::Demo(args) => Box::pin(demo::run(&desk, environment, &args)).await,
        #[cfg(feature = "local")]
        Command::Tutor => Box::pin(demo::tour(&desk, environment)).await,
    }
}
