//! One socket's task. It reads a frame, lets the session act on it, and writes whatever has been
//! queued meanwhile. While a handler waits for the database nothing more is read, but everything
//! is still written.

use super::decode::{Decoder, Event, Violation};
use super::encode::{self, Opcode};
use super::input::{Input, Taken};
use super::output::Output;
use crate::channels::session::{Session, Step, Work};
use crate::channels::sink::{Close, Ending, Sink};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite};

/// How many reads one turn makes before other sockets get theirs.
const READS_PER_TURN: usize = 8;

pub(crate) struct Driver<Io> {
    io: Io,
    sink: Arc<Sink>,
    session: Session,
    decoder: Decoder,
    input: Input,
    output: Output,
    work: Option<Work>,
    phase: Phase,
}

/// How far the closing handshake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    /// Our close frame is queued; the client has not answered it.
    Said,
    /// Our close frame is queued, and nothing is expected any more.
    Answered,
    /// All is written; the client's end is awaited.
    Lingering,
}

/// Why reading stops for this turn.
enum Read {
    /// A handler is under way, or nothing has come.
    Waits,
    /// The turn is over though more may have come.
    Yields,
    /// The client is gone.
    Over,
}

/// Why a frame ends the connection.
enum Stop {
    Violation(Violation),
    Malformed,
    /// The client said goodbye with this code.
    Goodbye(u16),
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Driver<Io> {
    pub(crate) fn new(io: Io, sink: Arc<Sink>, session: Session, early: &[u8]) -> Self {
        Self {
            io,
            sink,
            session,
            decoder: Decoder::default(),
            input: Input::starting_with(early),
            output: Output::default(),
            work: None,
            phase: Phase::Open,
        }
    }

    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let (ending, is_blocked) = self.write(cx)?;
            if ending == Ending::Dead || (self.phase == Phase::Answered && self.output.is_empty()) {
                return Poll::Ready(Ok(()));
            }
            match self.read(cx)? {
                Read::Over => return Poll::Ready(Ok(())),
                Read::Yields => cx.waker().wake_by_ref(),
                Read::Waits => {}
            }
            let nothing_to_write = is_blocked || self.output.is_empty();
            if nothing_to_write && self.sink.park(cx.waker(), ending, is_blocked) {
                return Poll::Pending;
            }
        }
    }

    /// Writes until all is written or the socket is full, and says whether it is full.
    fn write(&mut self, cx: &mut Context<'_>) -> io::Result<(Ending, bool)> {
        loop {
            let (written, batch) = self.output.batch();
            let ending = self.sink.take(written, batch);
            if let (Phase::Open, Ending::Closing(close)) = (self.phase, ending) {
                self.say_goodbye(close, Phase::Said);
            }
            if self.output.is_empty() {
                self.linger(cx)?;
                return Ok((ending, false));
            }
            match self.output.poll_write(&mut self.io, cx) {
                Poll::Ready(done) => done?,
                Poll::Pending => return Ok((ending, true)),
            }
        }
    }

    fn say_goodbye(&mut self, close: Close, phase: Phase) {
        self.output.push(encode::close(close.code, close.reason));
        self.phase = phase;
    }

    /// Ends our side once the close frame is out, so that it arrives before any reset.
    fn linger(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.phase == Phase::Said
            && let Poll::Ready(done) = Pin::new(&mut self.io).poll_shutdown(cx)
        {
            done?;
            self.phase = Phase::Lingering;
        }
        Ok(())
    }

    fn read(&mut self, cx: &mut Context<'_>) -> io::Result<Read> {
        // There may be whole frames that came along with the handshake.
        if self.work.is_none()
            && let Err(stop) = self.retry()
        {
            self.stop(&stop);
        }
        for _ in 0..READS_PER_TURN {
            if let Some(work) = &mut self.work {
                let Poll::Ready(done) = work.as_mut().poll(cx) else {
                    return Ok(Read::Waits);
                };
                self.work = None;
                self.session.resume(done);
                if let Err(stop) = self.retry() {
                    self.stop(&stop);
                }
                continue;
            }
            let Self {
                io,
                input,
                decoder,
                session,
                work,
                phase,
                ..
            } = self;
            let is_open = *phase == Phase::Open;
            let take = |bytes: &mut [u8]| {
                if is_open {
                    take(decoder, session, work, bytes)
                } else {
                    Ok(Taken { bytes: bytes.len() })
                }
            };
            match input.poll_read(io, cx, take) {
                Poll::Pending => return Ok(Read::Waits),
                Poll::Ready(Err(error)) => return Err(error),
                Poll::Ready(Ok(None)) => return Ok(Read::Over),
                Poll::Ready(Ok(Some(Ok(())))) => {}
                Poll::Ready(Ok(Some(Err(stop)))) => self.stop(&stop),
            }
        }
        Ok(Read::Yields)
    }

    /// Goes on with frames that had to wait.
    fn retry(&mut self) -> Result<(), Stop> {
        let Self {
            input,
            decoder,
            session,
            work,
            ..
        } = self;
        if self.phase != Phase::Open || !input.has_leftovers() {
            return Ok(());
        }
        input.retry(|bytes| take(decoder, session, work, bytes))
    }

    fn stop(&mut self, stop: &Stop) {
        if self.phase != Phase::Open {
            return;
        }
        let (close, phase) = match stop {
            Stop::Goodbye(code) => (
                Close {
                    code: *code,
                    reason: "",
                },
                Phase::Answered,
            ),
            Stop::Violation(violation) => (
                Close {
                    code: violation.code(),
                    reason: "",
                },
                Phase::Said,
            ),
            Stop::Malformed => (Close::MALFORMED, Phase::Said),
        };
        self.sink.close(close);
        self.say_goodbye(close, phase);
    }
}

/// Acts on all whole frames in `bytes`, up to the first whose handler has to wait.
fn take(
    decoder: &mut Decoder,
    session: &mut Session,
    work: &mut Option<Work>,
    bytes: &mut [u8],
) -> Result<Taken, Stop> {
    let mut done = 0;
    while work.is_none() && done < bytes.len() {
        let Some((used, event)) = decoder
            .decode(&mut bytes[done..])
            .map_err(Stop::Violation)?
        else {
            break;
        };
        done += used;
        let step = match event {
            Event::Text(text) => session.text(text),
            Event::Binary(bytes) => session.binary(bytes),
            Event::Ping(bytes) => Ok(session.ping(encode::frame(Opcode::Pong, bytes))),
            Event::Pong | Event::Fragment => Ok(session.sign_of_life()),
            Event::Close(code) => return Err(Stop::Goodbye(code)),
        };
        if let Step::Wait(future) = step.map_err(|_| Stop::Malformed)? {
            *work = Some(future);
        }
    }
    Ok(Taken { bytes: done })
}

impl<Io: AsyncRead + AsyncWrite + Unpin> Future for Driver<Io> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        // A broken connection ends like a closed one: there is nobody left to tell.
        this.turn(cx).map(|_result| ())
    }
}

impl<Io> Drop for Driver<Io> {
    fn drop(&mut self) {
        self.sink.kill();
        // What a client asked for is done even if it does not wait for the answer.
        if let (Some(work), Ok(_running)) =
            (self.work.take(), tokio::runtime::Handle::try_current())
        {
            self.session.finish_later(work);
        }
    }
}
