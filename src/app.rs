//! The one loop of the screen: it waits for keys, news and the clock, lets the model take them
//! in, and draws at most once for whatever came together.

mod clipboard;
mod editor;
mod suspend;
#[cfg(test)]
mod tests;

use crate::looks::Looks;
use crate::notify;
use crate::terminal::{Heard, Input, Surface, message};
use frontdesk_protocol::id::KnowledgeId;
use frontdesk_protocol::time::Timestamp;
use frontdesk_ui::effect::MouseUse;
use frontdesk_ui::model::settings::Shown;
use frontdesk_ui::msg::{Level, Typed};
use frontdesk_ui::theme::Ground;
use frontdesk_ui::{Effect, Model, Msg, start, update};
use std::collections::VecDeque;
use std::io;
use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Sleep, sleep};

/// Between two frames there is at least this time; what comes meanwhile shares the next one.
const BETWEEN_FRAMES: Duration = Duration::from_millis(8);

/// How long the first frame waits to hear what the terminal's ground is like, so that it need not
/// be drawn twice. A terminal that is near answers within a few milliseconds.
const GROUND: Duration = Duration::from_millis(30);

/// How much is taken in before a frame is due, so that a flood cannot stop the drawing.
const MOST_AT_ONCE: usize = 64;

/// What carries out the effects that are not the terminal's. It never blocks.
pub(crate) type Outside = Box<dyn FnMut(Effect) + Send>;

/// What opens the agent's editor, if one is set.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    pub(crate) editor: String,
    pub(crate) clipboard: Option<String>,
    pub(crate) notices: notify::Way,
}

/// What the loop runs on: what it draws on, where keys come from, and what time it is.
pub(crate) struct Devices<S> {
    pub(crate) screen: S,
    pub(crate) input: Input,
    pub(crate) clock: Box<dyn Fn() -> Timestamp + Send>,
}

/// The screen and everything it needs.
pub(crate) struct App<S> {
    model: Model,
    looks: Looks,
    outside: Outside,
    news: mpsc::Receiver<Msg>,
    tools: Tools,
    screen: S,
    /// Nothing while the terminal is somebody else's.
    input: Option<Input>,
    clock: Box<dyn Fn() -> Timestamp + Send>,
}

/// What woke the loop.
enum Woken {
    Stop,
    Typed(crossterm::event::Event),
    /// The terminal said what its ground is like.
    Ground(Ground),
    TerminalGone,
    News(Msg),
    NoMoreNews,
    /// The theme is another, or its file is wrong.
    Look(Result<(), String>),
    Clock,
    Frame,
}

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    End,
}

impl<S: Surface> App<S> {
    /// Puts this model on the screen.
    pub(crate) fn new(
        model: Model,
        devices: Devices<S>,
        looks: Looks,
        outside: Outside,
        news: mpsc::Receiver<Msg>,
        tools: Tools,
    ) -> Self {
        Self {
            model,
            looks,
            outside,
            news,
            tools,
            screen: devices.screen,
            input: Some(devices.input),
            clock: devices.clock,
        }
    }

    /// Runs until the agent leaves, the terminal goes away or somebody asks the program to end.
    pub(crate) async fn run(mut self) -> io::Result<Model> {
        self.screen.set_mouse(mouse_use(&self.model))?;
        let effects = start(&mut self.model, (self.clock)());
        self.carry_out(effects).await?;
        let mut stop = pin!(crate::stop::asked());
        let mut rest = pin!(sleep(GROUND));
        let mut is_dirty = true;
        if let Some(input) = self.input.as_mut().filter(|_| self.looks.wants_ground()) {
            self.screen.ask_ground(input)?;
        } else {
            self.screen.draw(&self.model, self.looks.theme())?;
            rest.set(sleep(BETWEEN_FRAMES));
            is_dirty = false;
        }
        loop {
            let woken = self.wait(&mut stop, &mut rest, is_dirty).await;
            let is_ground = matches!(woken, Woken::Ground(_));
            let next = match woken {
                Woken::Frame => Next::GoOn,
                woken => {
                    is_dirty = true;
                    self.take(woken).await?
                }
            };
            if next == Next::End {
                return Ok(self.model);
            }
            if is_dirty && (is_ground || rest.is_elapsed()) {
                self.screen.draw(&self.model, self.looks.theme())?;
                is_dirty = false;
                rest.set(sleep(BETWEEN_FRAMES));
            }
        }
    }

    /// Waits for the first thing that happens. Keys come before news: typing must win over a
    /// flood.
    async fn wait(
        &mut self,
        stop: &mut (impl Future<Output = io::Result<()>> + Unpin),
        rest: &mut std::pin::Pin<&mut Sleep>,
        is_dirty: bool,
    ) -> Woken {
        let until_deadline = self.until_deadline();
        tokio::select! {
            biased;
            _ = stop => Woken::Stop,
            typed = next_key(&mut self.input) => match typed {
                Some(Ok(Heard::Event(event))) => Woken::Typed(event),
                Some(Ok(Heard::Ground(ground))) => Woken::Ground(ground),
                Some(Err(_)) | None => Woken::TerminalGone,
            },
            () = rest.as_mut(), if is_dirty => Woken::Frame,
            news = self.news.recv() => news.map_or(Woken::NoMoreNews, Woken::News),
            look = self.looks.changed() => Woken::Look(look),
            () = sleep(until_deadline.unwrap_or_default()), if until_deadline.is_some() => Woken::Clock,
        }
    }

    /// How long until something changes by itself.
    fn until_deadline(&self) -> Option<Duration> {
        let deadline = self.model.next_deadline()?;
        let micros = deadline.0.saturating_sub((self.clock)().0).max(0);
        Some(Duration::from_micros(u64::try_from(micros).unwrap_or(0)))
    }

