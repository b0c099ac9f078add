//! The first run: what `ui` asks for in its four steps is done here, and the inbox opens from it.
//!
//! Until the agent has said everything, all of it is in memory: leaving leaves nothing behind.

mod keep;
mod questions;
mod words;

use crate::environment::Environment;
use crate::error::Error;
use crate::net::api::{self, Http, Session};
use crate::sign_in::{Agent, Desk};
use crate::stop;
use crate::terminal::{Heard, Input, Screen, Surface as _, may_ask, message};
use crate::themes::Themes;
use frontdesk_ui::Msg;
use frontdesk_ui::effect::MouseUse;
use frontdesk_ui::first_run::{self as steps, Before, FirstRun, Look, Wish, update};
use frontdesk_ui::theme::Theme;
use std::future::pending;
use std::pin::{Pin, pin};
use std::time::Duration;
use tokio::time::timeout;

/// How long a session that is not kept may take to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// What the inbox opens with.
pub(super) struct Ready {
    pub(super) desk: Desk,
    pub(super) agent: Agent,
    pub(super) screen: Screen,
    pub(super) run: FirstRun,
}

/// A question on its way. Only the latest counts; asking another lets it go.
type Question = Pin<Box<dyn Future<Output = Answered>>>;

/// What a question brought.
struct Answered {
    heard: steps::Heard,
    session: Option<Box<Begun>>,
}

/// A session that is in memory only.
struct Begun {
    http: Http,
    session: Session,
}

/// Everything on the way to the inbox.
struct Guide<'a> {
    desk: &'a Desk,
    environment: &'a Environment,
    themes: Themes,
    theme: Theme,
    question: Option<Question>,
    session: Option<Box<Begun>>,
    /// Who is signed in, once that is kept.
    kept: Option<(Desk, Agent)>,
}

/// What woke the loop.
enum Woken {
    /// Somebody asked the program to end, or the terminal is gone.
    Left,
    Terminal(Heard),
    Answered(Answered),
}

/// Leads through the steps; nothing when the agent left on the way.
pub(super) async fn lead_through(
    desk: &Desk,
    environment: &Environment,
) -> Result<Option<Ready>, Error> {
    let (mut run, wishes) = FirstRun::begin(before(desk));
    let mut guide = Guide {
        desk,
        environment,
        themes: desk.output.themes().clone(),
        theme: desk.output.theme().clone(),
        question: None,
        session: None,
        kept: None,
    };
    let mut screen = Screen::take(MouseUse::Terminals).map_err(Error::Terminal)?;
    let mut input = Input::default();
    let mut stop = pin!(stop::asked());
    let draw = |screen: &mut Screen, run: &FirstRun, guide: &Guide<'_>| {
        screen
            .draw_first_run(run, &guide.theme)
            .map_err(Error::Terminal)
    };
    draw(&mut screen, &run, &guide)?;
    if may_ask(environment) {
        screen.ask_ground(&mut input).map_err(Error::Terminal)?;
    }
    let mut waiting = wishes;
    loop {
        for wish in waiting {
            if guide.carry_out(&mut run, wish) == Next::Leave {
                drop(screen);
                guide.farewell().await;
                return Ok(None);
            }
        }
        if let Some((desk, agent)) = guide.kept.take() {
            return Ok(Some(Ready {
                desk,
                agent,
                screen,
                run,
            }));
        }
        draw(&mut screen, &run, &guide)?;
        let woken = tokio::select! {
            biased;
            _ = stop.as_mut() => Woken::Left,
            heard = input.next() => match heard {
                Some(Ok(heard)) => Woken::Terminal(heard),
                Some(Err(_)) | None => Woken::Left,
            },
            answered = answer(&mut guide.question) => Woken::Answered(answered),
        };
        waiting = guide.hear(&mut run, woken);
    }
}

/// Whether the agent goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    Leave,
}

impl Guide<'_> {
    /// Takes in what happened, and says what follows.
    fn hear(&mut self, run: &mut FirstRun, woken: Woken) -> Vec<Wish> {
        match woken {
            Woken::Left => vec![Wish::Leave],
            Woken::Terminal(Heard::Event(event)) => match message(event) {
                Some(Msg::Key(key)) => update(run, steps::Heard::Key(key)),
                Some(Msg::Paste(text)) => update(run, steps::Heard::Paste(text)),
                _ => Vec::new(),
            },
            Woken::Terminal(Heard::Ground(ground)) => {
                self.themes.stand_on(ground);
                self.show(run.look());
                Vec::new()
            }
            Woken::Answered(answered) => {
                self.question = None;
                self.session = answered.session.or(self.session.take());
                update(run, answered.heard)
            }
        }
    }

    fn carry_out(&mut self, run: &mut FirstRun, wish: Wish) -> Next {
        match wish {
            Wish::Leave => return Next::Leave,
            Wish::Check(address) => {
                self.question = Some(Box::pin(questions::check(self.desk.clone(), address)));
            }
            Wish::SignIn {
                server,
                email,
                password,
            } => {
                let asked = questions::sign_in(self.desk.clone(), server, email, password);
                self.question = Some(Box::pin(asked));
            }
            Wish::Show(look) => self.show(&look),
            Wish::Keep(look) => {
                let kept = keep::keep(self.desk, self.environment, self.session.as_deref(), &look);
                let answer = kept.map(|kept| self.kept = Some(kept));
                // Nothing more is wanted after this.
                drop(update(
                    run,
                    steps::Heard::Kept(answer.map_err(|error| words::of(&error))),
                ));
            }
        }
        Next::GoOn
    }

    /// What a theme's file has wrong is said when it is chosen for good.
    fn show(&mut self, look: &Look) {
        self.theme = self.themes.read(&look.theme).0;
    }

    /// Ends a session on the server that nobody will use. One that stays ends by itself.
    async fn farewell(self) {
        let Some(begun) = self.session else {
            return;
        };
        let asked = api::end_session(&begun.http, &begun.session);
        if !matches!(timeout(FAREWELL, asked).await, Ok(Ok(()))) {
            tracing::debug!("the session was left to end by itself");
        }
    }
}

/// What is known before anybody is asked.
fn before(desk: &Desk) -> Before {
    let config = &desk.config;
    Before {
        usual: config.server.origin(),
        named: config.server_named.then(|| config.server.origin()),
        look: Look {
            theme: config.theme.clone(),
            glyphs: desk.output.glyphs(),
            keys: config.keys_preset,
        },
        themes: desk.output.themes().names(),
    }
}

async fn answer(question: &mut Option<Question>) -> Answered {
    match question {
        Some(question) => question.await,
        None => pending().await,
    }
}
