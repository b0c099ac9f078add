//! How somebody outside asks the program to stop.

use std::io;

/// Waits until Ctrl-C is pressed, the terminal is closed or the process is asked to end.
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
    }
}

/// Waits until Ctrl-C is pressed.
///
/// # Errors
/// When the system does not let us wait for that.
#[cfg(not(unix))]
pub(crate) async fn asked() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
