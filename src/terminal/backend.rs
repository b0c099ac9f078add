//! What the screen is drawn with: crossterm's own, but cells are told in fewer bytes, a frame is
//! one write, nothing is written where nothing has changed, and the terminal is never asked where
//! its cursor is. The answer would come in between the keys.

use super::one_write::OneWrite;
use super::paint::paint;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, Write as _};

/// A backend that writes whole frames and asks nothing.
#[derive(Debug)]
pub(super) struct WholeFrames {
    inner: CrosstermBackend<OneWrite>,
    frame: OneWrite,
    cursor: Position,
    looks: CursorLooks,
}

/// Whether the cursor is seen, as far as the terminal was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CursorLooks {
    Untold,
    Hidden,
    /// It stands where it was put, and nothing has been drawn since.
    Shown(Position),
    /// Drawing has moved it.
    Astray,
}

impl WholeFrames {
    pub(super) fn new() -> Self {
        let frame = OneWrite::default();
        Self {
            inner: CrosstermBackend::new(frame.clone()),
            frame,
            cursor: Position::ORIGIN,
            looks: CursorLooks::Untold,
        }
    }
}

impl Backend for WholeFrames {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let painted = paint(content);
        if painted.is_empty() {
            return Ok(());
        }
        if let CursorLooks::Shown(_) = self.looks {
            self.looks = CursorLooks::Astray;
        }
        self.frame.write_all(painted.as_bytes())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.looks == CursorLooks::Hidden {
            return Ok(());
        }
        self.looks = CursorLooks::Hidden;
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        match self.looks {
            CursorLooks::Shown(_) | CursorLooks::Astray => Ok(()),
            CursorLooks::Untold | CursorLooks::Hidden => {
                self.looks = CursorLooks::Astray;
                self.inner.show_cursor()
            }
        }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        match self.looks {
            CursorLooks::Shown(at) if at == self.cursor => return Ok(()),
            CursorLooks::Shown(_) | CursorLooks::Astray => {
                self.looks = CursorLooks::Shown(self.cursor);
            }
            CursorLooks::Untold | CursorLooks::Hidden => {}
        }
        self.inner.set_cursor_position(self.cursor)
    }

    fn clear(&mut self) -> io::Result<()> {
        // Somebody else may have had the terminal.
        self.looks = CursorLooks::Untold;
        self.inner.clear()
    }

    fn clear_region(&mut self, what: ClearType) -> io::Result<()> {
        self.looks = CursorLooks::Untold;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(at: u16, sign: &'static str) -> (u16, u16, Cell) {
        (at, 0, Cell::new(sign))
    }

    fn frame(backend: &mut WholeFrames, cells: &[(u16, u16, Cell)], cursor: Option<(u16, u16)>) {
        let content = cells.iter().map(|(x, y, cell)| (*x, *y, cell));
        backend.draw(content).unwrap();
        match cursor {
            None => backend.hide_cursor().unwrap(),
            Some(at) => {
                backend.show_cursor().unwrap();
                backend.set_cursor_position(at).unwrap();
            }
        }
    }

    #[test]
    fn where_nothing_has_changed_nothing_is_written() {
        let mut backend = WholeFrames::new();
        frame(&mut backend, &[text(0, "a")], None);
        assert!(!backend.frame.take().is_empty());
        frame(&mut backend, &[], None);
        assert!(backend.frame.take().is_empty());
        frame(&mut backend, &[], Some((3, 0)));
        assert!(!backend.frame.take().is_empty());
        frame(&mut backend, &[], Some((3, 0)));
        assert!(backend.frame.take().is_empty());
    }

    #[test]
    fn the_cursor_comes_back_after_drawing() {
        let mut backend = WholeFrames::new();
        frame(&mut backend, &[], Some((3, 0)));
        backend.frame.take();
        frame(&mut backend, &[text(7, "b")], Some((3, 0)));
        let written = String::from_utf8(backend.frame.take()).unwrap();
        assert!(written.ends_with("\u{1b}[1;4H"), "{written:?}");
    }
}
