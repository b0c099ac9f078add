//! `frontdesk --linear`: the inbox as lines that follow each other, for screen readers and pipes.

use super::Begun;
use crate::clock;
use crate::error::Error;
use crate::output::say;
use crate::sign_in::Desk;
use frontdesk_inbox::{OutState, Queued};
use frontdesk_protocol::time::Timestamp;
use frontdesk_ui::glyph::Glyphs;
use frontdesk_ui::linear::Linear;
use frontdesk_ui::model::Size;
use frontdesk_ui::model::connection::Connection;
use frontdesk_ui::msg::Level;
use frontdesk_ui::{Effect, Model, Msg, start, update};
use jiff::tz::TimeZone;
use std::io::{self, BufRead as _};
use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

/// How big the screen would be. Nothing is drawn on it.
const SIZE: Size = Size {
    width: 100,
    height: 40,
};
/// How many typed lines may wait.
const WAITING: usize = 64;
/// How long a line waits for the answer to the one before it, at most, in seconds.
const PATIENCE: i64 = 10;
/// How much news is taken in before it is told.
const MOST_AT_ONCE: usize = 64;

/// Whether it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    End,
}

struct Lines<'a> {
    desk: &'a Desk,
    model: Model,
    linear: Linear,
    outside: crate::app::Outside,
}

/// Runs until the agent leaves, the input ends or somebody asks the program to end.
pub(super) async fn run(desk: &Desk, begun: Begun) -> Result<(), Error> {
    let Begun {
        work,
        mut news,
        rights,
    } = begun;
    let settings = desk.config.screen.clone();
    let mut model = Model::new(SIZE, TimeZone::system(), Glyphs::Ascii, settings);
    model.rights = rights;
    model.macros.clone_from(&desk.config.macros);
    let linear = Linear::begin(&mut model);
    let mut lines = Lines {
        desk,
        model,
        linear,
        outside: work.outside(),
    };
    let ended = lines.go_on(&mut news).await;
    work.stop().await;
    ended?;
    for line in frontdesk_ui::unsent(&lines.model) {
        say(&line);
    }
    Ok(())
}

impl Lines<'_> {
    async fn go_on(&mut self, news: &mut mpsc::Receiver<Msg>) -> Result<(), Error> {
        self.print(&["Frontdesk. help says what can be said.".to_owned()])?;
        let effects = start(&mut self.model, clock::now());
        self.carry_out(effects)?;
        let mut typed = typed_lines()?;
        let mut stop = pin!(crate::stop::asked());
        let mut patient_until = clock::now().plus_seconds(PATIENCE);
        loop {
            let told = self.linear.tell(&self.model);
            self.print(&told)?;
            let is_settled = self.linear.is_settled(&self.model);
            let is_ready = is_settled || clock::now() >= patient_until;
            let until_deadline = self.until_deadline();
            let next = tokio::select! {
                biased;
                asked = &mut stop => return asked.map_err(Error::Start),
                msg = news.recv() => match msg {
                    Some(msg) => self.news(msg, news)?,
                    None => Next::End,
                },
                line = typed.recv(), if is_ready => {
                    patient_until = clock::now().plus_seconds(PATIENCE);
                    match line {
                        Some(line) => self.hear(&line)?,
                        None => return self.send_the_rest(news).await,
                    }
                }
                () = sleep(how_long_until(patient_until)), if !is_ready => Next::GoOn,
                () = sleep(until_deadline.unwrap_or_default()), if until_deadline.is_some() => {
                    self.take(Msg::Tick)?
                }
            };
            if next == Next::End {
                return Ok(());
            }
        }
    }

    /// The input has ended: what was done before goes out first, as far as there is a connection.
    async fn send_the_rest(&mut self, news: &mut mpsc::Receiver<Msg>) -> Result<(), Error> {
        let mut stop = pin!(crate::stop::asked());
        while self.has_to_send() {
            let until_deadline = self.until_deadline();
            tokio::select! {
                biased;
                asked = &mut stop => return asked.map_err(Error::Start),
                msg = news.recv() => match msg {
                    Some(msg) => self.news(msg, news)?,
                    None => return Ok(()),
                },
                () = sleep(until_deadline.unwrap_or_default()), if until_deadline.is_some() => {
                    self.take(Msg::Tick)?
                }
            };
            let told = self.linear.tell(&self.model);
            self.print(&told)?;
        }
        Ok(())
    }

    fn has_to_send(&self) -> bool {
        let is_away = matches!(
            self.model.connection,
            Connection::Offline { .. } | Connection::SignedOut { .. }
        );
        let goes = |it: &Queued| matches!(it.state, OutState::Waiting | OutState::Sending);
        !is_away && self.model.outbox.iter().any(goes)
    }

    fn until_deadline(&self) -> Option<Duration> {
        self.model.next_deadline().map(how_long_until)
    }

    fn hear(&mut self, line: &str) -> Result<Next, Error> {
        let heard = self.linear.hear(&mut self.model, clock::now(), line);
        self.print(&heard.lines)?;
        self.carry_out(heard.effects)
    }

    /// Takes in what came, and whatever else is already there.
    fn news(&mut self, msg: Msg, more: &mut mpsc::Receiver<Msg>) -> Result<Next, Error> {
        let mut waiting = Some(msg);
        let mut taken = 0;
        while let Some(msg) = waiting {
            if let Msg::Arrived(arrival) = &msg {
                let told = Linear::arrived(&self.model, arrival);
                self.print(told.as_slice())?;
            }
            if self.take(msg)? == Next::End {
                return Ok(Next::End);
            }
            taken += 1;
            waiting = more.try_recv().ok().filter(|_| taken < MOST_AT_ONCE);
        }
        Ok(Next::GoOn)
    }

    fn take(&mut self, msg: Msg) -> Result<Next, Error> {
        let effects = update(&mut self.model, clock::now(), msg);
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Next, Error> {
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(Next::End),
                Effect::Redraw | Effect::SetMouse(_) | Effect::Suspend => {}
                Effect::Notify { title, body } => self.print(&[format!("{title}: {body}")])?,
                Effect::Copy { text, .. } => {
                    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                    self.print(&lines)?;
                }
                Effect::Edit(typed) => {
                    // The editor would want the terminal for itself.
                    let told = "Lines go in one by one here; there is no editor.";
                    let told = Msg::Told(Level::Plain, told.to_owned());
                    update(&mut self.model, clock::now(), told);
                    (self.outside)(Effect::SaveText(typed));
                }
                Effect::EditKnowledge(..) => {
                    let told = "There is no editor here. frontdesk knowledge approve --text writes it otherwise.";
                    let told = Msg::Told(Level::Plain, told.to_owned());
                    update(&mut self.model, clock::now(), told);
                }
                other => (self.outside)(other),
            }
        }
        Ok(Next::GoOn)
    }

    fn print(&self, lines: &[String]) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        self.desk.output.each(lines)
    }
}

fn how_long_until(moment: Timestamp) -> Duration {
    let micros = moment.0.saturating_sub(clock::now().0).max(0);
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

/// What is typed, line by line. A thread of its own reads it: it ends with its input, or with the
/// program.
fn typed_lines() -> Result<mpsc::Receiver<String>, Error> {
    let (send, typed) = mpsc::channel(WAITING);
    let read = move || {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else {
                return;
            };
            if send.blocking_send(line).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("lines".to_owned())
        .spawn(read)
        .map_err(Error::Input)?;
    Ok(typed)
}
