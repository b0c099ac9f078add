//! Asks on the terminal for what the flags left out, and reads passwords without showing them.

use super::error::CliError;
use super::say;
use crate::use_cases::users::check_password;
use clap::Args;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Where a password comes from. It is never an argument: everybody on a machine can read those.
#[derive(Debug, Args)]
pub(super) struct PasswordSource {
    /// Read the password from the first line of standard input
    #[arg(long, conflicts_with = "password_file")]
    password_stdin: bool,
    /// Read the password from the first line of this file
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl PasswordSource {
    /// Whether the flags say where the password comes from.
    pub(super) fn is_given(&self) -> bool {
        self.password_stdin || self.password_file.is_some()
    }

    /// Reads the password, asking for it twice when no flag says where it comes from.
    pub(super) fn read(&self) -> Result<String, CliError> {
        let password = self.given_or(ask_password)?;
        check_password(&password)?;
        Ok(password)
    }

    /// Reads a password that somebody else judges, asking for it once.
    pub(super) fn read_foreign(&self) -> Result<String, CliError> {
        self.given_or(|| rpassword::prompt_password("Password: ").map_err(CliError::Ask))
    }

    fn given_or(&self, ask: impl FnOnce() -> Result<String, CliError>) -> Result<String, CliError> {
        if let Some(path) = &self.password_file {
            let read = |source| CliError::Read {
                path: path.clone(),
                source,
            };
            Ok(first_line(&std::fs::read_to_string(path).map_err(read)?))
        } else if self.password_stdin {
            let mut line = String::new();
            io::stdin()
                .lock()
                .read_line(&mut line)
                .map_err(CliError::Ask)?;
            Ok(first_line(&line))
        } else if is_possible() {
            ask()
        } else {
            Err(CliError::usage(
                "a password is needed: give --password-stdin or --password-file FILE",
            ))
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn ask_password() -> Result<String, CliError> {
    loop {
        let password = rpassword::prompt_password("Password: ").map_err(CliError::Ask)?;
        if let Err(refusal) = check_password(&password) {
            say::line(CliError::from(refusal))?;
            continue;
        }
        let again = rpassword::prompt_password("Again: ").map_err(CliError::Ask)?;
        if again == password {
            return Ok(password);
        }
        say::line("the two are not the same")?;
    }
}

/// Whether there is somebody to ask.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// What the flag says, or what is typed; an empty line means the suggestion.
pub(super) fn unless_given(
    given: Option<&String>,
    question: &str,
    suggestion: &str,
) -> Result<String, CliError> {
    match given {
        Some(text) => Ok(text.clone()),
        None => ask(question, suggestion),
    }
}

fn ask(question: &str, suggestion: &str) -> Result<String, CliError> {
    let mut out = io::stdout().lock();
    let shown = if suggestion.is_empty() {
        String::new()
    } else {
        format!(" [{suggestion}]")
    };
    write!(out, "{question}{shown}: ")
        .and_then(|()| out.flush())
        .map_err(CliError::Output)?;
    let mut line = String::new();
    let read = io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(CliError::Ask)?;
    if read == 0 {
        return Err(CliError::Ask(io::ErrorKind::UnexpectedEof.into()));
    }
    let text = line.trim();
    Ok(if text.is_empty() { suggestion } else { text }.to_owned())
}
