//! Tries connections out: whether the other side takes what we sign in with. Nothing is sent or read.

use crate::lines;
use crate::mail;
use crate::outgoing::Outgoing;
use frontdesk_connectors::registry;
use frontdesk_domain::{Source, Timestamp};

/// Something that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// What is well, or what is wrong, in words for admins.
    pub(crate) said: Result<String, String>,
}

impl Step {
    pub(crate) fn good(name: &'static str, said: impl Into<String>) -> Self {
        Self {
            name,
            said: Ok(said.into()),
        }
    }

    pub(crate) fn bad(name: &'static str, said: impl Into<String>) -> Self {
        Self {
            name,
            said: Err(said.into()),
        }
    }
}

/// What is wrong, where something is.
pub(crate) fn wrong(steps: &[Step]) -> Option<String> {
    let found = steps
        .iter()
        .filter_map(|step| Some(format!("{}: {}", step.name, step.said.as_ref().err()?)));
    let all: Vec<String> = found.collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Tries what a connection is set to.
pub(crate) async fn try_out(
    client: &Outgoing,
    kind: Source,
    settings: &str,
    secrets: &str,
    now: Timestamp,
) -> Vec<Step> {
    if kind == Source::Email {
        return match registry::mailbox(settings, secrets) {
            Ok(account) => mail::probe(client, &account, now).await,
            Err(unfit) => vec![Step::bad("settings", unfit.to_string())],
        };
    }
    let channel = match registry::open(kind, settings, secrets) {
        Ok(channel) => channel,
        Err(unfit) => return vec![Step::bad("settings", unfit.to_string())],
    };
    let Some(probe) = channel.probe() else {
        let why = "they fit; whether the other side takes them is seen with the first message";
        return vec![Step::good("settings", why)];
    };
    let said = match lines::make(client, probe.ask()).await {
        Ok(answer) => probe.read(&answer),
        Err(error) => Err(error.to_string()),
    };
    let name = "signing in";
    vec![Step { name, said }]
}
