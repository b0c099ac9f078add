//! What the screen is drawn with: crossterm's own, but a frame is one write, and the terminal is
//! never asked where its cursor is. The answer would come in between the keys.

use super::one_write::OneWrite;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io;

/// A backend that writes whole frames and asks nothing.
#[derive(Debug)]
pub(super) struct WholeFrames {
    inner: CrosstermBackend<OneWrite>,
    frame: OneWrite,
    cursor: Position,
}

impl WholeFrames {
    pub(super) fn new() -> Self {
        let frame = OneWrite::default();
        Self {
            inner: CrosstermBackend::new(frame.clone()),
            frame,
            cursor: Position::ORIGIN,
        }
    }
}

impl Backend for WholeFrames {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        self.inner.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, what: ClearType) -> io::Result<()> {
        self.inner.clear_region(what)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.frame.finish()
    }
}
