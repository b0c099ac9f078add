//! Text for the clipboard: by a command of the agent's choice, or by the terminal itself, which
//! also works over ssh.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

/// A clipboard program that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(2);
/// Terminals refuse longer ones, some by garbage on the screen.
const LONGEST: usize = 74_000;

/// How it went.
pub(super) enum Copied {
    ByCommand,
    /// What the terminal has to be told.
    ByTerminal(String),
    Not(String),
}

/// Copies a text.
pub(super) async fn copy(command: Option<&str>, text: &str) -> Copied {
    if let Some(command) = command {
        return match timeout(PATIENCE, by_command(command, text)).await {
            Ok(Ok(())) => Copied::ByCommand,
            Ok(Err(error)) => Copied::Not(format!("{command:?} failed ({})", error.kind())),
            Err(_) => Copied::Not(format!("{command:?} does not end")),
        };
    }
    if text.len() > LONGEST {
        return Copied::Not("it is too long for the terminal's clipboard".to_owned());
    }
    Copied::ByTerminal(format!("\x1b]52;c;{}\x07", STANDARD.encode(text)))
}

async fn by_command(command: &str, text: &str) -> std::io::Result<()> {
    let mut words = command.split_whitespace();
    let mut child = Command::new(words.next().unwrap_or("false"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).await?;
    }
    let status = child.wait().await?;
    if status.success() {
        Ok(())
    } else {
        Err(std::io::Error::other("it ended with an error"))
    }
}
