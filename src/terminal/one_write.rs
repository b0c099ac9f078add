//! A frame as one write, between the marks that make a terminal show it whole.

use parking_lot::Mutex;
use std::io::{self, Write};
use std::sync::Arc;

/// Terminals that do not know synchronized updates ignore these.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Collects a frame. Clones share it: one is written into, the other says when it is complete.
#[derive(Debug, Clone, Default)]
pub(super) struct OneWrite {
    frame: Arc<Mutex<Vec<u8>>>,
}

impl OneWrite {
    /// Writes the frame.
    pub(super) fn finish(&self) -> io::Result<()> {
        let mut frame = self.frame.lock();
        if frame.is_empty() {
            return Ok(());
        }
        frame.extend_from_slice(END);
        let mut out = io::stdout().lock();
        let written = out.write_all(&frame).and_then(|()| out.flush());
        frame.clear();
        written
    }

    /// What has been collected, in the place of writing it.
    #[cfg(test)]
    pub(super) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.frame.lock())
    }
}

impl Write for OneWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut frame = self.frame.lock();
        if frame.is_empty() {
            frame.extend_from_slice(BEGIN);
        }
        frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// The parts of a frame are flushed one by one; nothing is written before all are there.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
