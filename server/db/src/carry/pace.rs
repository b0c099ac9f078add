//! Writes a large file at the side of a server at work. What is written and not yet synced waits
//! before the syncs of everybody else on the disk, and each message waits for one: so little is
//! ever left unsynced, and as long as that took the disk belongs to the others.

use std::fs::File;
use std::io;
use std::time::{Duration, Instant};

/// Bytes between two syncs.
const STRETCH: u64 = 4 << 20;

/// The longest rest, however long a stretch took.
const LONGEST: Duration = Duration::from_millis(500);

/// How fast a file is written.
#[derive(Debug)]
pub struct Pace {
    unsynced: u64,
    began: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        Self::new()
    }
}

impl Pace {
    /// Begins with nothing written.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "how long the disk takes is measured here and decides nothing else"
    )]
    pub fn new() -> Self {
        Self {
            unsynced: 0,
            began: Instant::now(),
        }
    }

    /// So many bytes were written to the file: syncs them when they are many, and rests.
    ///
    /// # Errors
    /// When they cannot be synced.
    pub fn wrote(&mut self, bytes: u64, file: &File) -> io::Result<()> {
        self.unsynced += bytes;
        if self.unsynced < STRETCH {
            return Ok(());
        }
        file.sync_data()?;
        std::thread::sleep(self.began.elapsed().min(LONGEST));
        *self = Self::new();
        Ok(())
    }
}
