//! What machines do to servers: a short round of each fault belongs to every run, and
//! `cargo xtask torture` makes long ones.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::provision::Need;
use crate::run;
use crate::tally;
use std::process::Command;

pub(super) const PART: Part = Part {
    name: "faults",
    about: "the server when its machine fails",
    needs: &[Need::Root, Need::Postgres, Need::Strace, Need::Faketime],
    database: Database::Wanted,
    run: |bench| run(bench, faults(bench)),
};

/// Every fault so many times, and as many kills under load.
pub(crate) fn torture(bench: &Bench<'_>, rounds: u64) -> Outcome {
    let rounds = rounds.to_string();
    let mut kills = tests(bench);
    kills
        .args(["--test", "it", "kill::"])
        .env("FRONTDESK_KILL_ROUNDS", &rounds);
    match run(bench, kills) {
        Outcome::Passed(mut counts) => {
            let mut faults = faults(bench);
            faults.env("FRONTDESK_FAULT_ROUNDS", &rounds);
            let outcome = run(bench, faults);
            if let Outcome::Passed(more) = outcome {
                counts += more;
                return Outcome::Passed(counts);
            }
            outcome
        }
        outcome => outcome,
    }
}

fn faults(bench: &Bench<'_>) -> Command {
    let mut command = tests(bench);
    command.args(["--test", "faults"]);
    command
}

/// Plain `cargo test`: no runner may end a round because it is long.
fn tests(bench: &Bench<'_>) -> Command {
    let mut command = bench.testing_cargo();
    command.args(["test", "--package", "frontdesk-server"]);
    command
}

fn run(bench: &Bench<'_>, command: Command) -> Outcome {
    run::counted(bench.interrupt, command, tally::cargo_test)
}
