//! What commands ask whoever runs them: from the terminal, or line by line from what is piped in.

use crate::error::Error;
use crate::secret::Secret;
use frontdesk_ui::text_safe;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

/// Where a password comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PasswordFrom {
    Terminal,
    /// The next line that is piped in.
    Pipe,
}

impl From<bool> for PasswordFrom {
    /// As `--password-stdin` says it.
    fn from(is_piped: bool) -> Self {
        if is_piped { Self::Pipe } else { Self::Terminal }
    }
}

/// The password of whoever has this address.
pub(super) fn password(from: PasswordFrom, email: &str) -> Result<Secret, Error> {
    if from == PasswordFrom::Pipe {
        return line().map(Secret::new);
    }
    if !io::stdin().is_terminal() {
        let words = "there is nobody to ask for a password; --password-stdin reads it from a pipe";
        return Err(Error::Usage(words.to_owned()));
    }
    let prompt = format!("Password of {}: ", text_safe::line(email));
    rpassword::prompt_password(prompt)
        .map(Secret::new)
        .map_err(Error::Input)
}

/// A code, or none where nobody gives one.
pub(super) fn code() -> Result<Option<Secret>, Error> {
    if io::stdin().is_terminal() {
        prompt("Code: ")?;
    }
    let typed = line()?;
    Ok(Some(typed).filter(|it| !it.is_empty()).map(Secret::new))
}

/// The next line, without its end.
pub(super) fn line() -> Result<String, Error> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(Error::Input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn prompt(words: &str) -> Result<(), Error> {
    let mut out = io::stderr();
    out.write_all(words.as_bytes()).map_err(Error::Output)?;
    out.flush().map_err(Error::Output)
}
