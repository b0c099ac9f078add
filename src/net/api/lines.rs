//! An answer that comes as lines, each to be read as soon as it is there.

use super::ApiError;
use super::http::offline;
use reqwest::Response;
use std::time::Duration;
use tokio::time::timeout;

/// The longest line. A conversation with a book in it fits.
const LONGEST: usize = 64 * 1024 * 1024;

/// Lines on their way.
#[derive(Debug)]
pub struct Lines {
    response: Response,
    patience: Duration,
    buffer: Vec<u8>,
    /// Up to where the buffer has been handed out.
    taken: usize,
    /// Up to where it has been searched for the end of a line.
    searched: usize,
}

impl Lines {
    pub(super) fn of(response: Response, patience: Duration) -> Self {
        Self {
            response,
            patience,
            buffer: Vec::new(),
            taken: 0,
            searched: 0,
        }
    }

    /// The next line, without its end. Nothing when the answer has ended; a line without an end
    /// was cut, and is left out.
    ///
    /// # Errors
    /// When the connection breaks, or nothing comes for too long.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, ApiError> {
        loop {
            let rest = &self.buffer[self.searched..];
            if let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let line = self.taken..self.searched + end;
                self.taken = line.end + 1;
                self.searched = self.taken;
                return Ok(Some(&self.buffer[line]));
            }
            self.searched = self.buffer.len();
            self.buffer.drain(..self.taken);
            self.searched -= self.taken;
            self.taken = 0;
            if self.buffer.len() > LONGEST {
                return Err(ApiError::TooLarge);
            }
            let chunk = timeout(self.patience, self.response.chunk())
                .await
                .map_err(|_| ApiError::TooSlow)?
                .map_err(offline)?;
            match chunk {
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
                None => return Ok(None),
            }
        }
    }
}