    /// Takes in what woke the loop, and whatever else is already there.
    async fn take(&mut self, woken: Woken) -> io::Result<Next> {
        let msg = match woken {
            Woken::Stop | Woken::TerminalGone | Woken::NoMoreNews => return Ok(Next::End),
            Woken::Typed(event) => {
                if event == crossterm::event::Event::FocusGained {
                    self.look_at_ground()?;
                }
                message(event)
            }
            Woken::News(msg) => Some(msg),
            Woken::Clock => Some(Msg::Tick),
            Woken::Ground(ground) => {
                self.looks.stand_on(ground);
                None
            }
            Woken::Look(Ok(())) => None,
            Woken::Look(Err(problem)) => {
                let words = format!("The theme stays as it was: {problem}.");
                Some(Msg::Told(Level::Bad, words))
            }
            Woken::Frame => None,
        };
        let mut waiting: VecDeque<Msg> = msg.into_iter().collect();
        let mut taken = 0;
        while let Some(msg) = waiting.pop_front() {
            let effects = update(&mut self.model, (self.clock)(), msg);
            if self.carry_out(effects).await? == Next::End {
                return Ok(Next::End);
            }
            taken += 1;
            if waiting.is_empty()
                && taken < MOST_AT_ONCE
                && let Ok(more) = self.news.try_recv()
            {
                waiting.push_back(more);
            }
        }
        Ok(Next::GoOn)
    }

    /// Whoever comes back may have turned the light on meanwhile: the terminal is asked again.
    /// Mode 2031 would tell of it at once; crossterm takes its report for the beginning of a key and
    /// waits for the end of it for ever.
    fn look_at_ground(&mut self) -> io::Result<()> {
        match &mut self.input {
            Some(input) if self.looks.wants_ground() => self.screen.ask_ground(input),
            _ => Ok(()),
        }
    }

    /// Does what the model wants of the terminal, and hands the rest on.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> io::Result<Next> {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Quit => return Ok(Next::End),
                Effect::Redraw => self.screen.forget()?,
                Effect::SetMouse(mouse) => self.screen.set_mouse(mouse)?,
                Effect::Suspend => self.yielded(async { suspend::stop_here() }).await?,
                Effect::Edit(typed) => waiting.extend(Box::pin(self.edit(typed)).await?),
                Effect::EditKnowledge(id, text) => {
                    waiting.extend(Box::pin(self.edit_knowledge(id, &text)).await?);
                }
                Effect::Copy { what, text } => waiting.extend(self.copy(what, &text).await?),
                Effect::Notify { title, body } => {
                    if let Some(sequence) = notify::sequence(self.tools.notices, &title, &body) {
                        self.screen.send(&sequence)?;
                    }
                }
                other => (self.outside)(other),
            }
        }
        Ok(Next::GoOn)
    }

    /// Lets somebody else have the terminal while `work` runs, and draws everything afterwards.
    async fn yielded<T>(&mut self, work: impl Future<Output = T>) -> io::Result<T> {
        // Nothing may read the keyboard while somebody else does.
        self.input = None;
        crate::terminal::restore();
        let result = work.await;
        self.model.size = self.screen.take_again(mouse_use(&self.model))?;
        self.input = Some(Input::default());
        Ok(result)
    }

    async fn edit(&mut self, typed: Typed) -> io::Result<Vec<Effect>> {
        let command = self.tools.editor.clone();
        let conversation_id = typed.conversation_id;
        let written = self.yielded(editor::edit(&command, &typed.text)).await?;
        let (text, problem) = match written {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let now = (self.clock)();
        let edited = Msg::Edited {
            conversation_id,
            text,
        };
        let mut effects = update(&mut self.model, now, edited);
        if let Some(problem) = problem {
            let told = Msg::Told(Level::Bad, format!("{problem}. Your text is kept."));
            effects.extend(update(&mut self.model, now, told));
        }
        Ok(effects)
    }

    async fn edit_knowledge(&mut self, id: KnowledgeId, text: &str) -> io::Result<Vec<Effect>> {
        let command = self.tools.editor.clone();
        let written = self.yielded(editor::edit(&command, text)).await?;
        let (text, problem) = match written {
            Ok(text) => (Some(text), None),
            Err(error) => (None, Some(format!("{error}. The text is as it was."))),
        };
        let now = (self.clock)();
        let mut effects = update(&mut self.model, now, Msg::KnowledgeWritten(id, text));
        let told = problem.map(|words| Msg::Told(Level::Bad, words));
        effects.extend(
            told.into_iter()
                .flat_map(|told| update(&mut self.model, now, told)),
        );
        Ok(effects)
    }

    async fn copy(&mut self, what: &str, text: &str) -> io::Result<Vec<Effect>> {
        let told = match clipboard::copy(self.tools.clipboard.as_deref(), text).await {
            clipboard::Copied::ByCommand => Msg::Told(Level::Good, format!("Copied {what}.")),
            clipboard::Copied::ByTerminal(sequence) => {
                self.screen.send(&sequence)?;
                Msg::Told(Level::Good, format!("Copied {what}."))
            }
            clipboard::Copied::Not(why) => {
                Msg::Told(Level::Bad, format!("Copying {what} failed: {why}."))
            }
        };
        Ok(update(&mut self.model, (self.clock)(), told))
    }
}

fn mouse_use(model: &Model) -> MouseUse {
    match model.settings.mouse {
        Shown::Yes => MouseUse::Ours,
        Shown::No => MouseUse::Terminals,
    }
}

async fn next_key(input: &mut Option<Input>) -> Option<io::Result<Heard>> {
    match input {
        Some(input) => input.next().await,
        None => std::future::pending().await,
    }
}
