//! The codes that a server may want beside the password: where they come from, and what is said
//! about them.

use super::read_line;
use crate::error::Error;
use crate::net::api::Wanted;
use crate::output::say;
use crate::secret::Secret;
use frontdesk_ui::text_safe;
use std::io::{self, IsTerminal as _, Write as _};

/// Gets a code from whoever signs in: from the terminal, or the next line of what is piped in;
/// none where there is nobody and nothing left.
pub(super) fn ask(wanted: &Wanted) -> Result<Option<Secret>, Error> {
    let line = |text: &str| text_safe::line(text).to_string();
    say(&line(&wanted.message));
    if let Some(it) = &wanted.enrolment {
        say(&format!("Secret:  {}", line(it.secret.expose())));
        say(&format!("Address: {}", line(it.url.expose())));
    }
    if io::stdin().is_terminal() {
        prompt("Code: ")?;
    }
    let typed = read_line()?;
    Ok(Some(typed).filter(|it| !it.is_empty()).map(Secret::new))
}

fn prompt(words: &str) -> Result<(), Error> {
    let mut out = io::stderr();
    out.write_all(words.as_bytes()).map_err(Error::Output)?;
    out.flush().map_err(Error::Output)
}

/// Shows the codes that stand in for a lost app; nobody shows them again.
pub(super) fn show_recovery(codes: &[Secret]) {
    if codes.is_empty() {
        return;
    }
    say(
        "Your second factor is set up. If you lose the app, each of these codes signs you in once:",
    );
    for code in codes {
        say(&format!("  {}", text_safe::line(code.expose())));
    }
    say("Keep them where you would keep a key. They are not shown again.");
}
