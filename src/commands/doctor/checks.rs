//! Each thing the doctor looks at.

use super::{Check, Verdict, inboxes};
use crate::environment::Environment;
use crate::error::Error;
use crate::lent::Lender;
use crate::secrets::Place;
use crate::sign_in::{Agent, Desk, who};
use std::io::{self, IsTerminal as _};

/// All of them, in the order they are shown.
pub(super) async fn all(desk: &Desk, environment: &Environment) -> Vec<Check> {
    let mut checks = vec![
        terminal(environment),
        colours(environment),
        multiplexer(environment),
        configuration(desk),
    ];
    match desk.agent().await {
        Ok(mut agent) => {
            checks.push(signed_in(&agent));
            checks.push(tokens(desk, &agent));
            checks.push(server(&mut agent).await);
            checks.extend(inboxes::all(&mut agent).await);
            checks.push(cache(&agent));
        }
        Err(error) => checks.push(not_signed_in(&error)),
    }
    checks.push(log(desk));
    checks
}

fn check(what: &'static str, verdict: Verdict, words: impl Into<String>) -> Check {
    Check {
        what,
        verdict,
        words: words.into(),
    }
}

fn terminal(environment: &Environment) -> Check {
    let term = environment.get("TERM").unwrap_or("not set");
    let size = crossterm::terminal::size().map_or_else(
        |_| "no size".to_owned(),
        |(width, height)| format!("{width} x {height}"),
    );
    if !io::stdout().is_terminal() {
        let words = format!("TERM={term}; the output is no terminal, so the screen would not open");
        return check("terminal", Verdict::Note, words);
    }
    if term == "dumb" {
        let words = "TERM=dumb: the screen does not open; `frontdesk ls` and its like work";
        return check("terminal", Verdict::Bad, words);
    }
    check("terminal", Verdict::Good, format!("TERM={term}, {size}"))
}

fn colours(environment: &Environment) -> Check {
    let words = match (environment.get("NO_COLOR"), environment.get("COLORTERM")) {
        (Some(_), _) => "none: NO_COLOR is set".to_owned(),
        (None, Some(many)) => format!("COLORTERM={many}"),
        (None, None) => "sixteen or 256, as TERM says; COLORTERM is not set".to_owned(),
    };
    check("colours", Verdict::Good, words)
}

fn multiplexer(environment: &Environment) -> Check {
    let inside = [("TMUX", "tmux"), ("ZELLIJ", "zellij"), ("STY", "screen")];
    let found = inside
        .iter()
        .find(|(variable, _)| environment.get(variable).is_some());
    match found {
        Some((_, "tmux")) => check(
            "multiplexer",
            Verdict::Note,
            "tmux: copying needs `set -g set-clipboard on`, focus needs `set -g focus-events on`",
        ),
        Some((_, name)) => check("multiplexer", Verdict::Note, *name),
        None => check("multiplexer", Verdict::Good, "none"),
    }
}

fn configuration(desk: &Desk) -> Check {
    let path = desk.paths.config_file();
    let words = if path.exists() {
        format!("{}", path.display())
    } else {
        format!("defaults; {} does not exist", path.display())
    };
    check("configuration", Verdict::Good, words)
}

fn not_signed_in(error: &Error) -> Check {
    check("sign-in", Verdict::Bad, error.to_string())
}

fn signed_in(agent: &Agent) -> Check {
    let words = format!("{} at {}", agent.sign_in.email, agent.sign_in.server);
    check("sign-in", Verdict::Good, words)
}

fn tokens(desk: &Desk, agent: &Agent) -> Check {
    match agent.lent_by {
        Some(Lender::Variable) => return check("tokens", Verdict::Good, "lent by FRONTDESK_TOKEN"),
        Some(Lender::Command) => return check("tokens", Verdict::Good, "lent by token_command"),
        None => {}
    }
    match desk.keeper().load(&who(&agent.sign_in)) {
        Ok(Some((_, Place::Keyring))) => check("tokens", Verdict::Good, "in the system's keyring"),
        Ok(Some((_, Place::File(path)))) => {
            let words = format!("in {}, which only you can read", path.display());
            check("tokens", Verdict::Note, words)
        }
        Ok(None) => check("tokens", Verdict::Bad, "gone; sign in again"),
        Err(error) => check("tokens", Verdict::Bad, error.to_string()),
    }
}

async fn server(agent: &mut Agent) -> Check {
    match crate::net::live::newest_event(&mut agent.api).await {
        Ok(newest) => {
            let words = format!("answers; its newest event is number {newest}");
            check("server", Verdict::Good, words)
        }
        Err(error) => check("server", Verdict::Bad, error.to_string()),
    }
}

/// Its store was opened, which looks at all of it.
fn cache(agent: &Agent) -> Check {
    let words = format!("{} is sound", agent.paths.cache_file().display());
    check("local data", Verdict::Good, words)
}

fn log(desk: &Desk) -> Check {
    let words = format!("{}", desk.paths.log_folder().display());
    check("log", Verdict::Good, words)
}
