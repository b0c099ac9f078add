//! What machines do to servers: a short round of each fault belongs to every run, and
//! `cargo xtask torture` makes long ones.

use super::{Bench, Database, Part};
use crate::outcome::{Counts, Outcome};
use crate::provision::Need;
use crate::run;
use crate::tally;
use std::process::Command;

pub(super) const PART: Part = Part {
    name: "faults",
    about: "both programs when their machine fails",
    needs: &[Need::Root, Need::Postgres, Need::Strace, Need::Faketime],
    database: Database::Wanted,
    run: |bench| run(bench, faults(bench)),
};

/// Every fault so many times, as many kills under load, a hundred times as many mails that come again,
/// and a tenth of as many storms over the channels and days of agents, which are long.
pub(crate) fn torture(bench: &Bench<'_>, rounds: u64) -> Outcome {
    let long = rounds.div_ceil(10).to_string();
    let mails = rounds.saturating_mul(100).to_string();
    let rounds = rounds.to_string();
    let mut kills = tests(bench, "frontdesk-server");
    kills
        .args(["--test", "it", "kill::"])
        .env("FRONTDESK_KILL_ROUNDS", &rounds);
    let mut faults = faults(bench);
    faults.env("FRONTDESK_FAULT_ROUNDS", &rounds);
    let mut repeats = tests(bench, "frontdesk-server");
    repeats
        .args(["--test", "it", "mail::repeats::"])
        .env("FRONTDESK_REPEATED_MAILS", &mails);
    let mut journeys = tests(bench, "frontdesk");
    journeys
        .args(["--test", "it", "journeys::"])
        .env("FRONTDESK_JOURNEY_ROUNDS", &long);
    let mut storms = tests(bench, "frontdesk-server");
    storms
        .args(["--test", "it", "lines::storm::"])
        .env("FRONTDESK_FAULT_ROUNDS", &long);
    all(bench, [kills, faults, repeats, storms, journeys])
}

/// One after the other, until one fails.
fn all(bench: &Bench<'_>, commands: impl IntoIterator<Item = Command>) -> Outcome {
    let mut all = Counts::default();
    for command in commands {
        match run(bench, command) {
            Outcome::Passed(counts) => all += counts,
            outcome => return outcome,
        }
    }
    Outcome::Passed(all)
}

/// The faults of both programs.
fn faults(bench: &Bench<'_>) -> Command {
    let mut command = bench.testing_cargo();
    command.args(["test", "--workspace", "--test", "faults"]);
    command
}

/// Plain `cargo test`: no runner may end a round because it is long.
fn tests(bench: &Bench<'_>, package: &str) -> Command {
    let mut command = bench.testing_cargo();
    command.args(["test", "--package", package]);
    command
}

fn run(bench: &Bench<'_>, command: Command) -> Outcome {
    run::counted(bench.interrupt, command, tally::cargo_test)
}
