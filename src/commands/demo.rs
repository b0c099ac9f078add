//! `frontdesk demo`: a whole desk with example data on this machine, gone when it ends.

use super::screen::Opening;
use super::{login, screen};
use crate::cli::Demo as DemoArgs;
use crate::clock;
use crate::config::{Config, KeepTokens, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::net::address::Address;
use crate::output::say;
use crate::secret::Secret;
use crate::sign_in::Desk;
use crate::stop;
use frontdesk_server::config::{Config as ServerConfig, PublicUrl, folder};
use frontdesk_server::seed::{self, SeedError, SeedOptions, Seeded, post};
use frontdesk_server::server::{Running, StartError};
use frontdesk_ui::model::tutor::Tutor;
use std::net::Ipv4Addr;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How often a customer of the demonstration writes.
const BETWEEN_MESSAGES: Duration = Duration::from_secs(12);

/// Why the demonstration does not run.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("there is no room for its data")]
    Room(#[source] std::io::Error),
    #[error("its data folder cannot be set up")]
    Folder(#[from] folder::FolderError),
    #[error("its address makes no sense")]
    Address,
    #[error("no port is free on this machine")]
    Port(#[source] std::io::Error),
    #[error("the server does not start")]
    Start(#[from] StartError),
    #[error("the example data cannot be made")]
    Seed(#[from] SeedError),
}

/// A desk that lives as long as the program.
struct Demo {
    running: Running,
    seeded: Seeded,
    /// Removed with everything in it at the end.
    folder: TempDir,
}

pub(super) async fn run(
    desk: &Desk,
    environment: &Environment,
    args: &DemoArgs,
) -> Result<(), Error> {
    say("Making an example desk: a shop with a year of conversations...");
    let demo = start().await?;
    let has_no_screen = !desk.config.linear && screen::check_terminal(environment).is_err();
    let is_served = args.serve || has_no_screen;
    let ended = if is_served {
        desk.output.words(&welcome(&demo))?;
        // When the signal cannot be waited for, ending at once is all that is left.
        stop::asked().await.map_err(Error::Start)
    } else {
        Box::pin(open(desk, environment, &demo, Opening::default())).await
    };
    demo.end().await;
    ended
}

/// The guided tour over the same desk.
pub(super) async fn tour(desk: &Desk, environment: &Environment) -> Result<(), Error> {
    screen::check_terminal(environment)?;
    say("Making an example desk for the tour...");
    let demo = start().await?;
    let opening = Opening {
        tutor: Some(Tutor::default()),
        ..Opening::default()
    };
    let ended = Box::pin(open(desk, environment, &demo, opening)).await;
    demo.end().await;
    ended
}

impl Demo {
    async fn end(self) {
        say("Stopping.");
        self.running.stop().await;
        drop(self.folder);
    }
}

/// Opens the inbox of one of its agents, with customers who go on writing.
async fn open(
    desk: &Desk,
    environment: &Environment,
    demo: &Demo,
    opening: Opening,
) -> Result<(), Error> {
    let address: Address = format!("http://{}", demo.running.address())
        .parse()
        .map_err(|_| DemoError::Address)?;
    let config = Config {
        keep_tokens: KeepTokens::File,
        ..desk.config.clone()
    };
    // Everything of the demonstration lies in its own folder and goes with it.
    let paths = Paths::within(demo.folder.path().join("home"));
    let desk = Desk::new(config, paths, environment).at(address);
    login::with_password(
        &desk,
        demo.seeded.email,
        &Secret::new(demo.seeded.password.to_owned()),
    )
    .await?;
    let life = CancellationToken::new();
    let living = live(demo, life.clone());
    let shown = async {
        let opened = screen::open(&desk, environment, desk.stored()?, opening);
        let shown = Box::pin(opened).await;
        life.cancel();
        shown
    };
    let (shown, ()) = tokio::join!(shown, living);
    shown
}

/// Lets customers write until it is told to stop.
async fn live(demo: &Demo, stop: CancellationToken) {
    let account_id = demo.seeded.account_id;
    for chance in 0_u64.. {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(BETWEEN_MESSAGES) => {}
        }
        if let Err(error) = seed::live::happen(demo.running.db(), account_id, chance).await {
            tracing::warn!(%error, "the customers of the demonstration fell silent");
            return;
        }
    }
}

/// Starts a server on a free port of this machine, with example data in a folder of its own.
async fn start() -> Result<Demo, DemoError> {
    let folder = tempfile::Builder::new()
        .prefix("frontdesk-demo-")
        .tempdir()
        .map_err(DemoError::Room)?;
    folder::prepare(folder.path())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(DemoError::Port)?;
    let config = ServerConfig {
        data: folder.path().to_owned(),
        public_url: PublicUrl::OfListener,
        ..ServerConfig::default()
    };
    let running = post::start(config, listener).await?;
    let seeded = seed::seed(running.db(), SeedOptions::new(clock::now())).await?;
    Ok(Demo {
        running,
        seeded,
        folder,
    })
}

/// How to talk to it.
fn welcome(demo: &Demo) -> String {
    let server = format!("http://{}", demo.running.address());
    let Seeded {
        account_id,
        email,
        password,
        conversations,
        ..
    } = demo.seeded;
    let program = std::env::current_exe().map_or_else(
        |_| "frontdesk".to_owned(),
        |path| path.display().to_string(),
    );
    format!(
        "
The desk of Northlight Outfitters is open at {server}, with {conversations} conversations.

Sign in from another terminal (the password is {password}):

  {program} login --server {server} --email {email}

Then try, with the same program:

  frontdesk ls                     the open conversations
  frontdesk ls --mine              yours
  frontdesk show 12                one with everything in it
  frontdesk reply 12 \"On its way\"  answer the customer
  frontdesk note 12 \"Ask Tomas\"    a note that only agents see
  frontdesk tail                   what happens, as it happens

Programs can reach it too:

  REST        {server}/api
  channels    {server}/socket
  account id  {account_id}   for a chat widget: base URL {server}
  health      {server}/health/ready

It listens on this machine only, and everything is gone when it ends. Ctrl-C ends it."
    )
}
