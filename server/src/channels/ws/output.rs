//! Writing: whatever waits for a socket leaves in as few system calls as possible.

use crate::channels::sink::Written;
use bytes::{Buf, Bytes};
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::AsyncWrite;

/// How many frames one system call takes at most.
const SLICES: usize = 64;

/// The frames under way; the first may be written in part.
#[derive(Debug, Default)]
pub(super) struct Output {
    batch: VecDeque<Bytes>,
    written: Written,
}

impl Output {
    pub(super) fn is_empty(&self) -> bool {
        self.batch.is_empty()
    }

    pub(super) fn batch(&mut self) -> (Written, &mut VecDeque<Bytes>) {
        (std::mem::take(&mut self.written), &mut self.batch)
    }

    pub(super) fn push(&mut self, frame: Bytes) {
        self.batch.push_back(frame);
    }

    /// Writes all of it. When it is done, no memory is kept.
    pub(super) fn poll_write<Io>(
        &mut self,
        io: &mut Io,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>>
    where
        Io: AsyncWrite + Unpin,
    {
        while !self.batch.is_empty() {
            let count = if self.batch.len() == 1 {
                ready!(Pin::new(&mut *io).poll_write(cx, &self.batch[0]))?
            } else {
                let mut slices = [IoSlice::new(&[]); SLICES];
                let filled = self.batch.iter().zip(&mut slices).map(|(frame, slice)| {
                    *slice = IoSlice::new(frame);
                });
                let filled = filled.count();
                ready!(Pin::new(&mut *io).poll_write_vectored(cx, &slices[..filled]))?
            };
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.advance(count);
        }
        self.batch = VecDeque::new();
        Poll::Ready(Ok(()))
    }

    fn advance(&mut self, mut count: usize) {
        self.written.bytes += count;
        while let Some(first) = self.batch.front_mut() {
            if count < first.len() {
                first.advance(count);
                return;
            }
            count -= first.len();
            self.written.frames += 1;
            self.batch.pop_front();
        }
    }
}
