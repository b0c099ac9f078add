//! Runs a command of the agent's own. It reads conversations from its standard input, an object in
//! each line; what it prints comes back as text.

use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::{Conversation, CustomerFull, Message};
use frontdesk_protocol::id::ConversationId;
use frontdesk_store::{Desk, StoreError};
use frontdesk_ui::own_command::OwnCommand;
use serde::Serialize;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::time::timeout;

/// How long a command may take: it may have to ask a server of its own.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much of what it prints is taken.
const MOST: u64 = 256 * 1024;
/// How many of the newest messages of a conversation it gets.
const MESSAGES: usize = 1_000;
/// How much of an error is shown.
const SHOWN: usize = 200;

/// Why a command failed, in words that follow its name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    #[error("{program:?} does not start ({kind})")]
    Start {
        program: String,
        kind: std::io::ErrorKind,
    },
    #[error("it cannot be talked to ({0})")]
    Talk(#[source] std::io::Error),
    #[error("it did not end within {} s and was stopped", PATIENCE.as_secs())]
    TooLate,
    #[error("{}", ended(.status, .said))]
    Failed { status: ExitStatus, said: String },
}

fn ended(status: &ExitStatus, said: &str) -> String {
    let how = match status.code() {
        Some(code) => format!("it ended with code {code}"),
        None => "it was killed".to_owned(),
    };
    let said: String = said.trim().chars().take(SHOWN).collect();
    match said.lines().next() {
        Some(line) => format!("{how}: {}", line.trim_end_matches('.')),
        None => how,
    }
}

/// A conversation, as a command reads it.
#[derive(Serialize)]
struct Read<'a> {
    conversation: &'a Conversation,
    /// What the customer is called.
    customer_name: &'a str,
    customer: Option<&'a CustomerFull>,
    tags: Vec<&'a str>,
    messages: &'a [Message],
}

/// What a command reads of these conversations.
///
/// # Errors
/// When the local copy cannot be read.
pub(crate) fn input(desk: &Desk, on: &[ConversationId]) -> Result<String, StoreError> {
    let mut lines = String::new();
    for id in on {
        if let Some(thread) = desk.thread(*id, MESSAGES)? {
            lines.push_str(&line(desk, &thread));
            lines.push('\n');
        }
    }
    Ok(lines)
}

fn line(desk: &Desk, thread: &Thread) -> String {
    let directory = desk.directory();
    let tags = thread.row.tags.iter();
    let read = Read {
        conversation: &thread.row.conversation,
        customer_name: &thread.row.customer,
        customer: thread.customer.as_ref(),
        tags: tags
            .filter_map(|id| directory.tag(*id).map(|tag| tag.name.as_str()))
            .collect(),
        messages: &thread.messages,
    };
    serde_json::to_string(&read).expect("what came as JSON makes JSON")
}

/// Runs it with this on its standard input, and gives what it printed.
///
/// # Errors
/// When it does not start, fails or takes too long.
pub(crate) async fn run(command: &OwnCommand, input: String) -> Result<String, RunError> {
    timeout(PATIENCE, talk(command, input))
        .await
        .unwrap_or(Err(RunError::TooLate))
}

async fn talk(command: &OwnCommand, input: String) -> Result<String, RunError> {
    let (program, arguments) = command
        .run
        .split_first()
        .map_or(("", &[][..]), |(it, rest)| (it.as_str(), rest));
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| RunError::Start {
            program: program.to_owned(),
            kind: error.kind(),
        })?;
    let stdin = child.stdin.take();
    let write = async move {
        if let Some(mut stdin) = stdin {
            // A command that does not read all of it has read enough.
            drop(stdin.write_all(input.as_bytes()).await);
        }
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ((), printed, said) = tokio::join!(write, heard(stdout), heard(stderr));
    let (printed, said) = (printed?, said?);
    let status = child.wait().await.map_err(RunError::Talk)?;
    if status.success() {
        Ok(printed)
    } else {
        Err(RunError::Failed { status, said })
    }
}

/// All that comes, of which the beginning is kept: a command never waits for a reader.
async fn heard(from: Option<impl AsyncRead + Unpin>) -> Result<String, RunError> {
    let Some(mut from) = from else {
        return Ok(String::new());
    };
    let mut kept = Vec::new();
    let begun = (&mut from).take(MOST).read_to_end(&mut kept).await;
    begun.map_err(RunError::Talk)?;
    tokio::io::copy(&mut from, &mut tokio::io::sink())
        .await
        .map_err(RunError::Talk)?;
    Ok(String::from_utf8_lossy(&kept).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_ui::own_command::Shows;

    async fn ran(words: &[&str], input: &str) -> Result<String, String> {
        let command = OwnCommand {
            name: "a".to_owned(),
            about: None,
            run: words.iter().map(|it| (*it).to_owned()).collect(),
            shows: Shows::Toast,
        };
        run(&command, input.to_owned())
            .await
            .map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn it_reads_and_prints_and_no_shell_is_between() {
        assert_eq!(ran(&["cat"], "{\"a\":1}\n").await.unwrap(), "{\"a\":1}\n");
        let words = ["printf", "%s", "$HOME $(id); `id` *"];
        assert_eq!(ran(&words, "").await.unwrap(), "$HOME $(id); `id` *");
    }

    #[tokio::test]
    async fn what_is_long_or_not_read_does_not_stop_it() {
        let much = "x".repeat(1024 * 1024);
        assert_eq!(ran(&["true"], &much).await.unwrap(), "");
        let printed = ran(&["cat"], &much).await.unwrap();
        assert_eq!(printed.len() as u64, MOST);
    }

    #[tokio::test]
    async fn why_it_failed_is_said() {
        let said = ran(&["frontdesk-no-such-program"], "").await.unwrap_err();
        assert!(said.contains("does not start"), "{said}");
        assert_eq!(
            ran(&["false"], "").await.unwrap_err(),
            "it ended with code 1"
        );
        let words = ["ls", "/frontdesk-no-such-folder"];
        let said = ran(&words, "").await.unwrap_err();
        assert!(said.starts_with("it ended with code 2: ls: "), "{said}");
    }
}
