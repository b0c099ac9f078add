//! `doctor`: what would keep the server from working, and what to do about it.

mod database;
mod logins;
mod machine;
mod mail;
mod network;

use super::error::CliError;
use super::options::Options;
use super::say;
use crate::config::Config;
use clap::Args;
use serde::Serialize;

/// Look at everything the server needs, and say what to do about what is wrong
///
/// It changes nothing, and may be run while the server runs. It ends with 1 when something is bad.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  frontdesk-server doctor --config /etc/frontdesk/config.toml\n  frontdesk-server doctor --only port"
)]
pub(super) struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Look at one thing alone, by its name; may be repeated
    #[arg(long, value_name = "NAME", value_parser = name)]
    only: Vec<&'static str>,
    /// Also end with 1 where something is worth a note
    #[arg(long)]
    strict: bool,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    what: &'static str,
    verdict: Verdict,
    words: String,
    /// What to do, where there is something to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    Good,
    /// It works, and something about it is worth knowing.
    Note,
    Bad,
}

/// A thing to look at.
struct Look {
    name: &'static str,
    look: fn(&Config) -> Check,
}

/// Everything, in the order it is shown.
const LOOKS: &[Look] = &[
    Look {
        name: "folder",
        look: machine::folder,
    },
    Look {
        name: "key",
        look: machine::key,
    },
    Look {
        name: "disk",
        look: machine::disk,
    },
    Look {
        name: "files",
        look: machine::open_files,
    },
    Look {
        name: "database",
        look: database::state,
    },
    Look {
        name: "clock",
        look: database::clock,
    },
    Look {
        name: "certificate",
        look: network::certificate,
    },
    Look {
        name: "port",
        look: network::port,
    },
    Look {
        name: "address",
        look: network::address,
    },
    Look {
        name: "webhooks",
        look: network::webhooks,
    },
    Look {
        name: "connections",
        look: mail::connections,
    },
    Look {
        name: "logins",
        look: logins::all,
    },
    Look {
        name: "senders",
        look: mail::senders,
    },
];

fn name(text: &str) -> Result<&'static str, String> {
    let found = LOOKS.iter().find(|look| look.name == text);
    let names = || LOOKS.iter().map(|look| look.name).collect::<Vec<_>>();
    found
        .map(|look| look.name)
        .ok_or_else(|| format!("must be one of {}", names().join(", ")))
}

impl Check {
    fn good(what: &'static str, words: impl Into<String>) -> Self {
        Self {
            what,
            verdict: Verdict::Good,
            words: words.into(),
            hint: None,
        }
    }

    fn note(what: &'static str, words: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Note,
            hint: Some(hint.into()),
            ..Self::good(what, words)
        }
    }

    fn bad(what: &'static str, words: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Bad,
            ..Self::note(what, words, hint)
        }
    }
}

impl Doctor {
    pub(super) fn run(self, options: &Options) -> Result<(), CliError> {
        let loaded = options.load(Vec::new())?;
        let wanted = |look: &&Look| self.only.is_empty() || self.only.contains(&look.name);
        let looked = LOOKS.iter().filter(wanted);
        let mut checks: Vec<Check> = looked.map(|it| (it.look)(&loaded.config)).collect();
        if self.only.is_empty() {
            checks.insert(0, configuration(&loaded.warnings));
        }
        if self.json {
            let text = serde_json::to_string_pretty(&checks);
            say::line(text.map_err(|error| CliError::Output(error.into()))?)?;
        } else {
            show(&checks)?;
        }
        let least = if self.strict {
            Verdict::Note
        } else {
            Verdict::Bad
        };
        let bad = checks.iter().filter(|it| it.verdict >= least);
        match bad.count() {
            0 => Ok(()),
            count => Err(CliError::Unwell(count)),
        }
    }
}

/// A configuration with something wrong in it never gets as far as here.
fn configuration(warnings: &[String]) -> Check {
    match warnings {
        [] => Check::good("configuration", "every key is known and every value fits"),
        some => Check::note(
            "configuration",
            some.join("; "),
            "correct or remove the variable",
        ),
    }
}

fn show(checks: &[Check]) -> Result<(), CliError> {
    let widest = checks.iter().map(|it| it.what.len()).max().unwrap_or(0);
    for check in checks {
        let sign = match check.verdict {
            Verdict::Good => "ok  ",
            Verdict::Note => "note",
            Verdict::Bad => "BAD ",
        };
        let words = say::readable(&check.words);
        say::line(format_args!("{sign}  {:<widest$}  {words}", check.what))?;
        if let Some(hint) = &check.hint {
            say::line(format_args!("      {:<widest$}  to do: {hint}", ""))?;
        }
    }
    Ok(())
}
