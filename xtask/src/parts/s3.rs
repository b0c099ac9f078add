//! Uploads in a bucket of an S3-compatible service.
//!
//! `tests/s3` names the service; each test starts one of its own.

use super::{Bench, Database, Part};
use crate::outcome::Outcome;
use crate::provision::Need;
use crate::{run, tally};
use std::process::Command;

pub(super) const PART: Part = Part {
    name: "s3",
    about: "uploads in a bucket of a service that speaks S3",
    needs: &[Need::Node, Need::Npm],
    database: Database::Wanted,
    run,
};

fn run(bench: &Bench<'_>) -> Outcome {
    let mut npm = Command::new("npm");
    npm.current_dir(bench.workspace.root().join("tests/s3"));
    npm.args(["ci", "--no-audit", "--no-fund"]);
    if let Err(reason) = run::succeed(bench.interrupt, &mut npm) {
        return Outcome::failed(reason);
    }
    let mut tests = bench.testing_cargo();
    tests.args(["test", "--package", "frontdesk-server", "--test", "s3"]);
    run::counted(bench.interrupt, tests, tally::cargo_test)
}
