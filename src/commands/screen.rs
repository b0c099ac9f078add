//! `frontdesk` without a command: the inbox itself.

mod outside;

use crate::app::{App, Tools};
use crate::config::{Config, NoticeChoice};
use crate::environment::Environment;
use crate::error::Error;
use crate::logging;
use crate::notify::Way;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_ui::Model;
use frontdesk_ui::model::Size;
use jiff::tz::TimeZone;
use std::io::{self, IsTerminal as _};
use tokio::sync::mpsc;

/// How much news may wait for the screen; whoever brings more waits.
const NEWS: usize = 256;

/// The inbox of whoever is signed in; whoever is not is asked to sign in first.
pub(super) async fn run(desk: &Desk, environment: &Environment) -> Result<(), Error> {
    check_terminal(environment)?;
    let agent = match desk.agent() {
        Ok(agent) => agent,
        Err(Error::NobodySignedIn | Error::NotSignedIn(_)) => {
            super::first_run::lead_through(desk).await?;
            desk.agent()?
        }
        Err(error) => return Err(error),
    };
    let _log = logging::begin(&desk.paths.log_folder(), environment);
    open(desk, environment, agent).await
}

/// Whether there is a terminal that can show the inbox.
pub(super) fn check_terminal(environment: &Environment) -> Result<(), Error> {
    let is_dumb = environment.get("TERM").is_none_or(|term| term == "dumb");
    if is_dumb || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    Ok(())
}

/// Opens the inbox of this agent and stays until they leave.
pub(super) async fn open(
    desk: &Desk,
    environment: &Environment,
    agent: Agent,
) -> Result<(), Error> {
    let (send, news) = mpsc::channel(NEWS);
    let work = outside::start(desk, agent, send)?;
    let (width, height) = crossterm::terminal::size().map_err(Error::Terminal)?;
    let mut model = Model::new(
        Size { width, height },
        TimeZone::system(),
        desk.output.glyphs(),
        desk.config.screen.clone(),
    );
    model.keymap = desk.config.keymap.clone();
    let theme = desk.output.theme().clone();
    let app = App::new(
        model,
        theme,
        None,
        work.outside(),
        news,
        tools(&desk.config, environment),
    )
    .map_err(Error::Terminal)?;
    let ended = app.run().await;
    // The terminal has been given back; what is left to do needs no screen.
    crate::terminal::restore();
    work.stop().await;
    let model = ended.map_err(Error::Terminal)?;
    if !model.outbox.is_empty() {
        let count = model.outbox.len();
        say(&format!(
            "{count} not sent yet; kept safe here, and sent next time."
        ));
    }
    Ok(())
}

fn tools(config: &Config, environment: &Environment) -> Tools {
    let set = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    let editor = set(&config.editor)
        .or_else(|| environment.get("VISUAL").map(str::to_owned))
        .or_else(|| environment.get("EDITOR").map(str::to_owned))
        .unwrap_or_else(|| "vi".to_owned());
    let notices = match config.notices {
        NoticeChoice::Auto => {
            Way::of_terminal(environment.get("TERM_PROGRAM"), environment.get("TERM"))
        }
        NoticeChoice::Only(way) => way,
    };
    Tools {
        editor,
        clipboard: set(&config.clipboard),
        notices,
    }
}
