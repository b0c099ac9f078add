//! A token that is lent for one run, in place of a sign-in: by a variable, or by a command that
//! prints it, such as a password manager's.

use crate::config::Config;
use crate::error::Error;
use crate::secret::Secret;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long a command may take: it may have to ask somebody for a passphrase.
const PATIENCE: Duration = Duration::from_secs(120);

/// A token is shorter than this; a command that prints more prints something else.
const LONGEST: usize = 4_096;

/// Who lends a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lender {
    Variable,
    Command,
}

/// A token that is lent.
#[derive(Debug, Clone)]
pub(crate) struct Lent {
    pub(crate) token: Secret,
    pub(crate) by: Lender,
}

/// Why a command lent no token.
#[derive(Debug, thiserror::Error)]
pub enum LendError {
    #[error("{program:?} does not start ({kind})")]
    Start {
        program: String,
        kind: std::io::ErrorKind,
    },
    #[error("it ended with an error")]
    Failed,
    #[error("it did not end within {} s", PATIENCE.as_secs())]
    TooLate,
    #[error("its first line is no token")]
    NoToken,
}

/// Whether the configuration lends a token at all.
pub(crate) fn is_lent(config: &Config) -> bool {
    config.token.is_some() || !config.token_command.is_empty()
}

/// The token that the configuration lends, if it does.
///
/// # Errors
/// When it is not said for which server, or the command prints none.
pub(crate) async fn token(config: &Config) -> Result<Option<Lent>, Error> {
    let lent = if let Some(token) = &config.token {
        Lent {
            token: token.clone(),
            by: Lender::Variable,
        }
    } else if config.token_command.is_empty() {
        return Ok(None);
    } else {
        let printed = timeout(PATIENCE, printed(&config.token_command)).await;
        let token = printed
            .unwrap_or(Err(LendError::TooLate))
            .map_err(|cause| Error::TokenCommand {
                place: config.token_command_place.clone(),
                cause,
            })?;
        Lent {
            token,
            by: Lender::Command,
        }
    };
    if config.server_named {
        Ok(Some(lent))
    } else {
        Err(Error::LentForNowhere)
    }
}

/// The first line that a command prints. The words are its program and arguments as they stand: no
/// shell reads them.
async fn printed(command: &str) -> Result<Secret, LendError> {
    let words = shlex::split(command).unwrap_or_default();
    let (program, arguments) = words.split_first().ok_or(LendError::NoToken)?;
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| LendError::Start {
            program: program.clone(),
            kind: error.kind(),
        })?;
    if !output.status.success() {
        return Err(LendError::Failed);
    }
    let first = output.stdout.split(|byte| *byte == b'\n').next();
    let line = first.and_then(|line| std::str::from_utf8(line).ok());
    let token = line.unwrap_or_default().trim();
    let is_token = !token.is_empty()
        && token.len() <= LONGEST
        && token.chars().all(|it| it.is_ascii_graphic());
    if is_token {
        Ok(Secret::new(token.to_owned()))
    } else {
        Err(LendError::NoToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(command: &str) -> Config {
        Config {
            server_named: true,
            token_command: command.to_owned(),
            token_command_place: "config.toml line 3".to_owned(),
            ..Config::default()
        }
    }

    async fn lent(command: &str) -> Result<String, String> {
        let lent = token(&config(command)).await;
        lent.map(|it| it.unwrap().token.expose().to_owned())
            .map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_command_lends_its_first_line() {
        assert_eq!(lent(r"printf 'abc\r\ndef\n'").await.unwrap(), "abc");
        assert_eq!(lent("printf  '%s' \"a'b\"").await.unwrap(), "a'b");
    }

    #[tokio::test]
    async fn no_shell_reads_the_words() {
        for text in ["$HOME", "$(id)", "a;b", "*"] {
            let command = format!("printf '%s' '{text}'");
            assert_eq!(lent(&command).await.unwrap(), text);
        }
        assert_eq!(lent("printf %s $HOME").await.unwrap(), "$HOME");
    }

    #[tokio::test]
    async fn what_lends_nothing_says_where_it_stands() {
        let table = [
            ("false", "it ended with an error"),
            ("true", "its first line is no token"),
            ("printf 'two words'", "its first line is no token"),
            (
                "frontdesk-no-such-program",
                "\"frontdesk-no-such-program\" does not start (entity not found)",
            ),
        ];
        for (command, why) in table {
            let said = lent(command).await.unwrap_err();
            assert_eq!(said, format!("config.toml line 3: token_command: {why}"));
        }
    }

    #[tokio::test]
    async fn a_token_is_for_a_server_that_was_named() {
        let by_variable = Config {
            token: Some(Secret::new("abc".to_owned())),
            server_named: true,
            ..config("false")
        };
        let lent = token(&by_variable).await.unwrap().unwrap();
        assert_eq!(lent.by, Lender::Variable);
        let nowhere = Config {
            server_named: false,
            ..by_variable
        };
        assert!(matches!(token(&nowhere).await, Err(Error::LentForNowhere)));
        assert!(token(&Config::default()).await.unwrap().is_none());
    }
}
