//! The parts of `cargo xtask test`, in the order they run.
//!
//! A part is a file in `parts/` with a constant `PART`, and one line in `ALL`. It says what it needs
//! from the machine; that is brought before anything runs, and a part whose needs cannot be met is
//! skipped; with CI=true whatever is skipped, a part or a single test, fails the run.
//! `pytest.rs` is no part but what the parts in Python share.

mod browser;
mod build;
mod clippy;
mod doctests;
mod documentation;
mod faults;
mod fmt;
mod interop;
mod mail;
mod pytest;
mod s3;
mod schemathesis;
mod tests;
mod tidy;

use std::process::Command;

use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::postgres::Cluster;
use crate::provision::Need;
use crate::workspace::Workspace;

pub(crate) const ALL: &[Part] = &[
    fmt::PART,
    tidy::PART,
    clippy::PART,
    documentation::PART,
    build::PART,
    tests::PART,
    faults::PART,
    s3::PART,
    doctests::PART,
    interop::PART,
    schemathesis::PART,
    browser::PART,
    mail::PART,
];

/// The long rounds of the faults, for `cargo xtask torture`.
pub(crate) use faults::torture;

/// Something that is checked on its own.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// What it does, for the heading.
    pub(crate) about: &'static str,
    /// What it is skipped without.
    pub(crate) needs: &'static [Need],
    /// Whether its tests go to the private PostgreSQL.
    pub(crate) database: Database,
    pub(crate) run: fn(&Bench<'_>) -> Outcome,
}

/// What a part does with the private PostgreSQL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Database {
    Unused,
    /// Tests run on SQLite alone where there is no PostgreSQL; the summary then has a skipped line.
    Wanted,
}

/// What a part works with.
#[derive(Debug)]
pub(crate) struct Bench<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) interrupt: &'a Interrupt,
    pub(crate) postgres: Option<&'a Cluster>,
}

impl Bench<'_> {
    /// Cargo, for commands that run tests.
    fn testing_cargo(&self) -> Command {
        self.for_tests(self.workspace.cargo())
    }

    /// Tells a command's tests where the server program and the private PostgreSQL are.
    fn for_tests(&self, mut command: Command) -> Command {
        let server = self.workspace.debug_binary("frontdesk-server");
        command.env("FRONTDESK_SERVER_BIN", server);
        match self.postgres {
            Some(cluster) => command.env("TEST_POSTGRES_URL", cluster.url()),
            None => command.env_remove("TEST_POSTGRES_URL"),
        };
        command
    }
}

pub(crate) fn names() -> Vec<&'static str> {
    ALL.iter().map(|part| part.name).collect()
}

/// The parts with these names, in running order; all of them for no name.
pub(crate) fn chosen(names: &[String]) -> Vec<&'static Part> {
    ALL.iter()
        .filter(|part| names.is_empty() || names.iter().any(|name| name == part.name))
        .collect()
}

/// What these parts need from the machine, each need once.
pub(crate) fn needs_of(parts: &[&Part]) -> Vec<Need> {
    let wants_postgres = parts.iter().any(|part| part.database == Database::Wanted);
    let mut needs: Vec<_> = parts
        .iter()
        .flat_map(|part| part.needs)
        .copied()
        .chain(wants_postgres.then_some(Need::Postgres))
        .collect();
    needs.sort_unstable();
    needs.dedup();
    needs
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn chosen_parts_keep_their_order() {
        let chosen: Vec<_> = chosen(&["tests".to_owned(), "fmt".to_owned()])
            .iter()
            .map(|part| part.name)
            .collect();
        assert_eq!(chosen, ["fmt", "tests"]);
    }

    #[test]
    fn no_name_means_every_part() {
        assert_eq!(chosen(&[]).len(), ALL.len());
    }

    #[test]
    fn names_are_unique() {
        let mut unique = names();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ALL.len());
    }

    #[test]
    fn checks_of_the_text_need_nothing_from_the_machine() {
        assert!(needs_of(&chosen(&["fmt".to_owned(), "tidy".to_owned()])).is_empty());
        assert_eq!(needs_of(&chosen(&["tests".to_owned()])), [Need::Postgres]);
    }
}
