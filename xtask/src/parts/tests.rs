//! Unit and integration tests of every crate, on SQLite and on the private PostgreSQL.
//!
//! cargo-nextest runs them where it is installed: it keeps both cores busy across crates and ends a
//! test that hangs. `cargo test` runs the same tests.

use super::{Bench, Database, Part};
use crate::environment::find_program;
use crate::outcome::Outcome;
use crate::run;
use crate::tally::{self, Tally};

pub(super) const PART: Part = Part {
    name: "tests",
    about: "unit and integration tests",
    needs: &[],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut tests = bench.testing_cargo();
    let tally: Tally = if find_program("cargo-nextest").is_some() {
        tests.args(["nextest", "run"]);
        tally::nextest
    } else {
        tests.arg("test");
        tally::cargo_test
    };
    tests.args([
        "--workspace",
        "--bins",
        "--lib",
        "--tests",
        "--no-fail-fast",
    ]);
    run::counted(bench.interrupt, tests, tally)
}
