//! How somebody outside asks the program to stop.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Whether any part of the program has panicked, and who is to be told.
static HAS_PANICKED: AtomicBool = AtomicBool::new(false);
static PANICKED: Notify = Notify::const_new();

/// Takes in that a part of the program has panicked. The others must not go on as if it were
/// there: the terminal has been given back already.
pub(crate) fn after_panic() {
    HAS_PANICKED.store(true, Ordering::SeqCst);
    PANICKED.notify_one();
}

/// Whether any part of the program has panicked.
pub(crate) fn has_panicked() -> bool {
    HAS_PANICKED.load(Ordering::SeqCst)
}

/// Waits until Ctrl-C is pressed, the terminal is closed, the process is asked to end, or a part
/// of the program has panicked.
///
/// # Errors
/// When the system does not let us wait for that.
#[cfg(unix)]
pub(crate) async fn asked() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut ended = signal(SignalKind::terminate())?;
    let mut closed = signal(SignalKind::hangup())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        _ = ended.recv() => Ok(()),
        _ = closed.recv() => Ok(()),
        () = PANICKED.notified() => Ok(()),
    }
}

/// Waits until Ctrl-C is pressed, or a part of the program has panicked.
///
/// # Errors
/// When the system does not let us wait for that.
#[cfg(not(unix))]
pub(crate) async fn asked() -> io::Result<()> {
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed,
        () = PANICKED.notified() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{after_panic, asked, has_panicked};

    #[tokio::test]
    async fn a_panic_anywhere_asks_the_program_to_stop() {
        assert!(!has_panicked());
        after_panic();
        asked().await.unwrap();
        assert!(has_panicked());
    }
}
