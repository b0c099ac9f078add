//! The terminal: taken with everything the screen needs, and given back as it was, whatever
//! happens.

mod ask;
mod backend;
mod input;
mod modes;
mod one_write;
mod paint;

#[cfg(test)]
mod tests;

pub(crate) use ask::may_ask;
pub(crate) use input::{Heard, Input, message};
pub(crate) use modes::restore;

use backend::WholeFrames;
use frontdesk_ui::effect::MouseUse;
use frontdesk_ui::first_run::{self, FirstRun};
use frontdesk_ui::model::Size;
use frontdesk_ui::theme::Theme;
use frontdesk_ui::{Model, view};
use ratatui::{Frame, Terminal};
use std::io;

/// What the inbox is drawn on. Beside the terminal there is one for tests of the loop.
pub(crate) trait Surface {
    /// Draws what has changed, in one write that the terminal shows at once.
    ///
    /// # Errors
    /// When the terminal is gone, here and below.
    fn draw(&mut self, model: &Model, theme: &Theme) -> io::Result<()>;

    /// Forgets what is on the terminal, so that everything is drawn again.
    fn forget(&mut self) -> io::Result<()>;

    /// Takes the mouse, or leaves it to the terminal.
    fn set_mouse(&mut self, mouse: MouseUse) -> io::Result<()>;

    /// Takes the terminal again after somebody else had it, and says how large it is now.
    fn take_again(&mut self, mouse: MouseUse) -> io::Result<Size>;

    /// Asks the terminal what its ground is like. The answer comes with the keys.
    fn ask_ground(&mut self, input: &mut Input) -> io::Result<()>;

    /// Sends something to the terminal beside what is drawn: a notice, or text for the clipboard.
    fn send(&mut self, sequence: &str) -> io::Result<()>;
}

/// The terminal while it is ours. Dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Screen {
    terminal: Terminal<WholeFrames>,
    title: String,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none, or it does not let itself be taken.
    pub(crate) fn take(mouse: MouseUse) -> io::Result<Self> {
        modes::take(mouse)?;
        let terminal = Terminal::new(WholeFrames::new()).inspect_err(|_| restore())?;
        let mut screen = Self {
            terminal,
            title: String::new(),
        };
        screen.terminal.clear()?;
        Ok(screen)
    }

    /// Draws a step of the first run.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn draw_first_run(&mut self, run: &FirstRun, theme: &Theme) -> io::Result<()> {
        let draw = |frame: &mut Frame<'_>| first_run::view(run, theme, frame);
        self.terminal.draw(draw).map(drop)
    }
}

impl Surface for Screen {
    fn draw(&mut self, model: &Model, theme: &Theme) -> io::Result<()> {
        self.terminal.draw(|frame| view(model, theme, frame))?;
        let title = frontdesk_ui::title(model);
        if title != self.title {
            modes::set_title(&title)?;
            self.title = title;
        }
        Ok(())
    }

    fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    fn set_mouse(&mut self, mouse: MouseUse) -> io::Result<()> {
        modes::set_mouse(mouse)
    }

    fn take_again(&mut self, mouse: MouseUse) -> io::Result<Size> {
        modes::take(mouse)?;
        self.title.clear();
        self.terminal.clear()?;
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn ask_ground(&mut self, input: &mut Input) -> io::Result<()> {
        input.expect_answer();
        modes::send(ask::QUESTION)
    }

    fn send(&mut self, sequence: &str) -> io::Result<()> {
        modes::send(sequence)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}
