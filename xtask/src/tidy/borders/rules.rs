//! The never-lines, one rule per crate and reason.

/// What a crate must not use, and why.
#[derive(Debug)]
pub(super) struct Rule {
    crates: Crates,
    border: Border,
    pub(super) reason: &'static str,
}

#[derive(Debug)]
enum Crates {
    Named(&'static str),
    All,
}

#[derive(Debug)]
enum Border {
    /// Nothing but these.
    Only(&'static [&'static str]),
    /// None of these.
    Never(&'static [&'static [&'static str]]),
}

impl Rule {
    pub(super) fn applies_to(&self, name: &str) -> bool {
        match self.crates {
            Crates::Named(named) => named == name,
            Crates::All => true,
        }
    }

    pub(super) fn forbids(&self, dependency: &str) -> bool {
        match self.border {
            Border::Only(allowed) => !allowed.contains(&dependency),
            Border::Never(groups) => groups.iter().any(|group| group.contains(&dependency)),
        }
    }
}

const SQL: &[&str] = &[
    "rusqlite",
    "tokio-postgres",
    "deadpool-postgres",
    "frontdesk-db",
];
const ASYNC: &[&str] = &["tokio", "tokio-util", "futures-util"];
const WEB_SERVER: &[&str] = &["axum", "tower", "hyper", "hyper-util", "frontdesk-server"];
const WEB_CLIENT: &[&str] = &["reqwest", "tokio-tungstenite"];
const TERMINAL: &[&str] = &["crossterm", "ratatui", "frontdesk-ui"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        crates: Crates::All,
        border: Border::Never(&[&["frontdesk-testkit"]]),
        reason: "the test kit is for tests; list it under dev-dependencies",
    },
    Rule {
        crates: Crates::Named("frontdesk-protocol"),
        border: Border::Only(&[
            "jiff",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
            "uuid",
        ]),
        reason: "what travels is data, and both programs carry it",
    },
    Rule {
        crates: Crates::Named("frontdesk-inbox"),
        border: Border::Only(&["frontdesk-protocol", "jiff", "serde", "thiserror", "uuid"]),
        reason: "screen, store and network share it, and none of them may come in through it",
    },
    Rule {
        crates: Crates::Named("frontdesk-domain"),
        border: Border::Never(&[
            SQL,
            ASYNC,
            WEB_SERVER,
            WEB_CLIENT,
            TERMINAL,
            &["serde_json", "frontdesk-jobs", "frontdesk-connectors"],
        ]),
        reason: "decisions are pure: no I/O, no SQL, no payloads, no async",
    },
    Rule {
        crates: Crates::Named("frontdesk-db"),
        border: Border::Never(&[WEB_SERVER, WEB_CLIENT, TERMINAL, &["frontdesk-connectors"]]),
        reason: "the database seam knows nothing of the fronts",
    },
    Rule {
        crates: Crates::Named("frontdesk-jobs"),
        border: Border::Never(&[SQL, WEB_SERVER, TERMINAL, &["frontdesk-domain"]]),
        reason: "the runner knows neither tables nor what jobs mean",
    },
    Rule {
        crates: Crates::Named("frontdesk-connectors"),
        border: Border::Never(&[SQL, WEB_SERVER, TERMINAL, &["frontdesk-jobs"]]),
        reason: "a connector parses and describes calls; others store, retry and send",
    },
    Rule {
        crates: Crates::Named("frontdesk-ai"),
        border: Border::Never(&[
            SQL,
            ASYNC,
            WEB_SERVER,
            WEB_CLIENT,
            TERMINAL,
            &["frontdesk-jobs"],
        ]),
        reason: "what is proposed is worked out from what others read; others call the model",
    },
    Rule {
        crates: Crates::Named("frontdesk-server"),
        border: Border::Never(&[TERMINAL, &["frontdesk-store", "frontdesk"]]),
        reason: "the server has no screen and no client's files",
    },
    Rule {
        crates: Crates::Named("frontdesk-ui"),
        border: Border::Never(&[
            SQL,
            ASYNC,
            WEB_SERVER,
            WEB_CLIENT,
            &["crossterm", "frontdesk-store"],
        ]),
        reason: "the screen is pure: no network, no files, no terminal events, no clock",
    },
    Rule {
        crates: Crates::Named("frontdesk-store"),
        border: Border::Never(&[
            ASYNC,
            WEB_SERVER,
            WEB_CLIENT,
            TERMINAL,
            &["tokio-postgres", "deadpool-postgres"],
        ]),
        reason: "the client's files are read and written without a network",
    },
];
