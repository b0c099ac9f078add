//! Ctrl-C and the other wishes to stop.
//!
//! Signals are taken by a thread, so that the main thread always reaches its ends of scope and
//! leaves no server and no folder behind. Every child runs in a process group of its own: it does
//! not see the terminal's Ctrl-C, this module passes the wish on.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;

use parking_lot::Mutex;
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::report;

/// Knows whether we were asked to stop, and which child has to hear of it.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    requests: u32,
    running: Option<Pid>,
}

impl Interrupt {
    /// Takes the signals over, for the rest of the program.
    pub(crate) fn watch() -> io::Result<Self> {
        let interrupt = Self::unwatched();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let told = interrupt.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for _ in signals.forever() {
                    told.request();
                }
            })?;
        Ok(interrupt)
    }

    /// Knows of no signal; also what tests of other modules start from.
    pub(crate) fn unwatched() -> Self {
        Self(Arc::new(Mutex::new(State::default())))
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.0.lock().requests > 0
    }

    /// Asks the running child to end; the second time it is not asked any more.
    fn request(&self) {
        let mut state = self.0.lock();
        state.requests += 1;
        let signal = if state.requests == 1 {
            Signal::TERM
        } else {
            Signal::KILL
        };
        report::trouble("Stopping; whatever was started is being removed.");
        if let Some(group) = state.running {
            signal_group(group, signal);
        }
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, command: &mut Command) -> io::Result<ExitStatus> {
        let running = self.start(command)?;
        self.finish(running)
    }

    /// Starts a command as the one child that signals are passed on to.
    pub(crate) fn start(&self, command: &mut Command) -> io::Result<Child> {
        let mut state = self.0.lock();
        if state.requests > 0 {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "asked to stop"));
        }
        let child = command.stdin(Stdio::null()).process_group(0).spawn()?;
        state.running = Some(Pid::from_child(&child));
        Ok(child)
    }

    pub(crate) fn finish(&self, mut child: Child) -> io::Result<ExitStatus> {
        let status = child.wait();
        self.0.lock().running = None;
        status
    }
}

/// Sends a signal to a whole process group; a group that is already gone is what we wanted.
pub(crate) fn signal_group(group: Pid, signal: Signal) {
    match kill_process_group(group, signal) {
        Ok(()) | Err(rustix::io::Errno::SRCH) => {}
        Err(error) => report::trouble(&format!("cannot end process group {group:?}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    #[test]
    fn a_request_ends_the_running_child() {
        let interrupt = Interrupt::unwatched();
        let child = interrupt.start(Command::new("sleep").arg("600")).unwrap();
        interrupt.request();
        let status = interrupt.finish(child).unwrap();
        assert_eq!(status.signal(), Some(SIGTERM));
    }

    #[test]
    fn the_second_request_does_not_ask() {
        let interrupt = Interrupt::unwatched();
        let mut stubborn = Command::new("sh");
        stubborn
            .args(["-c", "trap '' TERM; echo ready; exec sleep 600"])
            .stdout(Stdio::piped());
        let mut child = interrupt.start(&mut stubborn).unwrap();
        let mut ready = [0; 6];
        io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut ready).unwrap();
        interrupt.request();
        interrupt.request();
        let status = interrupt.finish(child).unwrap();
        assert_eq!(status.signal(), Some(signal_hook::consts::SIGKILL));
    }

    #[test]
    fn nothing_starts_after_a_request() {
        let interrupt = Interrupt::unwatched();
        interrupt.request();
        assert!(interrupt.is_requested());
        let refused = interrupt.run(&mut Command::new("true")).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::Interrupted);
    }
}
