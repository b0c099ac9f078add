//! `frontdesk` without a command: the inbox itself.

mod linear;
mod outside;

use super::first_run;
use crate::app::{App, Devices, Tools};
use crate::clock;
use crate::config::{Config, NoticeChoice};
use crate::environment::Environment;
use crate::error::Error;
use crate::logging;
use crate::looks::{Asking, Looks};
use crate::notify::Way;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use crate::terminal::{Input, Screen, may_ask};
use frontdesk_ui::effect::MouseUse;
use frontdesk_ui::model::Size;
use frontdesk_ui::model::layer::Layer;
use frontdesk_ui::model::rights::Rights;
use frontdesk_ui::model::tutor::Tutor;
use frontdesk_ui::{Model, Msg};
use jiff::tz::TimeZone;
use std::io::{self, IsTerminal as _};
use tokio::sync::mpsc;

/// How much news may wait for the screen; whoever brings more waits.
const NEWS: usize = 256;

/// The inbox of whoever is signed in; whoever is not is asked to sign in first.
pub(super) async fn run(desk: &Desk, environment: &Environment) -> Result<(), Error> {
    if desk.config.linear {
        let agent = desk.agent().await?;
        let _log = logging::begin(&desk.paths.log_folder(), environment);
        return linear::run(desk, begin(desk, agent)?).await;
    }
    check_terminal(environment)?;
    let agent = match desk.agent().await {
        Ok(agent) => agent,
        Err(Error::NobodySignedIn | Error::NotSignedIn(_)) => {
            let Some(ready) = first_run::lead_through(desk, environment).await? else {
                return Ok(());
            };
            let _log = logging::begin(&ready.desk.paths.log_folder(), environment);
            let begun = begin(&ready.desk, ready.agent)?;
            let opening = Opening {
                in_front: vec![Layer::FirstSync(Box::new(ready.run))],
                ..Opening::default()
            };
            let shown = show(&ready.desk, environment, begun, ready.screen, opening);
            return Box::pin(shown).await;
        }
        Err(error) => return Err(error),
    };
    let _log = logging::begin(&desk.paths.log_folder(), environment);
    Box::pin(open(desk, environment, agent, Opening::default())).await
}

/// What the inbox opens with, beside what is in it.
#[derive(Debug, Default)]
pub(super) struct Opening {
    pub(super) in_front: Vec<Layer>,
    pub(super) tutor: Option<Tutor>,
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
    opening: Opening,
) -> Result<(), Error> {
    let begun = begin(desk, agent)?;
    if desk.config.linear {
        return linear::run(desk, begun).await;
    }
    let screen = Screen::take(MouseUse::Terminals).map_err(Error::Terminal)?;
    show(desk, environment, begun, screen, opening).await
}

/// What works for the screen, and the news it brings.
struct Begun {
    work: outside::Work,
    news: mpsc::Receiver<Msg>,
    rights: Rights,
}

fn begin(desk: &Desk, agent: Agent) -> Result<Begun, Error> {
    let (send, news) = mpsc::channel(NEWS);
    let rights = agent.rights;
    let work = outside::start(desk, agent, send)?;
    Ok(Begun { work, news, rights })
}

/// Shows the inbox on a screen that is ours already, with something in front of it.
async fn show(
    desk: &Desk,
    environment: &Environment,
    begun: Begun,
    screen: Screen,
    opening: Opening,
) -> Result<(), Error> {
    let Begun { work, news, rights } = begun;
    let (width, height) = crossterm::terminal::size().map_err(Error::Terminal)?;
    let mut model = Model::new(
        Size { width, height },
        TimeZone::system(),
        desk.output.glyphs(),
        desk.config.screen.clone(),
    );
    model.rights = rights;
    model.keymap = desk.config.keymap.clone();
    model.macros.clone_from(&desk.config.macros);
    model.commands.clone_from(&desk.config.commands);
    model.kept.own.clone_from(&desk.config.views);
    model.recorder.named.clone_from(&desk.config.recorded);
    model.layers = opening.in_front;
    model.tutor = opening.tutor;
    let asking = if may_ask(environment) {
        Asking::Allowed
    } else {
        Asking::Never
    };
    let themes = desk.output.themes().clone();
    let looks = Looks::new(themes, &desk.config.theme, asking);
    let devices = Devices {
        screen,
        input: Input::default(),
        clock: Box::new(clock::now),
    };
    let app = App::new(
        model,
        devices,
        looks,
        work.outside(),
        news,
        tools(&desk.config, environment),
    );
    let ended = app.run().await;
    // The terminal has been given back; what is left to do needs no screen.
    crate::terminal::restore();
    work.stop().await;
    let model = ended.map_err(Error::Terminal)?;
    for line in frontdesk_ui::unsent(&model) {
        say(&line);
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
