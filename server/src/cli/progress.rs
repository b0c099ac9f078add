//! How far a long command has come, where somebody is looking.

use frontdesk_db::carry::Progress;
use std::io::{self, IsTerminal, Write};

/// What is shown. Nothing, where standard error is no terminal.
#[derive(Debug, Default)]
pub(super) struct Shown {
    is_there: bool,
}

impl Shown {
    /// Shows how far it has come.
    pub(super) fn show(&mut self, progress: Progress<'_>) {
        let mut out = io::stderr().lock();
        if out.is_terminal() {
            let Progress { what, done } = progress;
            // A line of progress that cannot be shown changes nothing about the work.
            drop(write!(out, "\r{what}: {done}\x1b[K").and_then(|()| out.flush()));
            self.is_there = true;
        }
    }

    /// Takes the line away.
    pub(super) fn end(&mut self) {
        if std::mem::take(&mut self.is_there) {
            let mut out = io::stderr().lock();
            // As above.
            drop(write!(out, "\r\x1b[K").and_then(|()| out.flush()));
        }
    }
}
