//! Writing in the agent's own editor. What comes back goes into the composer, never straight
//! out.

use std::io::{self, Read as _, Write as _};
use std::process::Stdio;
use tokio::process::Command;

/// The longest text that is taken back.
const LONGEST: u64 = 1024 * 1024;

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub(super) enum EditorError {
    #[error("the text could not be handed to the editor ({0})")]
    HandOver(#[source] io::Error),
    #[error("the editor {0:?} does not start; set $EDITOR or editor in the configuration")]
    Start(String),
    #[error("the editor ended with an error")]
    Failed,
    #[error("what the editor wrote cannot be read ({0})")]
    Read(#[source] io::Error),
}

/// Opens `command` on a private file with the text, and gives what stands in it afterwards.
pub(super) async fn edit(command: &str, text: &str) -> Result<String, EditorError> {
    let mut file = tempfile::Builder::new()
        .prefix("frontdesk-")
        .suffix(".md")
        .tempfile()
        .map_err(EditorError::HandOver)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(EditorError::HandOver)?;
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program)
        .args(words)
        .arg(file.path())
        .stdin(Stdio::inherit())
        .stdout(Stdio::inherit())
        .stderr(Stdio::inherit())
        .status()
        .await
        .map_err(|_| EditorError::Start(program.to_owned()))?;
    if !status.success() {
        return Err(EditorError::Failed);
    }
    // Editors replace the file, so it is opened again by its name.
    let written = std::fs::File::open(file.path()).map_err(EditorError::Read)?;
    let mut text = String::new();
    written
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(EditorError::Read)?;
    Ok(text.trim_end().to_owned())
}
