//! Reading: bytes arrive in a buffer that all sockets of a thread share. A socket owns memory
//! only for a frame whose end has not come yet, or that has to wait for its turn.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};

const SCRATCH: usize = 16 * 1024;

thread_local! {
    static SHARED: Cell<Option<Box<[u8]>>> = const { Cell::new(None) };
}

/// The bytes of one read, and those left from earlier.
#[derive(Debug, Default)]
pub(super) struct Input {
    left: Vec<u8>,
}

/// What a reader of bytes did with them.
pub(super) struct Taken {
    /// How many bytes are done with.
    pub(super) bytes: usize,
}

impl Input {
    /// Starts with bytes that came along with the handshake.
    pub(super) fn starting_with(bytes: &[u8]) -> Self {
        Self {
            left: bytes.to_vec(),
        }
    }

    pub(super) fn has_leftovers(&self) -> bool {
        !self.left.is_empty()
    }

    /// Offers the leftovers again.
    pub(super) fn retry<E>(
        &mut self,
        take: impl FnOnce(&mut [u8]) -> Result<Taken, E>,
    ) -> Result<(), E> {
        let taken = take(&mut self.left)?;
        self.drop_front(taken.bytes);
        Ok(())
    }

    /// Reads once and offers the bytes; keeps what was not taken. False at the end of the stream.
    pub(super) fn poll_read<Io, E>(
        &mut self,
        io: &mut Io,
        cx: &mut Context<'_>,
        take: impl FnOnce(&mut [u8]) -> Result<Taken, E>,
    ) -> Poll<io::Result<Option<Result<(), E>>>>
    where
        Io: AsyncRead + Unpin,
    {
        let mut scratch = SHARED
            .take()
            .unwrap_or_else(|| vec![0; SCRATCH].into_boxed_slice());
        let mut buffer = ReadBuf::new(&mut scratch);
        let read = Pin::new(io).poll_read(cx, &mut buffer);
        let outcome = read.map_ok(|()| match buffer.filled_mut() {
            [] => None,
            bytes => Some(self.offer(bytes, take)),
        });
        SHARED.set(Some(scratch));
        Poll::Ready(ready!(outcome))
    }

    fn offer<E>(
        &mut self,
        bytes: &mut [u8],
        take: impl FnOnce(&mut [u8]) -> Result<Taken, E>,
    ) -> Result<(), E> {
        if self.left.is_empty() {
            let taken = take(bytes)?;
            if let Some(rest) = bytes.get(taken.bytes..).filter(|rest| !rest.is_empty()) {
                self.left = rest.to_vec();
            }
            return Ok(());
        }
        self.left.extend_from_slice(bytes);
        self.retry(take)
    }

    fn drop_front(&mut self, count: usize) {
        if count >= self.left.len() {
            self.left = Vec::new();
        } else if count > 0 {
            self.left.drain(..count);
        }
    }
}
